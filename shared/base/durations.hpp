// Lengths of time in milliseconds. A day here is 24 hours of elapsed time; business days and their changes of the
// clock are calendar_day.hpp's and shared/rules/business_time's affair.
#pragma once

#include "shared/base/clock.hpp"

namespace portal {

constexpr DurationMs second_ms = 1'000;
constexpr DurationMs minute_ms = 60 * second_ms;
constexpr DurationMs hour_ms = 60 * minute_ms;
constexpr DurationMs day_ms = 24 * hour_ms;

}  // namespace portal
