// From a prospect's production to what could be financed in a year:
//
//   production of a size, scaled to a year x who applies x approval rate x pull-through
//
// Approval and pull-through come from the cohort's practices, low and high being what a tenth of them is below and
// above; the range of the volume is that of both rates together, practice by practice, since the ends of two ranges
// rarely meet. Who applies is assumed and said to be. The cost is the merchant fee of each plan, by the cohort's mix of
// plans in cases of that size. What goes to plans that the office may not arrange is left out: how many patients would
// take another one is anybody's guess. Integers, rounded half away from zero. Thread: any.
#pragma once

#include <span>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/model/what_if.hpp"

namespace portal {

inline constexpr std::int64_t what_if_days_min = 28;
inline constexpr std::int64_t what_if_cases_min = 10;
inline constexpr std::size_t what_if_practices_min = 10;    // Of a cohort.
inline constexpr std::int64_t what_if_apply_swing = 2'500;  // Basis points to either side, of the assumption itself.
inline constexpr std::int64_t what_if_case_swing = 1'000;

std::size_t size_of_case(std::int64_t cents);

// Nearest rank; the values in any order.
RateRange rate_range(std::vector<std::int64_t> values);

// Half of the cohort, and who applies as assumed at first: more of the larger cases.
WhatIfAssumptions first_assumptions(const CohortRates& cohort);

// Refused: production of fewer days or cases than tell anything, a cohort that is too small, an assumption that is no
// share.
Result<WhatIf> what_if(const Production& production, const CohortRates& cohort, const WhatIfAssumptions& assumptions);

}  // namespace portal
