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

// Ids of rows that are made together: each is above the one before, so that they lie together in every index. Those of
// one millisecond count up, as the ULID's specification has it.
class IdSequence {
  public:
    explicit IdSequence(RandomSource& random) : m_random(random) {}
    Id next(InstantMs now_ms);

  private:
    RandomSource& m_random;
    InstantMs m_last_ms = 0;
    Id m_last;
};

}  // namespace portal
