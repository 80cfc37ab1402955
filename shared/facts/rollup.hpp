// Daily rollups: a practice's facts as sums by location, day, plan and channel, for replicas that would have too many
// facts. Made of the facts by FactTable's own answers, so that what counts where has one definition.
//
// A cell belongs to the month of its day: applications by event day, money by posted day. Adding cells gives what
// FactTable gives for the same places, days, plans and channels, to the cent. Two things are not additive by themselves
// and are put into the cells: a sale that is split over plans counts once in the whole and once in each plan, so a cell
// of no single plan holds the difference; and whether an application was used, which only all the practice's facts
// tell. Shapes: fact_columns.hpp's; thread: any, nothing is shared.
#pragma once

#include <span>
#include <vector>

#include "shared/base/limits.hpp"
#include "shared/base/result.hpp"
#include "shared/model/records.hpp"
#include "shared/rules/figures/fact_sums.hpp"

namespace portal {

// What a cell can hold, in the order of the wire's measures. Use is by application day.
struct RollupSums {
    FactSums facts;
    std::int64_t used = 0;      // Approved applications with a sale in time.
    std::int64_t used_net = 0;  // The same without sales that were refunded in full.
};

namespace rollup {

// The first measures are fact_sum_members, in their order; these follow them.
inline constexpr unsigned used_measure = fact_sum_members.size();
inline constexpr unsigned used_net_measure = used_measure + 1;
inline constexpr unsigned measures = used_net_measure + 1;

}  // namespace rollup

// The rollups of one practice from all its segments, by id: one for each segment, and one for each month that money
// came into without one. A large practice's facts are summed in parts of about `facts_at_once`, so that memory does not
// grow with them; what belongs together by its reference is in one part. Errors: a segment that does not decode,
// segments of several practices.
Result<std::vector<FactRollup>> make_rollups(std::span<const FactSegment> segments,
                                             std::int64_t facts_at_once = limits::rollup_facts_at_once);

}  // namespace portal
