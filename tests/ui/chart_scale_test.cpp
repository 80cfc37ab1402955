#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "app/ui/chart.hpp"

namespace portal::ui {

TEST_CASE("ticks are round, few, and cover the data") {
    struct Case {
        double low, high;
        int most;
    };
    const Case cases[] = {{0, 49'200, 6}, {0, 1, 5},   {-9'580, 3'120, 6},  {61.2, 64.9, 5}, {0, 7, 4},
                          {0, 1.24e9, 7}, {-5, -1, 4}, {0.0001, 0.0009, 5}, {0, 0, 5},       {41'238, 41'238, 5}};
    for (const Case& sample : cases) {
        const Ticks ticks = nice_ticks(sample.low, sample.high, sample.most);
        INFO("from " << sample.low << " to " << sample.high);
        CHECK(ticks.low <= sample.low);
        CHECK(ticks.high >= sample.high);
        CHECK(ticks.high > ticks.low);
        REQUIRE(ticks.count >= 2);
        CHECK(ticks.count <= sample.most);
        const double step = ticks.values[1] - ticks.values[0];
        const double scaled = step / std::pow(10.0, std::floor(std::log10(step) + 1e-9));
        const bool round = std::fabs(scaled - 1) < 1e-6 || std::fabs(scaled - 2) < 1e-6 ||
                           std::fabs(scaled - 2.5) < 1e-6 || std::fabs(scaled - 5) < 1e-6;
        CHECK(round);
    }
}

TEST_CASE("zero is exactly zero on an axis that crosses it") {
    const Ticks ticks = nice_ticks(-0.3, 0.7, 6);
    bool has_zero = false;
    for (int index = 0; index < ticks.count; ++index) {
        has_zero |= ticks.values[static_cast<std::size_t>(index)] == 0.0;
    }
    CHECK(has_zero);
}

}  // namespace portal::ui
