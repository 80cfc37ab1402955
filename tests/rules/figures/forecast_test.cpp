// The month's forecast: its value and range by hand, every reason for none, and what it is learned from.
#include "shared/rules/figures/forecast.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace portal;
using figures::MonthCourse;

namespace {

constexpr Day forecast_closed = 20'515;
constexpr figures::Freshness forecast_fresh{1'700'000'000'000, forecast_closed};

// Ten business days; `per_cent` of the month is there after the fifth, the rest on the last day.
MonthCourse course_with(std::int64_t net_cents, std::int64_t per_cent) {
    MonthCourse course;
    course.net_cents = net_cents;
    for (int day = 1; day <= 10; ++day)
        course.net_until_cents.push_back(day < 5 ? 0 : day < 10 ? net_cents * per_cent / 100 : net_cents);
    return course;
}

std::vector<MonthCourse> courses(std::size_t count, std::int64_t net_cents, std::int64_t per_cent) {
    return std::vector<MonthCourse>(count, course_with(net_cents, per_cent));
}

figures::MonthForecast forecast_of(std::int64_t net_cents, const std::vector<MonthCourse>& own,
                                   const std::vector<MonthCourse>& cohort = {}, std::int64_t elapsed = 5) {
    return figures::month_forecast({net_cents, {elapsed, 10}, figures::MonthEnd::ahead}, own, cohort, forecast_fresh);
}

}  // namespace

