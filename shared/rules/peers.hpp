// Which practices are compared with each other, and what one of them is told of all.
//
//   period     the last twelve whole months that every source had the time to report; nobody chooses another
//   cohort     practices of one specialty and size; of one specialty, when any of its sizes has fewer than ten. The
//              asking practice is one of them, so that everybody of a cohort is told the same
//   figure     of at least ten practices that have enough cases of their own, none with more than a quarter of
//              numerator or denominator; the sum of the numerators over the sum of the denominators
//   rounding   rates to whole per cents, money to ten dollars; neither sums nor quantiles
//
// One fixed period, cohorts that never overlap and rounded ratios leave nothing that could be worked out by
// subtraction. Thread: any.
#pragma once

#include <span>
#include <string>

#include "shared/model/peers.hpp"
#include "shared/rules/figures/fact_sums.hpp"

namespace portal {

inline constexpr std::int64_t peer_practices_min = 10;
inline constexpr std::int64_t peer_share_of_sum_max = 4;  // Its reciprocal: a quarter.
inline constexpr std::int64_t peer_rate_step = 100;
inline constexpr std::int64_t peer_cents_step = 10'00;
inline constexpr int peer_months = 12;

// The whole months before the one that `closed_until` lies in, or with it when that is its last day.
DayRange peer_period(Day closed_until);

// What a practice brings into the comparison: its sums of the period.
struct PeerPractice {
    std::string size;
    FactSums sums;
    PullThroughSums use;
};

// `reported` are all practices of the specialty whose source has told the whole period; `size` is the asking one's.
PeerSummary peer_summary(Specialty specialty, const std::string& size, std::span<const PeerPractice> reported);

// The figures that are compared, of any sums: the same for the cohort's practices and for one's own.
std::vector<Figure> peer_figures(const FactSums& sums, const PullThroughSums& use);

}  // namespace portal
