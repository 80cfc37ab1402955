// Integration health, 0-100, from daily check rollups. The curves are published here and drawn in the passport.
//
//   part                  weight  measured over                      minimum sample        100 at      0 at
//   call success          35%     7 days, succeeded / calls          20 calls              >= 99.5%    <= 80%
//   ledger match          25%     7 days, matched / rows             10 rows               >= 99.5%    <= 85%
//   freshness             15%     hours of business days since the   1 success ever        <= 24 h     >= 96 h
//                                 last success
//   latency               15%     7 days, call-weighted mean of p95  20 calls              <= 800 ms   >= 4,000 ms
//   errors acknowledged   10%     7 days, acknowledged / errors      1 error               100%        0%
//
// Between the two ends each curve is a straight line. Absent parts (under their minimum) leave and the other weights
// are scaled to 100%. No calls in seven days (on open days) is "No recent calls", without a score. Closed days carry no
// traffic and never lower anything. Seven days end with today once it reports, with yesterday before.
// Caps: 40 while credentials fail on the latest reported day, or when the ledger match was under 90% on each of the
// last 3 open days (with at least 10 rows each); 50 when the last open day that is over had at least 5 calls and no
// success. The cause of the lowest cap is the figure's reason.
#pragma once

#include <array>
#include <optional>
#include <span>

#include "shared/model/figure.hpp"
#include "shared/model/records.hpp"

namespace portal {

enum class HealthPartKind : std::uint8_t { call_success, ledger_match, freshness, latency, errors_acknowledged };
enum class HealthTone : std::uint8_t { neutral, good, warn, bad };
enum class HealthDay : std::uint8_t { good, warn, bad, closed, no_data };

struct HealthPartScore {
    HealthPartKind kind = HealthPartKind::call_success;
    std::int32_t weight_basis_points = 0;  // After renormalising; 0 when absent.
    std::optional<std::int32_t> score;     // 0-100; absent under the minimum sample.
    std::int64_t numerator = 0;            // Succeeded; matched; open hours since success; mean p95 ms; acknowledged.
    std::int64_t denominator = 0;          // Calls; rows; 1; 1; errors.
};

struct HealthReport {
    Figure figure;  // Unit score. Reason: none, no_recent_calls or the cap's cause.
    HealthTone tone = HealthTone::neutral;
    std::int32_t uncapped = 0;  // Before a cap; 0 without a value.
    std::array<HealthPartScore, 5> parts{};
    std::array<HealthDay, 7> days{};  // Oldest first; the last is today once it reports, yesterday before.
    std::optional<Day> last_check_day;
    std::optional<InstantMs> last_success_ms;
};

inline constexpr std::int32_t health_good_min = 80;
inline constexpr std::int32_t health_warn_min = 60;

// `rollups` of one integration, at least the last 14 days, any order. `today` is the location's business date.
HealthReport integration_health(std::span<const CheckRollup> rollups, Day today, InstantMs as_of_ms);

// One day by itself, for strips and tables: closed, no_data under the minimum samples, or the worse of calls and
// ledger.
HealthDay health_of_day(const CheckRollup& rollup);

}  // namespace portal