TEST_CASE("a forecast is the net so far over the share that is usually there", "[figures]") {
    const auto forecast = forecast_of(30'000, courses(24, 100'000, 40));
    CHECK(forecast.figure.id == FigureId::month_forecast);
    CHECK(forecast.figure.unit == FigureUnit::cents);
    CHECK(forecast.figure.numerator == 30'000);
    CHECK(forecast.figure.denominator == 4'000);
    CHECK(forecast.figure.value == 75'000);
    CHECK(forecast.figure.low == 75'000);
    CHECK(forecast.figure.high == 75'000);
    CHECK(forecast.figure.reason == FigureReason::none);
    CHECK(forecast.figure.closed_until == forecast_closed);
    CHECK(forecast.own_months == 24);
    CHECK(forecast.cohort_months == 0);
}

TEST_CASE("the range is what the months would have been misjudged by, from P10 to P90", "[figures]") {
    // Shares of 31% to 69%, with money pooled 50%: the month with 31% came to 50/31 of what half of it would say.
    std::vector<MonthCourse> own;
    for (std::int64_t per_cent = 31; per_cent <= 69; per_cent += 2)
        own.push_back(course_with(100'000, per_cent));
    for (const std::int64_t per_cent : {49, 50, 50, 51})
        own.push_back(course_with(100'000, per_cent));
    REQUIRE(own.size() == 24);
    const auto forecast = forecast_of(100'000, own);
    CHECK(forecast.figure.value == 200'000);
    // Of 24 the 2.5th and the 22.5th: half way between 67% and 65%, and between 35% and 33%.
    REQUIRE(forecast.figure.low.has_value());
    CHECK(*forecast.figure.low == 151'550);
    CHECK(*forecast.figure.high == 294'372);
}

TEST_CASE("a forecast between two business days goes along the straight line between them", "[figures]") {
    const auto own = courses(24, 100'000, 40);
    // The fourth of eight days is the fifth of ten; the third of eight is 3.75 of ten, where there is nothing yet.
    CHECK(figures::month_forecast({40'000, {4, 8}, figures::MonthEnd::ahead}, own, {}, forecast_fresh).figure.value ==
          100'000);
    CHECK(figures::month_forecast({40'000, {3, 8}, figures::MonthEnd::ahead}, own, {}, forecast_fresh).figure.reason ==
          FigureReason::too_short_history);
    // The ninth of twenty is 4.5 of ten: half of 40%.
    CHECK(figures::month_forecast({40'000, {9, 20}, figures::MonthEnd::ahead}, own, {}, forecast_fresh).figure.value ==
          200'000);
}

TEST_CASE("when there is no forecast its figure says why", "[figures]") {
    struct Case {
        std::string what;
        std::int64_t net, elapsed;
        std::size_t own, cohort;
        FigureReason reason;
    };
    for (const Case& one : std::vector<Case>{
             {"two business days", 30'000, 2, 24, 24, FigureReason::too_early},
             {"none at all", 0, 0, 24, 24, FigureReason::too_early},
             {"two months of its own, whatever others have", 30'000, 5, 2, 48, FigureReason::too_short_history},
             {"eleven months and nobody else", 30'000, 5, 11, 0, FigureReason::too_short_history},
             {"a negative net is not divided", -1, 5, 24, 0, FigureReason::nothing_net_yet},
             {"nor is nothing", 0, 5, 24, 0, FigureReason::nothing_net_yet},
             {"the third business day is enough, for months that had something", 30'000, 3, 24, 0,
              FigureReason::too_short_history},
         }) {
        INFO(one.what);
        const auto forecast =
            forecast_of(one.net, courses(one.own, 100'000, 40), courses(one.cohort, 100'000, 40), one.elapsed);
        CHECK(forecast.figure.reason == one.reason);
        CHECK_FALSE(forecast.figure.value.has_value());
        CHECK_FALSE(forecast.figure.low.has_value());
        CHECK_FALSE(forecast.figure.high.has_value());
        CHECK(forecast.figure.numerator == one.net);
    }
}

TEST_CASE("short histories are said, and lean on the cohort", "[figures]") {
    struct Case {
        std::size_t own, cohort;
        std::int64_t value;
        FigureReason reason;
    };
    // Its own share is 40%, the cohort's 60%: 12 own months weigh twice the cohort's six.
    for (const Case& one : std::vector<Case>{
             {24, 0, 100'000, FigureReason::none},
             {24, 48, 90'909, FigureReason::none},  // (24 x 40 + 6 x 60) / 30 = 44%
             {23, 0, 100'000, FigureReason::short_history},
             {12, 48, 85'714, FigureReason::short_history},  // (12 x 40 + 6 x 60) / 18 = 46.67%
             {11, 48, 66'667, FigureReason::cohort_alone},
             {3, 1, 66'667, FigureReason::cohort_alone},
         }) {
        INFO(one.own << " own months, " << one.cohort << " of others");
        const auto forecast = forecast_of(40'000, courses(one.own, 100'000, 40), courses(one.cohort, 500'000, 60));
        CHECK(forecast.figure.value == one.value);
        CHECK(forecast.figure.reason == one.reason);
        CHECK(forecast.figure.low <= forecast.figure.value);
        CHECK(forecast.figure.high >= forecast.figure.value);
        CHECK(forecast.own_months == static_cast<std::int64_t>(one.own));
        CHECK(forecast.cohort_months == static_cast<std::int64_t>(one.cohort));
    }
}

TEST_CASE("months without a positive net teach nothing, and large ones say more", "[figures]") {
    auto own = courses(24, 100'000, 40);
    own[0] = course_with(-50'000, 40);
    own[1] = course_with(0, 0);
    own[2] = MonthCourse{100'000, {}};  // A month without a business day.
    CHECK(forecast_of(40'000, own).own_months == 21);
    CHECK(forecast_of(40'000, own).figure.value == 100'000);
    // Twelve small months of 20% and twelve of nine times the money with 60%: (20 + 9 x 60) / 10.
    auto mixed = courses(12, 100'000, 20);
    const auto large = courses(12, 900'000, 60);
    mixed.insert(mixed.end(), large.begin(), large.end());
    CHECK(forecast_of(56'000, mixed).figure.denominator == 5'600);
    CHECK(forecast_of(56'000, mixed).figure.value == 100'000);
}

TEST_CASE("a month that is reported to its end is what it came to", "[figures]") {
    for (const std::int64_t net : {std::int64_t{123'456}, std::int64_t{0}, std::int64_t{-700}}) {
        const auto forecast =
            figures::month_forecast({net, {9, 10}, figures::MonthEnd::reported}, {}, {}, forecast_fresh);
        CHECK(forecast.figure.value == net);
        CHECK(forecast.figure.low == net);
        CHECK(forecast.figure.high == net);
        CHECK(forecast.figure.reason == FigureReason::none);
    }
}

TEST_CASE("a month that was misjudged beyond measure stays in bounds", "[figures]") {
    std::vector<MonthCourse> own(24, course_with(1'000'000'000'000, 50));
    own[0].net_until_cents.assign(10, 1);
    own[1].net_until_cents.assign(10, -5);
    const auto forecast = forecast_of(1'000'000'000'000, own);
    REQUIRE(forecast.figure.value.has_value());
    CHECK(*forecast.figure.value > 2'000'000'000'000);
    CHECK(*forecast.figure.high >= *forecast.figure.value);
}

TEST_CASE("a month's course counts what was posted on closed days with the next business day", "[figures]") {
    const std::map<Day, std::int64_t> net = {{99, 5}, {100, 10}, {102, 20}, {103, -4}, {110, 1}};
    const auto course = figures::month_course(net, {100, 101, 103});
    CHECK(course.net_until_cents == std::vector<std::int64_t>{15, 15, 31});
    CHECK(course.net_cents == 32);
    CHECK(figures::month_course({}, {1, 2}).net_until_cents == std::vector<std::int64_t>{0, 0});
}
