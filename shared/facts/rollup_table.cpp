#include "shared/facts/rollup_table.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "shared/base/check.hpp"
#include "shared/wire/rollup_columns.hpp"

namespace portal {
namespace {

// `values` are the cell's, the lowest measure first.
void add_measures(RollupSums& sums, std::uint32_t measures, const std::int64_t* values) {
    for (; measures != 0; measures &= measures - 1) {
        const auto measure = static_cast<unsigned>(std::countr_zero(measures));
        const std::int64_t value = *values++;
        if (measure < fact_sum_members.size())
            sums.facts.*fact_sum_members[measure] += value;
        else if (measure == rollup::used_measure)
            sums.used += value;
        else
            sums.used_net += value;
    }
}

// Daily sums by plan and channel know nothing of these.
bool is_kept(FactKey key) {
    return key != FactKey::status && key != FactKey::kind && key != FactKey::cardholder && key != FactKey::hour_band;
}

// Week, quarter: as FactGroup's numbers are.
std::int64_t day_number(FactKey key, Day day) {
    constexpr int months_of_a_quarter = 3;
    const MonthIndex month = month_of_day(day);
    switch (key) {
        case FactKey::week:
            return day - weekday_of_day(day);
        case FactKey::month:
            return month;
        case FactKey::quarter:
            return month - month % months_of_a_quarter;
        case FactKey::weekday:
            return weekday_of_day(day);
        default:
            return day;
    }
}

}  // namespace

using GroupName = std::pair<std::int64_t, Id>;

struct RollupTable::Held {
    GroupName name(FactKey key, std::size_t cell) const;

