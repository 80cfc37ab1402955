// What net financed volume a month will come to: what there is so far, divided by the share of a month that is usually
// there at the same position among its business days.
//
// The share is learned from the last 24 months that are over, with their money pooled, and drawn towards that of the
// cohort (other practices of the same specialty and size). The range comes from the same months: what each would have
// been misjudged by. Money up to and with the last closed business day counts on both sides. Thread: any.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "shared/rules/figures/financing.hpp"

namespace portal::figures {

inline constexpr MonthIndex forecast_months = 24;                 // Learned from; fewer are said.
inline constexpr std::int64_t forecast_own_months_min = 12;       // Fewer: the cohort alone.
inline constexpr std::int64_t forecast_months_min = 3;            // Fewer: no forecast.
inline constexpr std::int64_t forecast_business_days_min = 3;     // Not before the third business day.
inline constexpr std::int64_t forecast_cohort_weight_months = 6;  // The cohort weighs as much as so many own months.
inline constexpr int forecast_low_basis_points = 1'000;           // P10
inline constexpr int forecast_high_basis_points = 9'000;          // P90

// A month that is over, by its business days.
struct MonthCourse {
    std::int64_t net_cents = 0;
    std::vector<std::int64_t> net_until_cents;  // Posted up to and with each business day.
};
// `net_by_day` has a month's net financed volume by posted day, `business_days` its business days in order.
MonthCourse month_course(const std::map<Day, std::int64_t>& net_by_day, const std::vector<Day>& business_days);

enum class MonthEnd : std::uint8_t { ahead, reported };

struct MonthSoFar {
    std::int64_t net_cents = 0;  // Up to and with the last closed business day; all of it once the month is reported.
    BusinessDays days;
    MonthEnd end = MonthEnd::ahead;
};

struct MonthForecast {
    // In cents, with low and high. The numerator is the net so far, the denominator the expected share in basis points.
    Figure figure;
    std::int64_t own_months = 0;  // That it was learned from.
    std::int64_t cohort_months = 0;
};

// `own` are the practice's (or the selection's) months, `cohort` those of the others, both at most the last 24. Months
// without a positive net teach nothing. Version 1.
MonthForecast month_forecast(const MonthSoFar& now, const std::vector<MonthCourse>& own,
                             const std::vector<MonthCourse>& cohort, const Freshness& freshness);

}  // namespace portal::figures
