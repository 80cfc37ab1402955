#include "shared/facts/cohort_rates.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "shared/rules/figures/financing.hpp"
#include "shared/rules/peers.hpp"
#include "shared/rules/what_if.hpp"

namespace portal {
namespace {

// Both rates of each practice, where both have enough cases.
struct RatesOfPractices {
    std::vector<std::int64_t> approval, pull_through, used;
};

RatesOfPractices rates_of_practices(const FactTable& facts, const FactFilter& filter, Day closed_until) {
    std::map<Id, std::int64_t> approvals;
    for (const FactGroup& group : facts.group(filter, FactKey::practice))
        if (const Figure rate = figures::approval_rate(group.sums, {}); rate.value) approvals[group.id] = *rate.value;
    RatesOfPractices rates;
    for (const auto& [group, sums] : facts.pull_through_by(filter, FactKey::practice, closed_until)) {
        const Figure pulled = figures::pull_through(sums, {});
        const auto approval = approvals.find(group.id);
        if (!pulled.value || approval == approvals.end()) continue;
        rates.approval.push_back(approval->second);
        rates.pull_through.push_back(*pulled.value);
        rates.used.push_back(figures::product_over(approval->second, *pulled.value, 10'000));
    }
    return rates;
}

CentsRange cents_of_size(std::size_t size) {
    CentsRange range;
    range.first = size == 0 ? 1 : case_bounds_cents[size - 1];
    if (size < case_bounds_cents.size()) range.last = case_bounds_cents[size] - 1;
    return range;
}

void fill_shares(const FactTable& facts, FactFilter filter, std::size_t size, std::vector<CohortPlan>& plans) {
    filter.amount = cents_of_size(size);
    filter.kinds = {FactKind::sale};
    std::map<Id, std::int64_t> gross;
    std::int64_t total = 0;
    for (const FactGroup& group : facts.group(filter, FactKey::plan)) {
        gross[group.id] = group.sums.gross_cents;
        total += group.sums.gross_cents;
    }
    if (total <= 0) return;
    std::int64_t left = 10'000;
    CohortPlan* largest = nullptr;
    for (CohortPlan& plan : plans) {
        plan.share[size] = figures::ratio_basis_points(gross[plan.plan.id], total);
        left -= plan.share[size];
        if (!largest || plan.share[size] > largest->share[size]) largest = &plan;
    }
    if (largest) largest->share[size] += left;
}

}  // namespace

CohortRates cohort_rates(const FactTable& facts, Specialty specialty, std::span<const Practice> practices,
                         std::span<const PromoPlan> plans) {
    FactFilter filter;
    filter.days = {std::numeric_limits<Day>::min(), std::numeric_limits<Day>::max()};
    for (const Practice& practice : practices)
        if (practice.specialty == specialty) filter.practices.push_back(practice.id);
    CohortRates rates;
    rates.specialty = specialty;
    const std::optional<Day> closed = facts.closed_until(filter);
    if (filter.practices.empty() || !closed) return rates;
    filter.days = peer_period(*closed);
    rates.first_day = filter.days.first;
    rates.last_day = filter.days.last;
    RatesOfPractices each = rates_of_practices(facts, filter, *closed);
    rates.practices = static_cast<std::int64_t>(each.approval.size());
    rates.approval = rate_range(std::move(each.approval));
    rates.pull_through = rate_range(std::move(each.pull_through));
    rates.used = rate_range(std::move(each.used));
    for (const PromoPlan& plan : plans)
        rates.plans.push_back({plan});
    for (std::size_t size = 0; size < case_sizes; ++size)
        fill_shares(facts, filter, size, rates.plans);
    return rates;
}

}  // namespace portal
