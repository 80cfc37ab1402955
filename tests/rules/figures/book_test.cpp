// The figures of a line of the book.
#include "shared/rules/figures/book.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace portal;

TEST_CASE("dollars at risk are an average month times what the health lacks", "[figures]") {
    const figures::Freshness freshness{.as_of_ms = 7, .closed_until = 20'000};
    struct Row {
        std::optional<std::int64_t> health;
        std::int64_t net_cents;
        std::optional<std::int64_t> value;
        std::int64_t month;
    };
    for (const Row& row :
         {Row{60, 1'200'000, 40'000, 100'000}, Row{100, 1'200'000, 0, 100'000}, Row{0, 1'200'000, 100'000, 100'000},
          // Half a cent goes up; a year of refunds puts nothing at risk.
          Row{99, 600, 1, 50}, Row{50, -1'200'000, 0, 0}, Row{std::nullopt, 1'200'000, std::nullopt, 100'000}}) {
        const Figure figure = figures::dollars_at_risk(row.health, row.net_cents, 12, freshness);
        CHECK(figure.id == FigureId::dollars_at_risk);
        CHECK(figure.value == row.value);
        CHECK(figure.numerator == row.month);
        CHECK(figure.reason == (row.health ? FigureReason::none : FigureReason::no_recent_calls));
        CHECK(figure.as_of_ms == 7);
        CHECK(figure.closed_until == 20'000);
    }
}

TEST_CASE("open action items are a count of now", "[figures]") {
    const Figure figure = figures::open_actions(3, {.as_of_ms = 7});
    CHECK(figure.value == 3);
    CHECK(figure.unit == FigureUnit::count);
    CHECK(figure.basis == FigureBasis::now);
    CHECK(figure.as_of_ms == 7);
}
