// The bytes of a rollup: daily sums of one location and month by plan and channel, column by column. What the measures
// mean is shared/facts' business (facts/rollup.hpp); here each is a number from 0 on.
//
// Layout, all integers little endian: "PFR" and the version byte, CRC-32 of everything after it, then
//   varint cell count; plan dictionary as front-coded texts; the cells' days as differences, plans, channels, and which
//   measures they have; then measure by measure the values of the cells that have it, as zigzag varints.
//
// Most cells have few measures, so zeros are not written and not held either. Decoding accepts hostile bytes as
// columnar.hpp does: an Error says what is wrong, and memory stays within a small multiple of the input. Thread: any.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/calendar_day.hpp"
#include "shared/base/result.hpp"
#include "shared/model/id.hpp"

namespace portal::wire {

inline constexpr std::uint8_t rollup_version = 1;
inline constexpr unsigned rollup_measures_max = 32;

// One value per cell in each column but `value`.
struct RollupColumns {
    std::vector<Id> plans;  // The dictionary that `plan` indexes; its size stands for "no single plan".
    std::vector<Day> day;   // Ascending.
    std::vector<std::uint16_t> plan;
    std::vector<std::uint8_t> channel;
    std::vector<std::uint32_t> measures;  // Bit n: the cell has measure n.
    std::vector<std::int64_t> value;      // Of each cell's measures, the lowest first; cell after cell.

    std::size_t size() const { return day.size(); }
};

// At most limits::rollup_cells_max cells and limits::segment_plans_max plans: a breach is a defect and trips check().
std::string encode_rollup(const RollupColumns& columns);

// Errors: corrupted, unsupported_version.
Result<RollupColumns> decode_rollup(std::string_view bytes);

}  // namespace portal::wire
