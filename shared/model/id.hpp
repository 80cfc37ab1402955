// ULIDs: 26 characters of Crockford base 32, 48 bits of milliseconds then 80 random bits. They name rows and intents;
// they order nothing (client clocks are not to be trusted).
#pragma once

#include <string>
#include <string_view>

#include "shared/base/clock.hpp"
#include "shared/base/random.hpp"

namespace portal {

using Id = std::string;

Id make_id(InstantMs now_ms, RandomSource& random);
bool is_id(std::string_view text);

}  // namespace portal
