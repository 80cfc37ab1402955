#include <algorithm>
#include <bit>
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "shared/wire/json_codec.hpp"

namespace portal::wire {
namespace {

TEST_CASE("CRC-32 has the published check values and resumes") {
    CHECK(crc32("") == 0);
    CHECK(crc32("123456789") == 0xCBF43926u);
    CHECK(crc32("The quick brown fox jumps over the lazy dog") == 0x414FA339u);
    CHECK(crc32("56789", crc32("1234")) == crc32("123456789"));
    CHECK(crc32(std::string(1, '\0')) == 0xD202EF8Du);
}

TEST_CASE("rows that differ in anything have different hashes") {
    std::set<std::array<std::uint64_t, 2>> hashes;
    std::set<std::uint64_t> halves;
    int rows = 0;
    for (const Entity entity : {Entity::ticket, Entity::message})
        for (const char* id : {"A", "B", "A1", ""})
            for (std::int64_t rev = 0; rev < 500; ++rev, ++rows) {
                const auto hash = row_hash(entity, id, rev);
                hashes.insert(hash);
                halves.insert(hash[0]);
                halves.insert(hash[1]);
            }
    CHECK(hashes.size() == static_cast<std::size_t>(rows));
    CHECK(halves.size() == 2 * static_cast<std::size_t>(rows));
}

TEST_CASE("one more revision changes about half of the bits") {
    double changed = 0;
    for (std::int64_t rev = 0; rev < 1'000; ++rev) {
        const auto left = row_hash(Entity::ticket, "01J8Z3K4M5N6P7Q8R9S0T1V2W4", rev);
        const auto right = row_hash(Entity::ticket, "01J8Z3K4M5N6P7Q8R9S0T1V2W4", rev + 1);
        changed += std::popcount(left[0] ^ right[0]) + std::popcount(left[1] ^ right[1]);
    }
    CHECK(changed / 1'000 > 62);
    CHECK(changed / 1'000 < 66);
}

}  // namespace
}  // namespace portal::wire
