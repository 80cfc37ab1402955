#include "shared/base/calendar_day.hpp"

#include <catch2/catch_test_macros.hpp>

namespace portal {
namespace {

TEST_CASE("days and civil dates agree") {
    const struct {
        CivilDate date;
        Day day;
        int weekday;
        std::string_view text;
    } cases[] = {
        {{1970, 1, 1}, 0, 3, "1970-01-01"},        {{1969, 12, 31}, -1, 2, "1969-12-31"},
        {{2000, 2, 29}, 11'016, 1, "2000-02-29"},  {{2026, 3, 4}, 20'516, 2, "2026-03-04"},
        {{2024, 12, 31}, 20'088, 1, "2024-12-31"}, {{1960, 1, 4}, -3'650, 0, "1960-01-04"},
    };
    for (const auto& [date, day, weekday, text] : cases) {
        INFO(text);
        CHECK(day_from_civil(date) == day);
        const CivilDate back = civil_from_day(day);
        CHECK((back.year == date.year && back.month == date.month && back.day == date.day));
        CHECK(weekday_of_day(day) == weekday);
        CHECK(iso_day(day) == text);
        CHECK(parse_iso_day(text).value() == day);
    }
}

TEST_CASE("texts that are no day or month are refused") {
    for (const std::string_view text :
         {"", "2026-3-04", "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026/03/04", "2026-03-04 ",
          " 2026-03-04", "20260304", "2026-03-0x", "-026-03-04"}) {
        INFO(text);
        const Result<Day> day = parse_iso_day(text);
        REQUIRE_FALSE(day);
        CHECK(day.error().code == ErrorCode::invalid_argument);
    }
    for (const std::string_view text : {"", "2026", "2026-00", "2026-13", "2026-1", "2026-011", "2026_01"}) {
        INFO(text);
        CHECK_FALSE(parse_iso_month(text));
    }
}

TEST_CASE("months") {
    const MonthIndex february = parse_iso_month("2024-02").value();
    CHECK(iso_month(february) == "2024-02");
    CHECK(days_in_month(february) == 29);
    CHECK(days_in_month(february + 12) == 28);
    CHECK(days_in_month(parse_iso_month("2025-12").value()) == 31);
    CHECK(iso_day(first_day_of_month(february)) == "2024-02-01");
    CHECK(month_of_day(parse_iso_day("2024-02-29").value()) == february);
    CHECK(month_of_day(parse_iso_day("2024-03-01").value()) == february + 1);
}

}  // namespace
}  // namespace portal
