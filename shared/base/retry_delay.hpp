// How long to wait before trying again. Thread: any.
#pragma once

#include <algorithm>
#include <cstdint>

#include "shared/base/clock.hpp"
#include "shared/base/limits.hpp"
#include "shared/base/random.hpp"

namespace portal {

// Doubling stops here: base * 2^7 is beyond every cap.
constexpr std::int64_t doublings_max = 7;

// Exponential with full jitter: after a restart of the server its clients must not come back together. `failures` is
// how many tries have failed before this wait, `delay_ms_max` the longest wait.
inline DurationMs retry_delay_ms(std::int64_t failures, DurationMs delay_ms_max, RandomSource& random) {
    const std::int64_t doublings = std::min(failures, doublings_max);
    return random.between(1, std::min(delay_ms_max, limits::retry_delay_ms_base << doublings));
}

}  // namespace portal
