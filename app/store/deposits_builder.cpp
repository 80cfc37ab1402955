// Deposits: what each location's posted days should have brought, beside what arrived.
#include <algorithm>
#include <map>
#include <tuple>

#include "app/store/builders.hpp"
#include "app/store/dry_run.hpp"
#include "shared/base/limits.hpp"
#include "shared/rules/deposits.hpp"

namespace portal::store {
namespace {

using CentsByDay = std::map<Day, std::int64_t>;

// What days before a first deposit gave back is carried into it, from this far back.
constexpr Day carried_days_max = 92;

constexpr FactMeasures due_measures =
    measures_of(FactRank::net_cents) | measure(&FactSums::fee_cents) | measure(&FactSums::fee_refund_cents);

struct ArrivedDay {
    std::int64_t cents = 0;
    std::string reference;
};

bool is_asked(const BuildContext& context, const vm::DepositsQuery& query, const Id& location) {
    return context.places.has_location(location) && (query.location.empty() || query.location == location);
}

std::map<Id, std::map<Day, ArrivedDay>> arrived_by_location(const BuildContext& context,
                                                            const vm::DepositsQuery& query) {
    std::map<Id, std::map<Day, ArrivedDay>> arrived;
    for (const auto& [id, deposit] : context.records.deposits()) {
        if (!is_asked(context, query, deposit.location)) continue;
        ArrivedDay& day = arrived[deposit.location][deposit.day];
        day.cents += deposit.cents;
        if (deposit.reference.empty()) continue;
        if (!day.reference.empty()) day.reference += ", ";
        day.reference += deposit.reference;
    }
    return arrived;
}

std::map<Id, CentsByDay> due_by_location(const BuildContext& context, const std::vector<Id>& locations, DayRange days) {
    FactFilter filter;
    filter.days = days;
    filter.locations = locations;
    std::map<Id, CentsByDay> due;
    const auto answers =
        context.records.financing().answer({{filter, FactKey::location, FactKey::day, {}, due_measures}});
    for (const FactGroup& group : answers[0])
        due[group.id][static_cast<Day>(group.second_number)] = deposit_due_cents(group.sums);
    return due;
}

const DepositReview* review_of(const BuildContext& context, const Id& location, Day day) {
    const auto found = context.records.deposit_reviews().find(deposit_review_id(location, day));
    return found == context.records.deposit_reviews().end() ? nullptr : &found->second;
}

vm::DepositLine line_of(const BuildContext& context, const Id& location, const DepositDay& day,
                        const std::string& reference) {
    vm::DepositLine line;
    line.location = location;
    line.location_name = context.records.location_name(location);
    if (const auto place = context.records.locations().find(location); place != context.records.locations().end())
        line.practice_name = context.records.practice_name(place->second.practice);
    line.day = day.day;
    line.expected_cents = day.expected_cents;
    line.carried_cents = day.carried_cents;
    line.deposited_cents = day.deposited_cents;
    line.state = deposit_state(day, review_of(context, location, day.day));
    line.reference = reference;
    line.pending = context.is_pending(Entity::deposit_review, deposit_review_id(location, day.day));
    return line;
}

// Whatever state they are in.
std::vector<vm::DepositLine> lines_in_any_state(const BuildContext& context, const vm::DepositsQuery& query) {
    const auto arrived = arrived_by_location(context, query);
    std::vector<vm::DepositLine> lines;
    if (arrived.empty()) return lines;
    std::vector<Id> locations;
    Day first = arrived.begin()->second.begin()->first;
    for (const auto& [location, days] : arrived) {
        locations.push_back(location);
        first = std::min(first, days.begin()->first);
    }
    FactFilter everywhere;
    everywhere.locations = locations;
    const Day closed_until = context.records.financing().closed_until(everywhere).value_or(0);
    auto due = due_by_location(context, locations, {first - carried_days_max, closed_until});
    for (const auto& [location, days] : arrived) {
        CentsByDay deposited;
        for (const auto& [day, one] : days)
            deposited[day] = one.cents;
        for (const DepositDay& day : compare_deposits(due[location], deposited, closed_until)) {
            if (day.day < query.from) continue;
            const auto one = days.find(day.day);
            lines.push_back(line_of(context, location, day, one == days.end() ? std::string() : one->second.reference));
        }
    }
    std::ranges::sort(lines, [](const vm::DepositLine& left, const vm::DepositLine& right) {
        return std::tie(right.day, left.practice_name, left.location) <
               std::tie(left.day, right.practice_name, right.location);
    });
    return lines;
}

vm::DepositDetail deposit_detail(const BuildContext& context, const vm::DepositLine& line) {
    vm::DepositDetail detail;
    detail.line = line;
    FactFilter filter;
    filter.locations = {line.location};
    filter.days = {line.day, line.day};
    const FactSums sums = context.records.financing().sums(filter);
    detail.sales = sums.sales;
    detail.gross_cents = sums.gross_cents;
    detail.returned_cents = sums.returned_cents();
    detail.fee_cents = sums.fee_cents - sums.fee_refund_cents;
    if (const DepositReview* review = review_of(context, line.location, line.day)) {
        detail.review =
            vm::ReviewValues{review->expected_cents, review->deposited_cents, review->reviewed, review->note};
        detail.reviewed_by_name = context.records.user_name(review->reviewed_by);
        detail.reviewed_ms = review->reviewed_ms;
    }
    // Whether it may be said at all; what is said comes later.
    vm::ReviewValues wanted{line.expected_cents, line.deposited_cents, true, "."};
    if (detail.review && detail.review->reviewed) wanted = {.reviewed = false, .note = "."};
    detail.may_review = is_applicable(context, deposit_review(line.location, line.day, detail.review, wanted));
    detail.may_see_rows = context.may_read_facts();
    return detail;
}

}  // namespace

std::vector<vm::DepositLine> deposit_lines(const BuildContext& context, const vm::DepositsQuery& query) {
    std::vector<vm::DepositLine> lines = lines_in_any_state(context, query);
    if (query.state) std::erase_if(lines, [&](const vm::DepositLine& line) { return line.state != *query.state; });
    return lines;
}

vm::DepositsPart build_deposits(const BuildContext& context, const vm::DepositsQuery& query) {
    vm::DepositsPart part;
    part.query = query;
    part.as_of_ms = context.as_of_ms;
    FactFilter everything;
    context.places.restrict(everything);
    part.closed_until = context.records.financing().closed_until(everything).value_or(0);
    part.has_daily_sums_alone = context.records.financing().has_rollups_alone();
    part.rows = lines_in_any_state(context, query);
    for (const vm::DepositLine& line : part.rows) {
        vm::DepositTotals& totals = part.totals[static_cast<std::size_t>(line.state)];
        ++totals.days;
        totals.expected_cents += line.expected_cents;
        totals.deposited_cents += line.deposited_cents;
        if (line.location == query.selected && query.day == line.day) part.detail = deposit_detail(context, line);
    }
    if (query.state) std::erase_if(part.rows, [&](const vm::DepositLine& line) { return line.state != *query.state; });
    part.listed = static_cast<std::int64_t>(part.rows.size());
    if (part.rows.size() > limits::deposit_days_shown_max) part.rows.resize(limits::deposit_days_shown_max);
    for (const auto& [id, location] : context.records.locations()) {
        if (!context.places.has_location(id)) continue;
        const std::string practice = context.records.practice_name(location.practice);
        part.location_choices.push_back({id, location.name, practice, location.practice});
    }
    std::ranges::sort(part.location_choices, [](const vm::PlaceChoice& left, const vm::PlaceChoice& right) {
        return std::tie(left.detail, left.name, left.id) < std::tie(right.detail, right.name, right.id);
    });
    return part;
}

}  // namespace portal::store
