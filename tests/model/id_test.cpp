#include "shared/model/id.hpp"

#include <catch2/catch_test_macros.hpp>
#include <set>

namespace portal {
namespace {

TEST_CASE("an id has the ULID's shape and its time in front") {
    SeededRandom random(5);
    // The ULID specification's example of a time.
    CHECK(make_id(1'469'918'176'385, random).substr(0, 10) == "01ARYZ6S41");
    const Id largest = make_id((1LL << 48) - 1, random);
    CHECK(largest.substr(0, 10) == "7ZZZZZZZZZ");
    CHECK(is_id(largest));
    std::set<Id> ids;
    for (int index = 0; index < 2'000; ++index) {
        const Id id = make_id(1'700'000'000'000, random);
        CHECK(is_id(id));
        ids.insert(id);
    }
    CHECK(ids.size() == 2'000);
}

TEST_CASE("what is no id") {
    for (const std::string_view text :
         {"", "01ARYZ6S41TSV4RRFFQ69G5FA", "01ARYZ6S41TSV4RRFFQ69G5FAVX", "81ARYZ6S41TSV4RRFFQ69G5FAV",
          "01ARYZ6S41TSV4RRFFQ69G5FAU", "01aryz6s41tsv4rrffq69g5fav", "01ARYZ6S41TSV4RRFFQ69G5FA'"}) {
        INFO(text);
        CHECK_FALSE(is_id(text));
    }
    CHECK(is_id("01ARYZ6S41TSV4RRFFQ69G5FAV"));
}

}  // namespace
}  // namespace portal
