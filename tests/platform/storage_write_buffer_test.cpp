#include "app/platform/storage_write_buffer.hpp"

#include <catch2/catch_test_macros.hpp>
#include <map>
#include <string>
#include <string_view>

#include "shared/base/random.hpp"

namespace portal::platform {
namespace {

bool offer(WriteBuffer& buffer, std::int64_t offset, std::string_view text) {
    return buffer.take(offset, text);
}

std::string held(const WriteBuffer& buffer) {
    return std::string(buffer.bytes().data(), buffer.bytes().size());
}

TEST_CASE("writes that continue each other are held as one", "[platform]") {
    WriteBuffer buffer;
    CHECK(buffer.empty());
    REQUIRE(offer(buffer, 32, "head"));
    REQUIRE(offer(buffer, 36, "page"));
    REQUIRE(offer(buffer, 32, "HEAD"));
    REQUIRE(offer(buffer, 38, "gers"));
    CHECK(held(buffer) == "HEADpagers");
    CHECK(buffer.offset() == 32);
    CHECK(buffer.end() == 42);
}

TEST_CASE("a write that leaves a gap or comes before is not held", "[platform]") {
    WriteBuffer buffer;
    REQUIRE(offer(buffer, 100, "abcd"));
    CHECK_FALSE(offer(buffer, 105, "x"));
    CHECK_FALSE(offer(buffer, 99, "xy"));
    CHECK(held(buffer) == "abcd");
    buffer.clear();
    CHECK(offer(buffer, 99, "xy"));
    CHECK(buffer.offset() == 99);
}

TEST_CASE("no more is held than the cap", "[platform]") {
    WriteBuffer buffer;
    const std::string much(limits::write_buffer_bytes_max, 'm');
    CHECK_FALSE(offer(buffer, 0, much + "m"));
    CHECK(offer(buffer, 0, much));
    CHECK_FALSE(offer(buffer, static_cast<std::int64_t>(much.size()), "m"));
    CHECK(offer(buffer, 10, "n"));
}

TEST_CASE("a range overlaps what is held by a byte at least", "[platform]") {
    WriteBuffer buffer;
    CHECK_FALSE(buffer.overlaps(0, 100));
    REQUIRE(offer(buffer, 10, "0123456789"));
    CHECK_FALSE(buffer.overlaps(0, 10));
    CHECK(buffer.overlaps(0, 11));
    CHECK(buffer.overlaps(19, 1));
    CHECK_FALSE(buffer.overlaps(20, 5));
}

// A file behind the buffer, used as SQLite's file would use it, beside one that is written at once.
TEST_CASE("a file behind the buffer reads as if it had been written at once", "[platform]") {
    SeededRandom random(2024);
    std::string direct(4096, '.'), behind(4096, '.');
    WriteBuffer buffer;
    const auto write_out = [&] {
        behind.replace(static_cast<std::size_t>(buffer.offset()), buffer.bytes().size(), buffer.bytes().data(),
                       buffer.bytes().size());
        buffer.clear();
    };
    std::size_t held_writes = 0, next = 0;
    for (int round = 0; round < 20'000; ++round) {
        const std::size_t size = 1 + random.below(64);
        const std::size_t offset = random.below(4) == 0 ? random.below(4096 - size) : std::min(next, 4096 - size);
        if (random.below(3) == 0) {
            if (buffer.overlaps(static_cast<std::int64_t>(offset), static_cast<std::int64_t>(size))) write_out();
            REQUIRE(behind.substr(offset, size) == direct.substr(offset, size));
            continue;
        }
        const std::string text(size, static_cast<char>('a' + random.below(26)));
        direct.replace(offset, size, text);
        held_writes += buffer.empty() ? 0 : 1;
        if (!offer(buffer, static_cast<std::int64_t>(offset), text)) {
            write_out();
            REQUIRE(offer(buffer, static_cast<std::int64_t>(offset), text));
        }
        next = (offset + size) % 4000;
    }
    write_out();
    CHECK(behind == direct);
    CHECK(held_writes > 1000);
}

}  // namespace
}  // namespace portal::platform