    Id practice, location;
    MonthIndex month = 0;
    DayRange days;
    std::int64_t fact_count = 0;
    Day closed_until = 0;
    wire::RollupColumns columns;
};

GroupName RollupTable::Held::name(FactKey key, std::size_t cell) const {
    switch (key) {
        case FactKey::day:
        case FactKey::week:
        case FactKey::month:
        case FactKey::quarter:
        case FactKey::weekday:
            return {day_number(key, columns.day[cell]), {}};
        case FactKey::practice:
            return {0, practice};
        case FactKey::location:
            return {0, location};
        case FactKey::plan:
            return {0, columns.plans[columns.plan[cell]]};
        case FactKey::channel:
            return {columns.channel[cell], {}};
        case FactKey::none:
        case FactKey::hour_band:
        case FactKey::status:
        case FactKey::kind:
        case FactKey::cardholder:
            return {};
    }
    return {};
}

RollupTable::RollupTable() = default;
RollupTable::~RollupTable() = default;
RollupTable::RollupTable(RollupTable&&) noexcept = default;
RollupTable& RollupTable::operator=(RollupTable&&) noexcept = default;

Status RollupTable::put(const FactRollup& rollup) {
    PORTAL_TRY_ASSIGN(columns, wire::decode_rollup(rollup.columns.data));
    auto held = std::make_unique<Held>();
    held->practice = rollup.practice;
    held->location = rollup.location;
    held->month = rollup.month;
    held->days = {first_day_of_month(rollup.month), first_day_of_month(rollup.month + 1) - 1};
    held->fact_count = rollup.fact_count;
    held->closed_until = rollup.closed_until;
    if (columns.size() > 0 && !(held->days.contains(columns.day.front()) && held->days.contains(columns.day.back())))
        return fail(ErrorCode::corrupted, "rollup: it holds a day of another month than its row says");
    for (const std::uint32_t measures : columns.measures)
        if (measures >> rollup::measures != 0)
            return fail(ErrorCode::unsupported_version, "rollup: it holds a sum that is not known; reload the portal");
    held->columns = std::move(columns);
    m_rollups[rollup.id] = std::move(held);
    return {};
}

bool RollupTable::remove(const Id& id) {
    return m_rollups.erase(id) > 0;
}

void RollupTable::clear() {
    m_rollups.clear();
}

std::int64_t RollupTable::fact_count() const {
    std::int64_t count = 0;
    for (const auto& [id, held] : m_rollups)
        count += held->fact_count;
    return count;
}

bool RollupTable::has_location_beside(const std::vector<Id>& locations) const {
    return std::ranges::any_of(
        m_rollups, [&](const auto& entry) { return !std::ranges::binary_search(locations, entry.second->location); });
}

bool RollupTable::can_answer(const FactQuestion& question) {
    const FactFilter& filter = question.filter;
    return filter.basis == DayBasis::own && filter.kinds.empty() && filter.statuses.empty() &&
           filter.cardholder == Cardholder::any && filter.amount == CentsRange{} && !filter.weekday &&
           !filter.hour_band && filter.adding == 0 && is_kept(question.key) && is_kept(question.second) &&
           question.top.count == 0;
}

// Cells of no single plan count where no plan is asked for.
template <class Visit>
void RollupTable::each_cell(const FactFilter& filter, const std::vector<Id>& without, const Visit& visit) const {
    for (const auto& [id, held] : m_rollups) {
        if (held->days.last < filter.days.first || held->days.first > filter.days.last ||
            !is_selected(filter.practices, held->practice) || !is_selected(filter.locations, held->location) ||
            std::ranges::binary_search(without, held->location))
            continue;
        const wire::RollupColumns& columns = held->columns;
        const std::int64_t* values = columns.value.data();
        for (std::size_t cell = 0; cell < columns.size(); ++cell) {
            const std::int64_t* own = values;
            values += std::popcount(columns.measures[cell]);
            if (!filter.days.contains(columns.day[cell])) continue;
            const bool has_plan = columns.plan[cell] < columns.plans.size();
            if (has_plan ? !is_selected(filter.plans, columns.plans[columns.plan[cell]]) : !filter.plans.empty())
                continue;
            if (!is_selected(filter.channels, static_cast<FactChannel>(columns.channel[cell]))) continue;
            visit(*held, cell, own);
        }
    }
}

std::vector<FactGroup> RollupTable::group(const FactQuestion& question, const std::vector<Id>& without) const {
    check(can_answer(question), "a question that daily sums answer");
    const bool is_by_plan = question.key == FactKey::plan || question.second == FactKey::plan;
    std::map<std::array<GroupName, 2>, RollupSums> groups;
    RollupSums* sums = nullptr;
    std::array<GroupName, 2> last_key;
    each_cell(question.filter, without, [&](const Held& held, std::size_t cell, const std::int64_t* values) {
        if (is_by_plan && held.columns.plan[cell] == held.columns.plans.size()) return;
        std::array<GroupName, 2> key = {held.name(question.key, cell), held.name(question.second, cell)};
        // Cells of one group often come together.
        if (sums == nullptr || key != last_key) {
            sums = &groups[key];
            last_key = std::move(key);
        }
        add_measures(*sums, held.columns.measures[cell], values);
    });
    std::vector<FactGroup> answer;
    for (const auto& [key, summed] : groups)
        answer.push_back({key[0].second, key[0].first, summed.facts, key[1].second, key[1].first});
    return answer;
}

FactSums RollupTable::sums(const FactFilter& filter) const {
    FactSums all;
    for (const FactGroup& one : group({filter}))
        all += one.sums;
    return all;
}

PullThroughSums RollupTable::pull_through(const FactFilter& filter, Day closed_until,
                                          const std::vector<Id>& without) const {
    PullThroughSums all;
    each_cell(filter, without, [&](const Held& held, std::size_t cell, const std::int64_t* values) {
        RollupSums sums;
        add_measures(sums, held.columns.measures[cell], values);
        if (!is_matured(held.columns.day[cell], closed_until)) {
            all.immature_approved += sums.facts.approved;
            all.immature_used += sums.used;
            return;
        }
        all.approved += sums.facts.approved;
        all.used += sums.used;
        all.used_net += sums.used_net;
    });
    return all;
}

std::optional<Day> RollupTable::closed_until(const FactFilter& filter, const std::vector<Id>& without) const {
    std::optional<Day> latest;
    for (const auto& [id, held] : m_rollups)
        if (is_selected(filter.practices, held->practice) && is_selected(filter.locations, held->location) &&
            !std::ranges::binary_search(without, held->location) && held->closed_until != 0)
            latest = std::max(latest.value_or(held->closed_until), held->closed_until);
    return latest;
}

}  // namespace portal
