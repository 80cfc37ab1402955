#include <algorithm>
#include <map>

#include "app/store/builders.hpp"

namespace portal::store {
namespace {

constexpr int months_shown_before = 12;
constexpr Day days_of_a_week = 7;
constexpr Day days_of_compared_year = 52 * days_of_a_week;  // Weekdays meet weekdays.
constexpr std::size_t change_parts_max = 6;

vm::FinancingQuery with_defaults(vm::FinancingQuery query, Day today) {
    if (query.until == 0) query.until = today;
    if (query.from == 0) query.from = first_day_of_month(month_of_day(query.until) - months_shown_before);
    if (query.from > query.until) std::swap(query.from, query.until);
    return query;
}

FactFilter filter_of(const BuildContext& context, const vm::FinancingQuery& query, DayRange days) {
    FactFilter filter;
    filter.days = days;
    context.places.restrict(filter);
    if (!query.location.empty())
        filter.locations = {query.location};
    else if (!query.practice.empty())
        filter.practices = {query.practice};
    if (!query.plan.empty()) filter.plans = {query.plan};
    return filter;
}

Day bucket_start(vm::Grain grain, Day day) {
    switch (grain) {
        case vm::Grain::day:
            return day;
        case vm::Grain::week:
            return day - weekday_of_day(day);
        case vm::Grain::month:
            return first_day_of_month(month_of_day(day));
    }
    return day;
}

Day next_bucket(vm::Grain grain, Day start) {
    switch (grain) {
        case vm::Grain::day:
            return start + 1;
        case vm::Grain::week:
            return start + days_of_a_week;
        case vm::Grain::month:
            return first_day_of_month(month_of_day(start) + 1);
    }
    return start + 1;
}

void fill(vm::FinancingRow& row, const FactSums& sums) {
    row.net_cents = sums.net_cents();
    row.gross_cents = sums.gross_cents;
    row.refund_cents = sums.refund_cents + sums.chargeback_cents - sums.reversal_cents;
    row.sales = sums.sales;
    row.applications = sums.applications;
    row.approved = sums.approved;
    row.declined = sums.declined;
}

// Every bucket of the range, also those without facts: a gap is a zero and not a missing bar.
std::vector<vm::FinancingRow> rows_of(vm::Grain grain, DayRange days, Day closed_until,
                                      const std::vector<FactGroup>& groups) {
    std::map<Day, FactSums> sums;
    for (const FactGroup& group : groups) {
        const Day day = grain == vm::Grain::month ? first_day_of_month(static_cast<MonthIndex>(group.number))
                                                  : static_cast<Day>(group.number);
        sums[bucket_start(grain, day)] += group.sums;
    }
    std::vector<vm::FinancingRow> rows;
    for (Day start = bucket_start(grain, days.first); start <= days.last; start = next_bucket(grain, start)) {
        vm::FinancingRow row;
        const Day last = next_bucket(grain, start) - 1;
        row.from = std::max(start, days.first);
        row.until = std::min(last, days.last);
        row.partial = row.from != start || row.until != last || last > closed_until;
        if (const auto found = sums.find(start); found != sums.end()) fill(row, found->second);
        rows.push_back(row);
    }
    return rows;
}

DayRange year_before(vm::Grain grain, DayRange days) {
    if (grain != vm::Grain::month) return {days.first - days_of_compared_year, days.last - days_of_compared_year};
    const auto shifted = [](Day day) {
        const MonthIndex month = month_of_day(day) - 12;
        const Day offset = day - first_day_of_month(month_of_day(day));
        return first_day_of_month(month) + std::min(offset, static_cast<Day>(days_in_month(month)) - 1);
    };
    return {shifted(days.first), shifted(days.last)};
}

// The difference of the two periods by location (or by plan within one location), largest first; the rest is summed, so
// that the parts always add up to the whole change.
std::vector<vm::ChangePart> change_parts(const BuildContext& context, FactKey key, const std::vector<FactGroup>& now,
                                         const std::vector<FactGroup>& former) {
    std::map<Id, std::int64_t> cents;
    for (const FactGroup& group : now)
        cents[group.id] += group.sums.net_cents();
    for (const FactGroup& group : former)
        cents[group.id] -= group.sums.net_cents();
    std::vector<vm::ChangePart> parts;
    for (const auto& [id, change] : cents) {
        if (change == 0) continue;
        const std::string name =
            key == FactKey::plan ? context.records.plan_name(id) : context.records.location_name(id);
        parts.push_back({name, change});
    }
    std::sort(parts.begin(), parts.end(), [](const vm::ChangePart& left, const vm::ChangePart& right) {
        const auto size = [](std::int64_t value) { return value < 0 ? -value : value; };
        if (size(left.cents) != size(right.cents)) return size(left.cents) > size(right.cents);
        return left.name < right.name;
    });
    if (parts.size() > change_parts_max) {
        vm::ChangePart other;
        for (std::size_t index = change_parts_max - 1; index < parts.size(); ++index)
            other.cents += parts[index].cents;
        parts.resize(change_parts_max - 1);
        parts.push_back(other);
    }
    return parts;
}

std::vector<vm::PlanShare> plan_shares(const BuildContext& context, const std::vector<FactGroup>& groups) {
    std::vector<vm::PlanShare> shares;
    for (const FactGroup& group : groups) {
        if (group.sums.gross_cents == 0 && group.sums.sales == 0) continue;
        vm::PlanShare share;
        if (const auto plan = context.records.plans().find(group.id); plan != context.records.plans().end()) {
            share.name = plan->second.name;
            share.kind = plan->second.kind;
            share.months = plan->second.months;
        }
        share.gross_cents = group.sums.gross_cents;
        share.sales = group.sums.sales;
        shares.push_back(std::move(share));
    }
    std::sort(shares.begin(), shares.end(), [](const vm::PlanShare& left, const vm::PlanShare& right) {
        return std::tie(left.kind, left.months, left.name) < std::tie(right.kind, right.months, right.name);
    });
    return shares;
}

std::vector<vm::FunnelStep> funnel_of(const FactSums& sums, const PullThroughSums& used) {
    using Kind = vm::FunnelStep::Kind;
    return {{Kind::applications, sums.applications, 0, false},
            {Kind::decided, sums.decided(), sums.requested_cents, false},
            {Kind::approved, sums.approved, sums.approved_cents, false},
            {Kind::used, used.used + used.immature_used, 0, used.immature_approved > 0}};
}

void fill_choices(const BuildContext& context, const vm::FinancingQuery& query, vm::FinancingPart& part) {
    for (const auto& [id, practice] : context.records.practices())
        if (context.places.has_practice(id)) part.practice_choices.push_back({id, practice.name, practice.region, {}});
    for (const auto& [id, location] : context.records.locations()) {
        if (!context.places.has_location(id)) continue;
        if (!query.practice.empty() && location.practice != query.practice) continue;
        part.location_choices.push_back({id, location.name, location.city + ", " + location.state, location.practice});
    }
    for (const auto& [id, plan] : context.records.plans())
        part.plan_choices.push_back({id, plan.name, {}, {}});
    for (auto* choices : {&part.practice_choices, &part.location_choices, &part.plan_choices})
        std::sort(choices->begin(), choices->end(), [](const vm::PlaceChoice& left, const vm::PlaceChoice& right) {
            return std::tie(left.name, left.id) < std::tie(right.name, right.id);
        });
}

void fill_targets(const BuildContext& context, const vm::FinancingQuery& query, vm::FinancingPart& part) {
    // A target is a practice's, for whole months and all plans: beside any other selection it would mislead.
    if (query.grain != vm::Grain::month || !query.plan.empty() || !query.location.empty()) return;
    for (vm::FinancingRow& row : part.rows) {
        const MonthIndex month = month_of_day(row.from);
        if (query.practice.empty()) {
            row.target_cents = target_of(context, month).value_or(0);
            continue;
        }
        for (const auto& [id, target] : context.records.targets())
            if (target.practice == query.practice && target.month == month) row.target_cents += target.cents;
    }
}

}  // namespace

vm::FinancingPart build_financing(const BuildContext& context, const vm::FinancingQuery& asked) {
    vm::FinancingPart part;
    part.as_of_ms = context.as_of_ms;
    const FactTable& facts = context.records.facts();
    const vm::FinancingQuery query = with_defaults(asked, context.today(asked.location));
    part.query = query;
    const DayRange days{query.from, query.until};
    const DayRange former = year_before(query.grain, days);
    const FactFilter filter = filter_of(context, query, days);
    const FactFilter former_filter = filter_of(context, query, former);
    part.closed_until = facts.closed_until(filter).value_or(0);
    const FactKey bucket_key = query.grain == vm::Grain::month ? FactKey::month : FactKey::day;
    const FactKey change_key = query.location.empty() ? FactKey::location : FactKey::plan;
    const auto answers = facts.answer({{filter, FactKey::none},
                                       {filter, bucket_key},
                                       {filter, FactKey::plan},
                                       {filter, change_key},
                                       {former_filter, bucket_key},
                                       {former_filter, change_key}});
    FactSums all;
    for (const FactGroup& group : answers[0])
        all += group.sums;
    const PullThroughSums used = facts.pull_through(filter, part.closed_until);
    const figures::Freshness freshness = context.freshness(part.closed_until);
    part.fact_count = all.rows;
    part.figures = {figures::net_financed_volume(all, freshness), figures::average_sale(all, freshness),
                    figures::approval_rate(all, freshness), figures::pull_through(used, freshness),
                    figures::effective_fee_rate(all, freshness)};
    part.rows = rows_of(query.grain, days, part.closed_until, answers[1]);
    part.compared = rows_of(query.grain, former, part.closed_until, answers[4]);
    part.change = change_parts(context, change_key, answers[3], answers[5]);
    part.plans = plan_shares(context, answers[2]);
    part.funnel = funnel_of(all, used);
    fill_targets(context, query, part);
    fill_choices(context, query, part);
    return part;
}

}  // namespace portal::store
