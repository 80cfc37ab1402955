// Integration health: curves, absent parts, closed days, silence and caps.
#include "shared/rules/health.hpp"
#include "shared/base/durations.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <functional>
#include <string>
#include <vector>

using namespace portal;

namespace {

constexpr Day today = 20'521;  // A Monday: Saturday and Sunday lie just behind.
constexpr InstantMs checked_ms = today * day_ms + 15 * 3'600'000;

CheckRollup rollup(Day day) {
    CheckRollup row;
    row.day = day;
    row.closed = weekday_of_day(day) >= 5;
    if (row.closed) return row;
    row.calls = 100;
    row.calls_succeeded = 100;
    row.ledger_rows = 50;
    row.ledger_matched = 50;
    row.latency_p95_ms = 700;
    row.last_success_ms = day * day_ms + 20 * 3'600'000;
    return row;
}

// Two weeks up to yesterday, or to today, each day changed by `change`.
std::vector<CheckRollup> weeks(const std::function<void(CheckRollup&)>& change = {}, Day last = today - 1) {
    std::vector<CheckRollup> days;
    for (Day day = today - 14; day <= last; ++day) {
        days.push_back(rollup(day));
        if (change && !days.back().closed) change(days.back());
    }
    return days;
}

HealthReport health(const std::vector<CheckRollup>& days) {
    return integration_health(days, today, checked_ms);
}

}  // namespace

