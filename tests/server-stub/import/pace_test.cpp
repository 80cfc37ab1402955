#include "server-stub/import/pace.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace portal::import;

TEST_CASE("bulk work grows while it is quick and gives way when it is slow", "[import]") {
    Pace pace(500, 5'000);
    for (int step = 0; step < 10; ++step)
        pace.note(5);
    CHECK(pace.size() == 5'000);
    pace.note(40);
    CHECK(pace.size() == 5'000);
    pace.note(300);
    CHECK(pace.size() == 2'500);
    for (int step = 0; step < 20; ++step)
        pace.note(300);
    CHECK(pace.size() == 500);
}
