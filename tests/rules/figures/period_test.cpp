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

TEST_CASE("a month so far is compared with equal elapsed business days", "[figures]") {
    // Monday to Friday; October 2026 begins on a Thursday, November on a Sunday.
    const auto weekdays = [](DayRange days) {
        std::vector<Day> found;
        for (Day day = days.first; day <= days.last; ++day)
            if (weekday_of_day(day) < 5) found.push_back(day);
        return found;
    };
    struct Case {
        DayRange now, former;
        const char* equal;
    };
    const Case cases[] = {
        // A weekend without business finds the days before the first one with it, which are none here: one day stays.
        {range("2026-11-01", "2026-11-01"), range("2026-10-01", "2026-10-01"), "2026-10-01 to 2026-10-01"},
        {range("2026-11-01", "2026-11-06"), range("2026-10-01", "2026-10-06"), "2026-10-01 to 2026-10-07"},
        {range("2026-11-01", "2026-11-08"), range("2026-10-01", "2026-10-08"), "2026-10-01 to 2026-10-07"},
        {range("2026-11-01", "2026-11-13"), range("2026-10-01", "2026-10-13"), "2026-10-01 to 2026-10-14"},
        // Twenty-two business days each; then one less.
        {range("2026-10-01", "2026-10-31"), range("2026-09-01", "2026-09-30"), "2026-09-01 to 2026-09-30"},
        {range("2026-11-01", "2026-11-30"), range("2026-10-01", "2026-10-30"), "2026-10-01 to 2026-10-29"},
        // Of several months the last one counts; a period within one is counted from where it begins.
        {range("2026-09-01", "2026-11-06"), range("2026-06-01", "2026-08-06"), "2026-06-01 to 2026-08-07"},
        {range("2026-11-10", "2026-11-13"), range("2026-10-10", "2026-10-13"), "2026-10-10 to 2026-10-15"},
    };
    for (const Case& item : cases) {
        const DayRange equal = equal_elapsed(item.now, item.former, weekdays(elapsed_of_last_month(item.now)),
                                             weekdays(last_month_of_former(item.former)));
        CHECK(told(equal) == item.equal);
    }
}

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
