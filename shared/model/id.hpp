// ULIDs: 26 characters of Crockford base 32, 48 bits of milliseconds then 80 random bits. They name rows and intents;
// they order nothing (client clocks are not to be trusted).
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "shared/base/clock.hpp"
#include "shared/base/random.hpp"

namespace portal {

using Id = std::string;

Id make_id(InstantMs now_ms, RandomSource& random);
bool is_id(std::string_view text);
// When the device that made it says it did; 0 for what is no id.
InstantMs made_ms(std::string_view id);

// The order of their text, as std::less has it, eight characters at a time: ids that were made together begin alike,
// and the C library of the browser's program compares byte by byte.
struct IdOrder {
    using is_transparent = void;

    bool operator()(std::string_view left, std::string_view right) const {
        const std::size_t common = std::min(left.size(), right.size());
        std::size_t place = 0;
        for (; place + sizeof(std::uint64_t) <= common; place += sizeof(std::uint64_t))
            if (const std::uint64_t a = eight_at(left, place), b = eight_at(right, place); a != b) return a < b;
        return left.substr(place) < right.substr(place);
    }

  private:
    // The first character counts most.
    static std::uint64_t eight_at(std::string_view text, std::size_t place) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, text.data() + place, sizeof eight);
        if constexpr (std::endian::native == std::endian::little) eight = __builtin_bswap64(eight);
        return eight;
    }
};

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
