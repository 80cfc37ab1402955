#include "app/store/financing_breakdowns.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <tuple>

#include "shared/rules/figures/change.hpp"
#include "shared/rules/figures/financing.hpp"

namespace portal::store {
namespace {

constexpr std::size_t stacks_max = 7;  // With comparison and target as many series as a chart has.
constexpr int ranked_months = 12;

using vm::ChangeKind;

// Of a practice or a location.
std::string name_of_place(const BuildContext& context, const Id& id) {
    std::string name = context.records.practice_name(id);
    return name.empty() ? context.records.location_name(id) : name;
}

vm::ChangePart part_of(const BuildContext& context, vm::Explain explain, const FactGroup& group) {
    vm::ChangePart part;
    part.id = group.id;
    switch (explain) {
        case vm::Explain::plans:
            part.kind = ChangeKind::plan;
            part.name = context.records.plan_name(group.id);
            break;
        case vm::Explain::channels:
            part.kind = ChangeKind::channel;
            part.channel = static_cast<FactChannel>(group.number);
            break;
        case vm::Explain::places:
        case vm::Explain::effects:
            part.name = name_of_place(context, group.id);
            break;
    }
    return part;
}

std::vector<vm::ChangePart> effects_of(const std::vector<FactGroup>& now, const std::vector<FactGroup>& former) {
    std::map<Id, figures::PlanChange> plans;
    for (const FactGroup& group : now)
        plans[group.id].now = group.sums;
    for (const FactGroup& group : former)
        plans[group.id].former = group.sums;
    std::vector<figures::PlanChange> changes;
    for (const auto& [id, change] : plans)
        changes.push_back(change);
    const figures::ChangeEffects effects = figures::change_effects(changes);
    const auto part = [](ChangeKind kind, std::int64_t cents) {
        vm::ChangePart made;
        made.kind = kind;
        made.cents = cents;
        return made;
    };
    return {part(ChangeKind::count, effects.count_cents), part(ChangeKind::size, effects.size_cents),
            part(ChangeKind::mix, effects.mix_cents), part(ChangeKind::returns, effects.returns_cents)};
}

// Which bar a group's bucket belongs to.
std::size_t row_at(const vm::FinancingPart& part, FactKey bucket_key, std::int64_t number) {
    const Day day =
        bucket_key == FactKey::month ? first_day_of_month(static_cast<MonthIndex>(number)) : static_cast<Day>(number);
    const auto after = std::upper_bound(part.rows.begin(), part.rows.end(), day,
                                        [](Day left, const vm::FinancingRow& row) { return left < row.from; });
    // The first bucket may begin after its month does.
    return after == part.rows.begin() ? 0 : static_cast<std::size_t>(after - part.rows.begin()) - 1;
}

void add(std::vector<std::int64_t>& sum, const std::vector<std::int64_t>& added) {
    for (std::size_t index = 0; index < sum.size(); ++index)
        sum[index] += added[index];
}

}  // namespace

Id practice_of_selection(const BuildContext& context, const vm::FinancingQuery& query) {
    if (!query.practice.empty()) return query.practice;
    if (!query.location.empty()) {
        const auto found = context.records.locations().find(query.location);
        return found == context.records.locations().end() ? Id() : found->second.practice;
    }
    if (!context.places.is_everything() && context.places.practices().size() == 1)
        return *context.places.practices().begin();
    return context.records.practices().size() == 1 ? context.records.practices().begin()->first : Id();
}

FactKey key_of_split(vm::Split split) {
    switch (split) {
        case vm::Split::plan:
            return FactKey::plan;
        case vm::Split::channel:
            return FactKey::channel;
        case vm::Split::none:
            break;
    }
    return FactKey::none;
}

FactKey key_of_places(const BuildContext& context, const vm::FinancingQuery& query) {
    if (!query.practice.empty() || !query.location.empty()) return FactKey::location;
    const auto& practices = context.records.practices();
    const auto seen = std::count_if(practices.begin(), practices.end(),
                                    [&](const auto& practice) { return context.places.has_practice(practice.first); });
    return seen > 1 ? FactKey::practice : FactKey::location;
}

FactKey key_of_change(const BuildContext& context, const vm::FinancingQuery& query) {
    switch (query.explain) {
        case vm::Explain::places:
            return key_of_places(context, query);
        case vm::Explain::channels:
            return FactKey::channel;
        case vm::Explain::plans:
        case vm::Explain::effects:
            break;
    }
    return FactKey::plan;
}

vm::PlanShare plan_share(const BuildContext& context, const FactGroup& group) {
    vm::PlanShare share;
    share.id = group.id;
    if (const auto plan = context.records.plans().find(group.id); plan != context.records.plans().end()) {
        share.name = plan->second.name;
        share.kind = plan->second.kind;
        share.months = plan->second.months;
    }
    share.gross_cents = group.sums.gross_cents;
    share.sales = group.sums.sales;
    return share;
}

void sort_plans(std::vector<vm::PlanShare>& plans) {
    std::sort(plans.begin(), plans.end(), [](const vm::PlanShare& left, const vm::PlanShare& right) {
        return std::tie(left.kind, left.months, left.name) < std::tie(right.kind, right.months, right.name);
    });
}

std::vector<vm::FinancingStack> stacks_of(const BuildContext& context, const vm::FinancingPart& part,
                                          FactKey bucket_key, const std::vector<FactGroup>& groups) {
    std::map<std::pair<std::int64_t, Id>, vm::FinancingStack> by_key;
    for (const FactGroup& group : groups) {
        vm::FinancingStack& stack = by_key[{group.second_number, group.second_id}];
        stack.net_cents.resize(part.rows.size());
        stack.net_cents[row_at(part, bucket_key, group.number)] += group.sums.net_cents();
        stack.kind = part.query.split == vm::Split::plan ? ChangeKind::plan : ChangeKind::channel;
        stack.id = group.second_id;
        stack.name = context.records.plan_name(group.second_id);
        stack.channel = static_cast<FactChannel>(group.second_number);
    }
    const auto total = [](const vm::FinancingStack& stack) {
        std::int64_t cents = 0;
        for (const std::int64_t one : stack.net_cents)
            cents += one;
        return cents;
    };
    std::vector<vm::FinancingStack> stacks;
    for (auto& [key, stack] : by_key)
        stacks.push_back(std::move(stack));
    std::stable_sort(
        stacks.begin(), stacks.end(),
        [&](const vm::FinancingStack& left, const vm::FinancingStack& right) { return total(left) > total(right); });
    if (stacks.size() <= stacks_max) return stacks;
    for (std::size_t index = stacks_max; index < stacks.size(); ++index)
        add(stacks[stacks_max - 1].net_cents, stacks[index].net_cents);
    stacks.resize(stacks_max);
    stacks.back().kind = ChangeKind::other;
    return stacks;
}

std::vector<vm::ChangePart> change_parts(const BuildContext& context, vm::Explain explain,
                                         const std::vector<FactGroup>& now, const std::vector<FactGroup>& former) {
    if (explain == vm::Explain::effects) return effects_of(now, former);
    std::map<std::pair<std::int64_t, Id>, vm::ChangePart> by_key;
    const auto of_group = [&](const FactGroup& group) -> vm::ChangePart& {
        return by_key.try_emplace({group.number, group.id}, part_of(context, explain, group)).first->second;
    };
    for (const FactGroup& group : now)
        of_group(group).cents += group.sums.net_cents();
    for (const FactGroup& group : former) {
        vm::ChangePart& part = of_group(group);
        part.cents -= group.sums.net_cents();
        part.former_cents += group.sums.net_cents();
    }
    std::vector<vm::ChangePart> parts;
    for (auto& [key, part] : by_key)
        if (part.cents != 0) parts.push_back(std::move(part));
    std::stable_sort(parts.begin(), parts.end(), [](const vm::ChangePart& left, const vm::ChangePart& right) {
        return std::abs(left.cents) > std::abs(right.cents);
    });
    return parts;
}

DayRange matured_days(DayRange days, Day closed_until) {
    while (days.last >= days.first && !is_matured(days.last, closed_until))
        --days.last;
    return days;
}

void fill_hours(const std::vector<FactGroup>& hours, vm::FinancingPart& part) {
    for (const FactGroup& group : hours)
        part.hours[static_cast<std::size_t>(group.number)][static_cast<std::size_t>(group.second_number)] =
            group.sums.applications;
}

DayRange ranked_days(Day last) {
    return {first_day_of_month(month_of_day(last) - ranked_months + 1), last};
}

std::vector<vm::RankedPlace> ranking_of(const BuildContext& context, Day last, const std::vector<FactGroup>& now,
                                        const std::vector<FactGroup>& former, const std::vector<FactGroup>& months) {
    const MonthIndex first_month = month_of_day(ranked_days(last).first);
    std::map<Id, vm::RankedPlace> places;
    const auto place = [&](const FactGroup& group) -> vm::RankedPlace& {
        vm::RankedPlace& made = places[group.id];
        made.monthly_net.resize(ranked_months);
        return made;
    };
    for (const FactGroup& group : now) {
        place(group).net_cents = group.sums.net_cents();
        place(group).applications = group.sums.applications;
    }
    for (const FactGroup& group : former)
        place(group).compared_cents = group.sums.net_cents();
    for (const FactGroup& group : months)
        place(group).monthly_net[static_cast<std::size_t>(group.second_number - first_month)] = group.sums.net_cents();
    std::vector<vm::RankedPlace> ranking;
    for (auto& [id, ranked] : places) {
        ranked.id = id;
        ranked.change_basis_points = figures::change_basis_points(ranked.net_cents, ranked.compared_cents);
        ranked.name = name_of_place(context, id);
        ranking.push_back(std::move(ranked));
    }
    std::stable_sort(ranking.begin(), ranking.end(), [](const vm::RankedPlace& left, const vm::RankedPlace& right) {
        return left.net_cents > right.net_cents;
    });
    return ranking;
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

}  // namespace portal::store