TEST_CASE("a faultless integration scores 100, whatever the weekend", "[health]") {
    const HealthReport report = health(weeks());
    CHECK(report.figure.value == 100);
    CHECK(report.tone == HealthTone::good);
    CHECK(report.figure.reason == FigureReason::none);
    // No errors: that part is absent and the others carry its weight.
    CHECK_FALSE(report.parts[4].score.has_value());
    int weight = 0;
    for (const auto& part : report.parts)
        weight += part.weight_basis_points;
    CHECK(weight >= 9'999);
    CHECK(weight <= 10'001);
    CHECK(report.days.back() == HealthDay::closed);
    CHECK(report.days[4] == HealthDay::good);
    CHECK(report.last_check_day == today - 1);
}

TEST_CASE("each part follows its published curve", "[health]") {
    struct Case {
        std::string what;
        std::size_t part;
        std::function<void(CheckRollup&)> change;
        int score;
    };
    const Case cases[] = {
        {"calls at the top", 0, [](CheckRollup& day) { day.calls = 200, day.calls_succeeded = 199; }, 100},
        {"calls half way", 0, [](CheckRollup& day) { day.calls = 1'000, day.calls_succeeded = 898; }, 50},
        {"calls at the bottom", 0, [](CheckRollup& day) { day.calls_succeeded = 80; }, 0},
        {"calls below the bottom", 0, [](CheckRollup& day) { day.calls_succeeded = 5; }, 0},
        {"ledger at its bottom", 1, [](CheckRollup& day) { day.ledger_rows = 100, day.ledger_matched = 85; }, 0},
        {"ledger between", 1, [](CheckRollup& day) { day.ledger_rows = 1'000, day.ledger_matched = 966; }, 80},
        {"latency at its best", 3, [](CheckRollup& day) { day.latency_p95_ms = 800; }, 100},
        {"latency between", 3, [](CheckRollup& day) { day.latency_p95_ms = 2'400; }, 50},
        {"latency at its worst", 3, [](CheckRollup& day) { day.latency_p95_ms = 4'000; }, 0},
        {"errors, a quarter acknowledged", 4, [](CheckRollup& day) { day.errors = 8, day.errors_acknowledged = 2; },
         25},
    };
    for (const auto& test : cases) {
        INFO(test.what);
        const HealthReport report = health(weeks(test.change));
        CHECK(report.parts[test.part].score == test.score);
        CHECK(report.parts[test.part].kind == static_cast<HealthPartKind>(test.part));
    }
}

TEST_CASE("freshness forgives closed days only", "[health]") {
    // Friday's last success, seen on Monday afternoon: two closed days are not counted.
    CHECK(health(weeks()).parts[2].score == 100);
    // Without a success since Wednesday it falls.
    const auto stale = weeks([](CheckRollup& day) {
        if (day.day >= today - 4) day.last_success_ms.reset();
    });
    const HealthReport report = health(stale);
    CHECK(report.parts[2].numerator == 5 * 24 - 5 - 48);
    CHECK(report.parts[2].score.value() < 45);
}

TEST_CASE("parts under their minimum sample leave and the weights are scaled", "[health]") {
    const HealthReport report = health(weeks([](CheckRollup& day) {
        day.calls = 3, day.calls_succeeded = 1;  // 15 in the window: too few to judge.
        day.ledger_rows = 20, day.ledger_matched = 20;
    }));
    CHECK_FALSE(report.parts[0].score.has_value());
    CHECK_FALSE(report.parts[3].score.has_value());
    CHECK(report.parts[0].weight_basis_points == 0);
    CHECK(report.parts[1].weight_basis_points == 6'250);
    CHECK(report.parts[2].weight_basis_points == 3'750);
    CHECK(report.figure.value == 100);
}

TEST_CASE("no calls is no score, and never red", "[health]") {
    const HealthReport silent = health(weeks([](CheckRollup& day) {
        day = CheckRollup{};
        day.closed = false;
    }));
    CHECK_FALSE(silent.figure.value.has_value());
    CHECK(silent.figure.reason == FigureReason::no_recent_calls);
    CHECK(silent.tone == HealthTone::neutral);
    const HealthReport never = health({});
    CHECK(never.figure.reason == FigureReason::no_recent_calls);
    CHECK_FALSE(never.last_check_day.has_value());
}

TEST_CASE("caps hold the score down and name their cause", "[health]") {
    struct Case {
        std::string what;
        std::function<void(CheckRollup&)> change;
        std::int64_t score;  // Of a capped one.
        FigureReason reason;
    };
    const Case cases[] = {
        {"credentials fail on the latest day", [](CheckRollup& day) { day.credentials_valid = day.day < today; }, 40,
         FigureReason::credentials_fail},
        {"the ledger fails three open days in a row, over a weekend",
         [](CheckRollup& day) {
             if (day.day >= today - 4) day.ledger_matched = 44;
         },
         40, FigureReason::ledger_mismatch},
        {"two days are not three",
         [](CheckRollup& day) {
             if (day.day >= today - 3) day.ledger_matched = 44;
         },
         0, FigureReason::none},
        {"exactly 90% is not under 90%", [](CheckRollup& day) { day.ledger_matched = 45; }, 0, FigureReason::none},
        {"no success on the last open day that is over",
         [](CheckRollup& day) {
             if (day.day == today - 3) day.calls_succeeded = 0;
         },
         50, FigureReason::no_success_for_a_day},
        {"the present day alone does not cap",
         [](CheckRollup& day) {
             if (day.day == today) day.calls = 6, day.calls_succeeded = 0;
         },
         0, FigureReason::none},
    };
    for (const auto& test : cases) {
        INFO(test.what);
        const HealthReport report = health(weeks(test.change, today));
        CHECK(report.figure.reason == test.reason);
        if (test.reason == FigureReason::none)
            CHECK((report.figure.value == report.uncapped && report.uncapped > 60));
        else
            CHECK(report.figure.value == test.score);
        CHECK(report.uncapped >= *report.figure.value);
    }
}

TEST_CASE("the window is seven days, whatever the order of the rows", "[health]") {
    auto days = weeks([](CheckRollup& day) {
        if (day.day < today - 7) day.calls_succeeded = 0;
    });
    const HealthReport report = health(days);
    CHECK(report.figure.value == 100);
    std::reverse(days.begin(), days.end());
    CHECK(health(days).figure == report.figure);
    // Rows after today are not looked at.
    days.push_back(rollup(today + 1));
    days.back().calls_succeeded = 0;
    CHECK(health(days).figure == report.figure);
}

TEST_CASE("one day by itself", "[health]") {
    CheckRollup day = rollup(today);
    CHECK(health_of_day(day) == HealthDay::good);
    day.ledger_matched = 46;
    CHECK(health_of_day(day) == HealthDay::warn);
    day.calls_succeeded = 70;
    CHECK(health_of_day(day) == HealthDay::bad);
    day.closed = true;
    CHECK(health_of_day(day) == HealthDay::closed);
    day = CheckRollup{};
    CHECK(health_of_day(day) == HealthDay::no_data);
    day.credentials_valid = false;
    CHECK(health_of_day(day) == HealthDay::bad);
}
