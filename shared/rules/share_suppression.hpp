// Which cells of a guest's dataset are hidden: those of few cases, together with as many others as keep them from being
// worked out from a total.
//
//   cell        hidden under 10 cases; and the smallest of the others with them until at least two are hidden which
//               hold 10 cases between them, because a total is told beside them
//   rate        hidden when its numerator or the rest of its denominator is under 10
//   gross       average sale is hidden, and what else tells the gross is rounded, when 1 to 9 refunds, chargebacks and
//               reversals lie between gross and net: the difference of the two would be theirs
//   rounded     under 50 cases: money to whole hundreds of dollars, rates to whole per cents, no counts
#pragma once

#include <span>
#include <vector>

#include "shared/model/share_dataset.hpp"
#include "shared/rules/figures/fact_sums.hpp"

namespace portal {

inline constexpr std::int64_t share_cases_min = 10;
inline constexpr std::int64_t share_exact_cases_min = 50;
inline constexpr std::int64_t share_cents_step = 100'00;
inline constexpr std::int64_t share_basis_points_step = 100;

// Of each cell of a total, by its cases (never negative). All hidden when the total is.
std::vector<ShareExposure> exposures_of_cells(std::span<const std::int64_t> cases);
ShareExposure exposure_of(std::int64_t cases);
// Of numerator / denominator: by the smaller side.
ShareExposure exposure_of_rate(std::int64_t numerator, std::int64_t denominator);
// Whether gross amounts may be told beside net ones.
bool may_tell_gross(const FactSums& sums);

// To the step of its unit, half away from zero.
std::int64_t rounded(std::int64_t value, std::int64_t step);
// The figure as that exposure lets it be told.
SharedFigure exposed(Figure figure, ShareExposure exposure);

}  // namespace portal
