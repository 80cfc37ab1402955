#include "shared/model/id.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <functional>
#include <set>
#include <vector>

namespace portal {
namespace {

TEST_CASE("an id has the ULID's shape and its time in front") {
    SeededRandom random(5);
    // The ULID specification's example of a time.
    CHECK(make_id(1'469'918'176'385, random).substr(0, 10) == "01ARYZ6S41");
    const Id largest = make_id((1LL << 48) - 1, random);
    CHECK(largest.substr(0, 10) == "7ZZZZZZZZZ");
    CHECK(made_ms(largest) == (1LL << 48) - 1);
    CHECK(made_ms(make_id(1'469'918'176'385, random)) == 1'469'918'176'385);
    CHECK(is_id(largest));
    std::set<Id> ids;
    for (int index = 0; index < 2'000; ++index) {
        const Id id = make_id(1'700'000'000'000, random);
        CHECK(is_id(id));
        ids.insert(id);
    }
    CHECK(ids.size() == 2'000);
}

TEST_CASE("ids of a sequence ascend, whatever the clock does") {
    SeededRandom random(5);
    IdSequence ids(random);
    std::vector<Id> made;
    for (const InstantMs now_ms : {1'000, 1'000, 999, 1'001, 500})
        for (int index = 0; index < 40; ++index)
            made.push_back(ids.next(now_ms));
    CHECK(std::adjacent_find(made.begin(), made.end(), std::greater_equal<>()) == made.end());
    CHECK(std::all_of(made.begin(), made.end(), is_id));
    CHECK(made.back().substr(0, 10) == make_id(1'001, random).substr(0, 10));
}

TEST_CASE("ids are in the order of their text") {
    SeededRandom random(7);
    const auto text = [&] {
        std::string letters(random.next() % 30, 'a');
        // Few letters, above and below 128, so that many texts begin alike.
        for (char& letter : letters)
            letter = random.next() % 8 == 0 ? static_cast<char>(random.next()) : 'a';
        return letters;
    };
    for (int index = 0; index < 20'000; ++index) {
        const std::string left = text(), right = index % 10 == 0 ? left : text();
        REQUIRE(IdOrder()(left, right) == (left < right));
    }
}

TEST_CASE("what is no id") {
    for (const std::string_view text :
         {"", "01ARYZ6S41TSV4RRFFQ69G5FA", "01ARYZ6S41TSV4RRFFQ69G5FAVX", "81ARYZ6S41TSV4RRFFQ69G5FAV",
          "01ARYZ6S41TSV4RRFFQ69G5FAU", "01aryz6s41tsv4rrffq69g5fav", "01ARYZ6S41TSV4RRFFQ69G5FA'"}) {
        INFO(text);
        CHECK_FALSE(is_id(text));
        CHECK(made_ms(text) == 0);
    }
    CHECK(is_id("01ARYZ6S41TSV4RRFFQ69G5FAV"));
}

}  // namespace
}  // namespace portal
