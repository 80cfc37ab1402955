// What a practice's vendor is told of its volumes, with the practice's consent: counts of whole months, nothing of
// money.
//
// Only months that the source has reported to their end are told, so that nobody can follow a count from day to day; a
// count under share_cases_min is hidden, and of the two parts of the applications both, because the whole stands beside
// them. No total over months is told. Thread: any.
#pragma once

#include <span>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/model/records.hpp"

namespace portal {

inline constexpr int vendor_months_told = 24;

// Of each integration of the practice that has a vendor: its months, oldest first; or one row of month 0 where the
// practice agrees and no whole month has been reported. Nothing without consent. `rollups` are all of the practice.
// Errors: a rollup that does not decode.
Result<std::vector<VendorCount>> make_vendor_counts(const Practice& practice, std::span<const Integration> integrations,
                                                    std::span<const FactRollup> rollups);

}  // namespace portal
