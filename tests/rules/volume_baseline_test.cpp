// The baseline of applications and its alarm: what is learned, seasons that are none, falls that are one, and the
// properties that must hold for any practice.
#include "shared/rules/volume_baseline.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <functional>
#include <string>

#include "shared/base/random.hpp"

namespace portal {
namespace {

using CountOf = std::function<std::int64_t(Day)>;

const Day watch_last = day_from_civil({2026, 11, 20});

std::vector<Day> weekdays_between(Day first, Day last) {
    std::vector<Day> days;
    for (Day day = first; day <= last; ++day)
        if (weekday_of_day(day) < 5) days.push_back(day);
    return days;
}

// Two years and the present month so far, as business days.
std::vector<BusinessDayCount> two_years(const CountOf& count_of) {
    std::vector<BusinessDayCount> days;
    for (const Day day : weekdays_between(first_day_of_month(month_of_day(watch_last) - baseline_months), watch_last))
        days.push_back({day, count_of(day)});
    return days;
}

// The weekday and the month of the year say it all.
std::int64_t seasonal(Day day) {
    constexpr std::int64_t by_weekday[] = {120, 100, 90, 110, 80, 0, 0};
    constexpr std::int64_t by_month[] = {90, 100, 110, 100, 105, 95, 80, 85, 100, 120, 60, 100};
    return by_weekday[weekday_of_day(day)] * by_month[civil_from_day(day).month - 1] / 10;
}

Day business_days_before(Day day, int count) {
    while (count > 0)
        if (weekday_of_day(--day) < 5) --count;
    return day;
}

}  // namespace

TEST_CASE("a practice whose days follow weekday and season is foretold, and never an alarm", "[volume]") {
    const auto days = two_years(seasonal);
    const auto baseline = learn_baseline(days);
    REQUIRE(baseline.has_value());
    for (std::size_t back = 1; back <= alarm_days_max; ++back) {
        const BusinessDayCount& one = days[days.size() - back];
        const double off = baseline->usual(one.day) / static_cast<double>(one.count) - 1;
        INFO(iso_day(one.day) << ": " << one.count << ", usual " << baseline->usual(one.day));
        CHECK(off > -0.03);
        CHECK(off < 0.03);
    }
    CHECK(baseline->spread < 0.05);
    CHECK_FALSE(volume_alarm(days).has_value());
}

TEST_CASE("a fall is told with its first day, what came and what is usual", "[volume]") {
    const Day broke = business_days_before(watch_last, 6);
    const auto days = two_years([&](Day day) { return day >= broke ? seasonal(day) * 62 / 100 : seasonal(day); });
    const auto alarm = volume_alarm(days);
    REQUIRE(alarm.has_value());
    CHECK(alarm->since == broke);
    CHECK(alarm->until == watch_last);
    CHECK(alarm->business_days == 7);
    std::int64_t actual = 0, usual = 0;
    for (const BusinessDayCount& one : days)
        if (one.day >= broke) actual += one.count, usual += seasonal(one.day);
    CHECK(alarm->actual == actual);
    CHECK(alarm->usual * 100 > usual * 97);
    CHECK(alarm->usual * 100 < usual * 103);
}

TEST_CASE("what is and what is not an alarm", "[volume]") {
    struct Case {
        std::string what;
        CountOf count_of;
        bool alarms;
    };
    const Day broke = business_days_before(watch_last, 9);
    const Day this_month = first_day_of_month(month_of_day(watch_last));
    const auto fallen_to = [&](Day from, std::int64_t per_cent) {
        return [=](Day day) { return day >= from ? seasonal(day) * per_cent / 100 : seasonal(day); };
    };
    for (const Case& one : std::vector<Case>{
             {"a fall by a third", fallen_to(broke, 66), true},
             {"a fall by a fifth", fallen_to(broke, 80), false},
             {"three days", fallen_to(business_days_before(watch_last, 2), 50), false},
             {"none at all for a week", fallen_to(business_days_before(watch_last, 4), 0), true},
             {"a rise", fallen_to(broke, 150), false},
             {"a dip of this month that came last year, too",
              [&](Day day) {
                  const bool dips = civil_from_day(day).month == civil_from_day(this_month).month;
                  return dips ? seasonal(day) / 2 : seasonal(day);
              },
              false},
             {"a dip of two months each year",
              [&](Day day) {
                  const int month = civil_from_day(day).month;
                  return month == 10 || month == 11 ? seasonal(day) * 55 / 100 : seasonal(day);
              },
              false},
             {"a fall that is over",
              [&](Day day) {
                  const bool fallen =
                      day >= business_days_before(watch_last, 15) && day < business_days_before(watch_last, 7);
                  return fallen ? seasonal(day) / 2 : seasonal(day);
              },
              false},
             {"nobody ever applies", [](Day) { return std::int64_t{0}; }, false},
         }) {
        INFO(one.what);
        CHECK(volume_alarm(two_years(one.count_of)).has_value() == one.alarms);
    }
}

TEST_CASE("a practice without a year behind it has no season and no alarm", "[volume]") {
    const Day broke = business_days_before(watch_last, 9);
    const auto days = two_years([&](Day day) { return day >= broke ? seasonal(day) / 2 : seasonal(day); });
    const auto since = [&](MonthIndex months_ago) {
        const Day first = first_day_of_month(month_of_day(watch_last) - months_ago);
        std::vector<BusinessDayCount> young;
        std::ranges::copy_if(days, std::back_inserter(young), [&](const auto& one) { return one.day >= first; });
        return young;
    };
    CHECK_FALSE(volume_alarm({}).has_value());
    CHECK_FALSE(volume_alarm(since(2)).has_value());
    CHECK_FALSE(volume_alarm(since(11)).has_value());
    CHECK_FALSE(learn_baseline(since(11)).has_value());
    CHECK(volume_alarm(since(16)).has_value());
}

TEST_CASE("for any practice the baseline scales with its size, and chance alone hardly ever alarms", "[volume]") {
    int alarms = 0, missed = 0;
    constexpr int practices = 300;
    for (int practice = 0; practice < practices; ++practice) {
        SeededRandom random(static_cast<std::uint64_t>(practice) + 1);
        const std::int64_t size = random.between(2, 60);
        // Days as chance has them: a sum of even draws around the seasonal number.
        const auto draw = [&](Day day) {
            std::int64_t count = 0;
            for (std::int64_t one = 0; one < 2 * size; ++one)
                count += random.chance(static_cast<double>(seasonal(day)) / 2'600) ? 1 : 0;
            return count;
        };
        auto days = two_years(draw);
        alarms += volume_alarm(days).has_value() ? 1 : 0;
        const auto baseline = learn_baseline(days);
        auto doubled = days;
        for (BusinessDayCount& one : doubled)
            one.count *= 2;
        const auto of_doubled = learn_baseline(doubled);
        REQUIRE(baseline.has_value() == of_doubled.has_value());
        if (baseline) {
            const double ratio = of_doubled->usual(watch_last) / baseline->usual(watch_last);
            CHECK(ratio > 1.999);
            CHECK(ratio < 2.001);
        }
        if (size < 20) continue;
        for (std::size_t back = 1; back <= 8; ++back)
            days[days.size() - back].count /= 2;
        missed += volume_alarm(days).has_value() ? 0 : 1;
    }
    INFO(alarms << " of " << practices << " by chance, " << missed << " halved ones missed");
    CHECK(alarms <= practices / 100);
    CHECK(missed == 0);
}

TEST_CASE("applications of closed days go with the next business day", "[volume]") {
    const std::map<Day, std::int64_t> counts = {{100, 3}, {102, 2}, {103, 1}, {105, 9}};
    const auto days = business_day_counts(counts, {100, 101, 103});
    REQUIRE(days.size() == 3);
    CHECK(days[0].count == 3);
    CHECK(days[1].count == 0);
    CHECK(days[2].count == 3);
}

}  // namespace portal
