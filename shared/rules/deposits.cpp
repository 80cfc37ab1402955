#include "shared/rules/deposits.hpp"

#include <algorithm>
#include <set>

#include "shared/base/durations.hpp"

namespace portal {
namespace {

std::int64_t cents_on(const std::map<Day, std::int64_t>& cents, Day day) {
    const auto found = cents.find(day);
    return found == cents.end() ? 0 : found->second;
}

}  // namespace

std::int64_t deposit_due_cents(const FactSums& sums) {
    return sums.net_cents() - sums.fee_cents + sums.fee_refund_cents;
}

std::vector<DepositDay> compare_deposits(const std::map<Day, std::int64_t>& due_cents,
                                         const std::map<Day, std::int64_t>& deposited_cents, Day closed_until) {
    if (deposited_cents.empty()) return {};
    const Day first = deposited_cents.begin()->first;
    std::set<Day> days;
    for (const auto* cents : {&due_cents, &deposited_cents})
        for (const auto& [day, amount] : *cents)
            if (day <= closed_until) days.insert(day);
    std::vector<DepositDay> lines;
    std::int64_t carried = 0;
    for (const Day day : days) {
        const std::int64_t due = carried + cents_on(due_cents, day);
        const bool is_line = day >= first && (due > 0 || deposited_cents.contains(day));
        if (is_line) lines.push_back({day, std::max<std::int64_t>(due, 0), carried, cents_on(deposited_cents, day)});
        carried = std::min<std::int64_t>(due, 0);
    }
    return lines;
}

DepositState deposit_state(const DepositDay& day, const DepositReview* review) {
    if (day.difference_cents() == 0) return DepositState::matched;
    const bool holds = review && review->reviewed && review->expected_cents == day.expected_cents &&
                       review->deposited_cents == day.deposited_cents;
    return holds ? DepositState::reviewed : DepositState::unmatched;
}

Id deposit_review_id(const Id& location, Day day) {
    constexpr std::uint64_t fnv_start = 0xCBF29CE484222325ull, fnv_factor = 0x100000001B3ull;
    std::uint64_t hash = fnv_start;
    for (const char letter : location + ":" + std::to_string(day))
        hash = (hash ^ static_cast<std::uint8_t>(letter)) * fnv_factor;
    SeededRandom random(hash);
    return make_id(std::max<Day>(day, 0) * day_ms, random);
}

}  // namespace portal
