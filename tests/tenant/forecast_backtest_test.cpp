// The month's forecast held against months of the demo tenant that are over, as it would have been said at mid-month.
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <map>

#include "shared/rules/business_time.hpp"
#include "shared/rules/figures/forecast.hpp"
#include "tests/tenant/recorded_tenant.hpp"

using namespace portal;

namespace {

struct PracticeCourses {
    Specialty specialty = Specialty::dental;
    std::string size;
    std::vector<figures::MonthCourse> months;
};

std::vector<Day> business_days_of(const BusinessCalendar& calendar, MonthIndex month) {
    std::vector<Day> days;
    for (Day day = first_day_of_month(month); day < first_day_of_month(month + 1); ++day)
        if (calendar.is_business_day(day)) days.push_back(day);
    return days;
}

// The 24 months that are over.
std::vector<PracticeCourses> courses_of_tenant(const RecordedTenant& tenant) {
    std::map<Id, std::map<Day, FactSums>> sums;
    for (const RecordedSegment& segment : tenant.segments)
        for (const FinancingFact& fact : segment.facts) {
            if (fact.kind == FactKind::application) continue;
            add_fact(sums[segment.practice][fact.posted_day], money_event(fact));
        }
    std::map<Id, Calendar> calendars;
    for (const Calendar& calendar : tenant.all<Calendar>())
        calendars[calendar.id] = calendar;
    std::map<Id, Id> calendar_of;
    for (const Location& location : tenant.all<Location>())
        calendar_of.try_emplace(location.practice, location.calendar);
    const MonthIndex this_month = month_of_day(tenant.options.today - 1);
    std::vector<PracticeCourses> all;
    for (const Practice& practice : tenant.all<Practice>()) {
        const Calendar& row = calendars[calendar_of[practice.id]];
        const auto calendar = BusinessCalendar::parse(row.hours, row.holidays);
        REQUIRE(calendar.has_value());
        PracticeCourses courses{practice.specialty, practice.size, {}};
        for (MonthIndex month = this_month - 24; month < this_month; ++month) {
            std::map<Day, std::int64_t> net;
            for (const auto& [day, of_day] : sums[practice.id])
                if (month_of_day(day) == month) net[day] = of_day.net_cents();
            courses.months.push_back(figures::month_course(net, business_days_of(*calendar, month)));
        }
        all.push_back(std::move(courses));
    }
    return all;
}

std::vector<figures::MonthCourse> before(const std::vector<figures::MonthCourse>& months, std::size_t month) {
    return {months.begin(), months.begin() + static_cast<std::ptrdiff_t>(month)};
}

}  // namespace

TEST_CASE("eight of ten months end within the range that was said at their middle", "[tenant][slow]") {
    const auto practices = courses_of_tenant(record_tenant({1, day_from_civil({2026, 11, 21}), tenant::Scale::full}));
    REQUIRE(practices.size() == 240);
    int said = 0, within = 0, below = 0, above = 0;
    std::vector<std::int64_t> misjudged, width_small, width_large;  // Basis points of the forecast.
    for (std::size_t index = 0; index < practices.size(); ++index) {
        const PracticeCourses& practice = practices[index];
        for (std::size_t month = 12; month < practice.months.size(); ++month) {
            const figures::MonthCourse& truth = practice.months[month];
            const auto whole = static_cast<std::int64_t>(truth.net_until_cents.size());
            const std::int64_t elapsed = whole / 2;
            std::vector<figures::MonthCourse> cohort;
            for (std::size_t other = 0; other < practices.size(); ++other) {
                if (other == index || practices[other].specialty != practice.specialty ||
                    practices[other].size != practice.size)
                    continue;
                const auto theirs = before(practices[other].months, month);
                cohort.insert(cohort.end(), theirs.begin(), theirs.end());
            }
            const std::int64_t so_far = truth.net_until_cents[static_cast<std::size_t>(elapsed) - 1];
            const auto forecast = figures::month_forecast({so_far, {elapsed, whole}, figures::MonthEnd::ahead},
                                                          before(practice.months, month), cohort, {});
            if (!forecast.figure.value) continue;
            ++said;
            below += truth.net_cents < *forecast.figure.low ? 1 : 0;
            above += truth.net_cents > *forecast.figure.high ? 1 : 0;
            within += truth.net_cents >= *forecast.figure.low && truth.net_cents <= *forecast.figure.high ? 1 : 0;
            const std::int64_t value = *forecast.figure.value;
            misjudged.push_back(figures::ratio_basis_points(std::abs(truth.net_cents - value), value));
            auto& width = practice.size == "large" ? width_large : width_small;
            width.push_back(figures::ratio_basis_points(*forecast.figure.high - *forecast.figure.low, value));
        }
    }
    const auto middle = [](std::vector<std::int64_t>& values) {
        REQUIRE(!values.empty());
        std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
        return values[values.size() / 2];
    };
    const std::int64_t misjudged_middle = middle(misjudged);
    const std::int64_t small_middle = middle(width_small), large_middle = middle(width_large);
    INFO(said << " said, " << within << " within, " << below << " below, " << above << " above, misjudged by "
              << misjudged_middle << " basis points in the middle, as wide as " << large_middle << " of large and "
              << small_middle << " of other practices");
    REQUIRE(said > 2'500);
    // Eighty of a hundred, and the rest on both sides: not because the range holds everything.
    CHECK(within > said * 76 / 100);
    CHECK(within < said * 84 / 100);
    CHECK(below > said * 6 / 100);
    CHECK(above > said * 6 / 100);
    // Some forty sales a month of very different size: half a month says the whole to a quarter, of many sales better.
    CHECK(misjudged_middle < 2'500);
    CHECK(large_middle < 8'000);
    CHECK(large_middle < small_middle);
}
