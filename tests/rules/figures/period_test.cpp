#include "shared/rules/figures/period.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>

using namespace portal;

namespace {

DayRange range(const char* first, const char* last) {
    return {parse_iso_day(first).value(), parse_iso_day(last).value()};
}

std::string told(DayRange days) {
    return iso_day(days.first) + " to " + iso_day(days.last);
}

}  // namespace

TEST_CASE("a period is compared with the days before and with the year before", "[figures]") {
    struct Case {
        DayRange days;
        const char *before, *by_date;
    };
    const Case cases[] = {
        {range("2026-03-01", "2026-03-31"), "2026-02-01 to 2026-02-28", "2025-03-01 to 2025-03-31"},
        {range("2026-01-01", "2026-01-01"), "2025-12-01 to 2025-12-01", "2025-01-01 to 2025-01-01"},
        {range("2024-02-29", "2024-02-29"), "2024-01-29 to 2024-01-29", "2023-02-28 to 2023-02-28"},
        {range("2025-02-01", "2025-02-28"), "2025-01-01 to 2025-01-28", "2024-02-01 to 2024-02-28"},
        {range("2025-11-01", "2026-11-22"), "2024-10-01 to 2025-10-22", "2024-11-01 to 2025-11-22"},
    };
    for (const Case& item : cases) {
        CHECK(told(prior_period_by_date(item.days)) == item.before);
        CHECK(told(prior_year_by_date(item.days)) == item.by_date);
        const DayRange weekdays = prior_year_by_weekday(item.days);
        CHECK(weekday_of_day(weekdays.first) == weekday_of_day(item.days.first));
        CHECK(weekdays.last - weekdays.first == item.days.last - item.days.first);
        CHECK(item.days.first - weekdays.first == 364);
        const DayRange weeks = prior_period_by_weekday(item.days);
        CHECK(weekday_of_day(weeks.first) == weekday_of_day(item.days.first));
        CHECK(weeks.last - weeks.first == item.days.last - item.days.first);
        CHECK(weeks.last < item.days.first);
        CHECK(item.days.first - weeks.last <= 7);
    }
}
