#include "shared/facts/rollup.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "shared/facts/fact_table.hpp"
#include "shared/facts/segment.hpp"
#include "shared/wire/columnar.hpp"
#include "shared/wire/rollup_columns.hpp"

namespace portal {
namespace {

constexpr DayRange every_day{INT32_MIN, INT32_MAX};
// No application is younger than this closing date asks for.
constexpr Day everything_matured = INT32_MAX;

struct CellKey {
    Day day = 0;
    bool is_of_no_plan = false;
    Id plan;
    std::int64_t channel = 0;
    auto operator<=>(const CellKey&) const = default;
};
// All cells of one location, in the order of their bytes.
using Cells = std::map<CellKey, RollupSums>;

bool is_nothing(const RollupSums& sums) {
    return sums.facts == FactSums{} && sums.used == 0 && sums.used_net == 0;
}

void subtract(FactSums& sums, const FactSums& other) {
    for (const auto member : fact_sum_members)
        sums.*member -= other.*member;
}

void add_channel(const FactTable& facts, const FactFilter& of_channel, std::span<const FactGroup> plans, Cells& cells) {
    const std::int64_t channel = static_cast<std::int64_t>(of_channel.channels.front());
    std::map<Day, FactSums> beyond_plans;
    for (const FactGroup& group : facts.group(of_channel, FactKey::day))
        beyond_plans[static_cast<Day>(group.number)] = group.sums;
    for (const FactGroup& plan : plans) {
        FactFilter filter = of_channel;
        filter.plans = {plan.id};
        for (const FactGroup& group : facts.group(filter, FactKey::day)) {
            const Day day = static_cast<Day>(group.number);
            cells[{day, false, plan.id, channel}].facts += group.sums;
            subtract(beyond_plans[day], group.sums);
        }
        for (const auto& [group, used] : facts.pull_through_by(filter, FactKey::day, everything_matured)) {
            RollupSums& sums = cells[{static_cast<Day>(group.number), false, plan.id, channel}];
            sums.used += used.used;
            sums.used_net += used.used_net;
        }
    }
    for (const auto& [day, sums] : beyond_plans)
        if (sums != FactSums{}) cells[{day, true, {}, channel}].facts += sums;
}

void add_location(const FactTable& facts, const Id& location, Cells& cells) {
    FactFilter filter;
    filter.days = every_day;
    filter.locations = {location};
    const auto plans = facts.group(filter, FactKey::plan);
    for (const FactGroup& channel : facts.group(filter, FactKey::channel)) {
        filter.channels = {static_cast<FactChannel>(channel.number)};
        add_channel(facts, filter, plans, cells);
    }
}

// The facts of a segment that fall into one of `parts`: those of one reference together, others by their own key.
Result<FactSegment> part_of(const FactSegment& segment, std::size_t part, std::size_t parts) {
    PORTAL_TRY_ASSIGN(facts, wire::decode_segment(segment.columns.data, segment.practice, segment.location));
    std::erase_if(facts, [&](const FinancingFact& fact) {
        const std::string& together = fact.application_ref.empty() ? fact.external_key : fact.application_ref;
        return std::hash<std::string>{}(together) % parts != part;
    });
    return make_segment(segment.practice, segment.location, segment.month, segment.closed_until, facts);
}

using CellsByLocation = std::map<Id, Cells>;

Status add_part(std::span<const FactSegment> segments, std::size_t part, std::size_t parts, CellsByLocation& cells) {
    FactTable facts;
    for (const FactSegment& segment : segments) {
        cells.try_emplace(segment.location);
        if (parts == 1) {
            PORTAL_TRY(facts.put_segment(segment));
            continue;
        }
        PORTAL_TRY_ASSIGN(some, part_of(segment, part, parts));
        PORTAL_TRY(facts.put_segment(some));
    }
    for (auto& [location, of_location] : cells)
        add_location(facts, location, of_location);
    return {};
}

void add_cell(wire::RollupColumns& columns, const CellKey& key, const RollupSums& sums) {
    const auto plan = key.is_of_no_plan ? columns.plans.end() : std::ranges::find(columns.plans, key.plan);
    columns.day.push_back(key.day);
    columns.plan.push_back(static_cast<std::uint16_t>(plan - columns.plans.begin()));
    columns.channel.push_back(static_cast<std::uint8_t>(key.channel));
    std::uint32_t measures = 0;
    const auto add = [&](unsigned measure, std::int64_t value) {
        if (value == 0) return;
        measures |= std::uint32_t{1} << measure;
        columns.value.push_back(value);
    };
    for (unsigned measure = 0; measure < fact_sum_members.size(); ++measure)
        add(measure, sums.facts.*fact_sum_members[measure]);
    add(rollup::used_measure, sums.used);
    add(rollup::used_net_measure, sums.used_net);
    columns.measures.push_back(measures);
}

FactRollup encode_month(FactRollup row, Cells::const_iterator begin, Cells::const_iterator end) {
    wire::RollupColumns columns;
    std::set<Id> plans;
    for (auto cell = begin; cell != end; ++cell)
        if (!cell->first.is_of_no_plan) plans.insert(cell->first.plan);
    columns.plans.assign(plans.begin(), plans.end());
    for (auto cell = begin; cell != end; ++cell) {
        add_cell(columns, cell->first, cell->second);
        row.fact_count += cell->second.facts.rows;
    }
    row.columns.data = wire::encode_rollup(columns);
    return row;
}

}  // namespace

Result<std::vector<FactRollup>> make_rollups(std::span<const FactSegment> segments, std::int64_t facts_at_once) {
    std::map<Id, std::map<MonthIndex, Day>> closed;  // By location and month of the segment.
    std::int64_t facts = 0;
    for (const FactSegment& segment : segments) {
        if (segment.practice != segments.front().practice)
            return fail(ErrorCode::invalid_argument, "rollups are made of one practice's segments");
        closed[segment.location][segment.month] = segment.closed_until;
        facts += segment.fact_count;
    }
    CellsByLocation cells_by_location;
    const auto parts = static_cast<std::size_t>(facts / facts_at_once + 1);
    for (std::size_t part = 0; part < parts; ++part)
        PORTAL_TRY(add_part(segments, part, parts, cells_by_location));
    std::vector<FactRollup> rollups;
    for (auto& [location, months] : closed) {
        Cells& cells = cells_by_location[location];
        // What one part added another may have taken back: the bytes are the same however the facts were parted.
        std::erase_if(cells, [](const auto& cell) { return is_nothing(cell.second); });
        for (const auto& [key, sums] : cells)
            months.try_emplace(month_of_day(key.day), 0);
        for (const auto& [month, closed_until] : months) {
            FactRollup row;
            row.id = segment_id(location, month);
            row.practice = segments.front().practice;
            row.location = location;
            row.month = month;
            row.closed_until = closed_until;
            rollups.push_back(encode_month(std::move(row), cells.lower_bound({first_day_of_month(month), false, {}, 0}),
                                           cells.lower_bound({first_day_of_month(month + 1), false, {}, 0})));
        }
    }
    std::ranges::sort(rollups, {}, &FactRollup::id);
    return rollups;
}

}  // namespace portal
