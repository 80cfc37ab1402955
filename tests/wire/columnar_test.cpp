// The segment codec gives back exactly what it was given, and refuses every damaged or invented byte string in words.
#include "shared/wire/columnar.hpp"

#include <catch2/catch_test_macros.hpp>
#include <limits>

#include "shared/base/limits.hpp"
#include "shared/base/random.hpp"
#include "shared/wire/json_codec.hpp"

using namespace portal;

namespace {

constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

std::string random_text(SeededRandom& random, std::size_t bytes_max) {
    std::string text(random.below(bytes_max + 1), '\0');
    for (char& c : text)
        c = static_cast<char>(random.below(256));
    return text;
}

std::int64_t random_cents(SeededRandom& random) {
    switch (random.below(8)) {
        case 0:
            return smallest;
        case 1:
            return largest;
        case 2:
            return -static_cast<std::int64_t>(random.below(1'000'000));
        case 3:
            return 0;
        default:
            return static_cast<std::int64_t>(random.below(5'000'000));
    }
}

FinancingFact random_fact(SeededRandom& random) {
    FinancingFact fact;
    fact.practice = "P";
    fact.location = "L";
    fact.external_key = random_text(random, random.chance(0.1) ? limits::fact_text_bytes_max : 14);
    fact.application_ref = random_text(random, 12);
    fact.row_number = random.chance(0.1) ? random_cents(random) : static_cast<std::int64_t>(random.below(100'000));
    fact.kind = static_cast<FactKind>(random.below(6));
    fact.status = static_cast<FactStatus>(random.below(9));
    fact.plan = random.chance(0.3) ? Id() : Id("plan-" + std::to_string(random.below(9)));
    fact.channel = static_cast<FactChannel>(random.below(4));
    fact.existing_cardholder = random.chance(0.5);
    fact.duplicate = random.chance(0.1);
    fact.event_day = static_cast<Day>(random.between(-5'000, 40'000));
    fact.posted_day = fact.event_day + static_cast<Day>(random.between(-3, 400));
    fact.hour_band = static_cast<std::int32_t>(random.below(24));
    fact.requested_cents = random_cents(random);
    fact.approved_cents = random_cents(random);
    fact.settled_cents = random_cents(random);
    fact.fee_cents = random_cents(random);
    return fact;
}

std::vector<FinancingFact> random_facts(SeededRandom& random, std::size_t count) {
    std::vector<FinancingFact> facts;
    for (std::size_t index = 0; index < count; ++index)
        facts.push_back(random_fact(random));
    return facts;
}

// Gives damaged bytes a right checksum, so that the decoder's own checks are reached.
std::string with_checksum(std::string bytes) {
    const std::uint32_t crc = wire::crc32(std::string_view(bytes).substr(8));
    for (std::size_t index = 0; index < 4; ++index)
        bytes[4 + index] = static_cast<char>(crc >> (8 * index));
    return bytes;
}

}  // namespace

TEST_CASE("a segment of any facts is given back exactly", "[wire][columnar]") {
    SeededRandom random(7);
    for (const std::size_t count : {0u, 1u, 2u, 17u, 300u}) {
        for (int round = 0; round < 20; ++round) {
            const auto facts = random_facts(random, count);
            const auto decoded = wire::decode_segment(wire::encode_segment(facts), "P", "L");
            REQUIRE(decoded.has_value());
            CHECK(*decoded == facts);
        }
    }
}

TEST_CASE("equal facts give equal bytes", "[wire][columnar]") {
    SeededRandom one(3), other(3);
    CHECK(wire::encode_segment(random_facts(one, 50)) == wire::encode_segment(random_facts(other, 50)));
}

TEST_CASE("the bytes of a segment are golden", "[wire][columnar]") {
    // A change of this sum is a change of the stored format: raise columnar_version and keep reading the old one.
    SeededRandom random(11);
    CHECK(wire::crc32(wire::encode_segment(random_facts(random, 100))) == 0x45A3DCCBu);
}

TEST_CASE("ordinary facts take few bytes", "[wire][columnar]") {
    SeededRandom random(5);
    std::vector<FinancingFact> facts(1'000);
    for (std::size_t index = 0; index < facts.size(); ++index) {
        auto& fact = facts[index];
        fact.external_key = "F" + std::to_string(1'000'000 + index);
        fact.application_ref = "A" + std::to_string(2'000'000 + index);
        fact.row_number = static_cast<std::int64_t>(index + 2);
        fact.event_day = 20'000 + static_cast<Day>(index / 40);
        fact.posted_day = fact.event_day + 2;
        fact.settled_cents = static_cast<std::int64_t>(random.below(500'000));
        fact.fee_cents = fact.settled_cents / 20;
    }
    CHECK(wire::encode_segment(facts).size() < facts.size() * 25);
}

TEST_CASE("a truncated segment is refused at every length", "[wire][columnar]") {
    SeededRandom random(13);
    const std::string whole = wire::encode_segment(random_facts(random, 12));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto plain = wire::decode_columns(whole.substr(0, size));
        REQUIRE_FALSE(plain.has_value());
        CHECK(plain.error().code == ErrorCode::corrupted);
        if (size < 8) continue;
        // Also when whoever cut it made the checksum fit.
        const auto repaired = wire::decode_columns(with_checksum(whole.substr(0, size)));
        REQUIRE_FALSE(repaired.has_value());
        CHECK(repaired.error().message.find("column") != std::string::npos);
    }
}

TEST_CASE("every flipped bit is noticed", "[wire][columnar]") {
    SeededRandom random(17);
    const std::string whole = wire::encode_segment(random_facts(random, 6));
    for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
        std::string damaged = whole;
        damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
        CHECK_FALSE(wire::decode_columns(damaged).has_value());
    }
}

TEST_CASE("invented bytes with a right checksum never break the decoder", "[wire][columnar]") {
    SeededRandom random(19);
    const std::string whole = wire::encode_segment(random_facts(random, 20));
    int accepted = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::string damaged = whole;
        for (std::uint64_t changes = 1 + random.below(4); changes > 0; --changes)
            damaged[8 + random.below(damaged.size() - 8)] = static_cast<char>(random.below(256));
        const auto columns = wire::decode_columns(with_checksum(damaged));
        if (!columns) continue;
        ++accepted;
        // What is accepted is consistent: every column has every fact.
        REQUIRE(columns->plan.size() == columns->size());
        REQUIRE(columns->external_key.size() == columns->size());
        REQUIRE(columns->fee_cents.size() == columns->size());
        for (std::size_t index = 0; index < columns->size(); ++index)
            (void)columns->fact(index, "P", "L");
    }
    CHECK(accepted > 0);
    for (int round = 0; round < 2'000; ++round) {
        std::string noise = "PFC\x01" + std::string(4, '\0') + random_text(random, 200);
        (void)wire::decode_columns(with_checksum(noise));
    }
}

TEST_CASE("refusals name their cause", "[wire][columnar]") {
    const std::string whole = wire::encode_segment(std::vector<FinancingFact>(3));
    struct Case {
        std::string bytes;
        ErrorCode code;
        std::string_view says;
    };
    std::string other_version = whole;
    other_version[3] = 9;
    std::string many = whole.substr(0, 8) + "\xFF\xFF\xFF\xFF\x0F" + whole.substr(9);
    std::string endless = whole.substr(0, 8) + std::string(12, '\xFF');
    const Case cases[] = {
        {"", ErrorCode::corrupted, "header"},
        {"PFD" + whole.substr(3), ErrorCode::corrupted, "header"},
        {other_version, ErrorCode::unsupported_version, "version"},
        {whole + "x", ErrorCode::corrupted, "checksum"},
        {with_checksum(whole + "x"), ErrorCode::corrupted, "after the last column"},
        {with_checksum(many), ErrorCode::corrupted, "more facts"},
        {with_checksum(endless), ErrorCode::corrupted, "64 bits"},
    };
    for (const auto& test : cases) {
        const auto result = wire::decode_columns(test.bytes);
        REQUIRE_FALSE(result.has_value());
        CHECK(result.error().code == test.code);
        INFO(result.error().message);
        CHECK(result.error().message.find(test.says) != std::string::npos);
    }
}
