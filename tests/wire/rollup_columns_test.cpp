#include "shared/wire/rollup_columns.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/base/random.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::wire {
namespace {

RollupColumns sample_rollup(std::uint64_t seed, std::size_t cells) {
    SeededRandom random(seed);
    RollupColumns columns;
    columns.plans = {"", "plan-a", "plan-b"};
    Day day = 20'000;
    for (std::size_t cell = 0; cell < cells; ++cell) {
        day += static_cast<Day>(random.below(2));
        columns.day.push_back(day);
        columns.plan.push_back(static_cast<std::uint16_t>(random.below(columns.plans.size() + 1)));
        columns.channel.push_back(static_cast<std::uint8_t>(random.below(4)));
        std::uint32_t measures = 0;
        for (unsigned measure = 0; measure < rollup_measures_max; ++measure) {
            if (!random.chance(0.2)) continue;
            measures |= std::uint32_t{1} << measure;
            columns.value.push_back(random.between(INT64_MIN / 4, INT64_MAX / 4));
        }
        columns.measures.push_back(measures);
    }
    return columns;
}

bool is_same(const RollupColumns& left, const RollupColumns& right) {
    return left.plans == right.plans && left.day == right.day && left.plan == right.plan &&
           left.channel == right.channel && left.measures == right.measures && left.value == right.value;
}

// The same bytes with a checksum that fits them, as only somebody who means it makes them.
std::string resealed(std::string bytes) {
    const std::uint32_t sum = crc32(std::string_view(bytes).substr(8));
    for (int index = 0; index < 4; ++index)
        bytes[4 + static_cast<std::size_t>(index)] = static_cast<char>(sum >> (8 * index));
    return bytes;
}

TEST_CASE("a rollup comes back as it was") {
    for (const std::size_t cells : {std::size_t{0}, std::size_t{1}, std::size_t{500}}) {
        const RollupColumns columns = sample_rollup(cells + 1, cells);
        const auto decoded = decode_rollup(encode_rollup(columns));
        REQUIRE(decoded.has_value());
        CHECK(is_same(*decoded, columns));
    }
}

TEST_CASE("the bytes of a rollup are those of version 1") {
    CHECK(rollup_version == 1);
    CHECK(crc32(encode_rollup(sample_rollup(3, 40))) == 0xd5f1dbdeu);
}

TEST_CASE("a rollup that is cut, damaged or forged is refused") {
    const std::string bytes = encode_rollup(sample_rollup(5, 30));
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        INFO("cut to " << length);
        CHECK_FALSE(decode_rollup(bytes.substr(0, length)).has_value());
        if (length >= 8) CHECK_FALSE(decode_rollup(resealed(bytes.substr(0, length))).has_value());
    }
    std::string damaged = bytes;
    damaged.back() = static_cast<char>(damaged.back() ^ 1);
    CHECK(decode_rollup(damaged).error().code == ErrorCode::corrupted);
    CHECK(decode_rollup(resealed(bytes + "x")).error().code == ErrorCode::corrupted);
    std::string later = bytes;
    later[3] = 2;
    CHECK(decode_rollup(later).error().code == ErrorCode::unsupported_version);
    // Whatever one byte becomes, the reader answers and stays inside its bytes.
    std::int64_t refused = 0;
    for (std::size_t place = 8; place < bytes.size(); ++place)
        for (const int value : {0x00, 0x7F, 0xFF}) {
            std::string forged = bytes;
            forged[place] = static_cast<char>(value);
            refused += decode_rollup(resealed(forged)).has_value() ? 0 : 1;
        }
    CHECK(refused > 0);
}

TEST_CASE("cells beyond the cap, unknown plans and channels, and days that go back are refused") {
    RollupColumns columns = sample_rollup(6, 2);
    columns.day = {20'010, 20'000};
    CHECK_FALSE(decode_rollup(encode_rollup(columns)).has_value());
    columns = sample_rollup(6, 2);
    columns.plan[0] = 4;
    CHECK_FALSE(decode_rollup(encode_rollup(columns)).has_value());
    columns = sample_rollup(6, 2);
    columns.channel[1] = 4;
    CHECK_FALSE(decode_rollup(encode_rollup(columns)).has_value());
}

}  // namespace
}  // namespace portal::wire
