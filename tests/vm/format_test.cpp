#include "app/vm/format.hpp"

#include <catch2/catch_test_macros.hpp>

namespace portal::vm {
namespace {

constexpr InstantMs noon_march_4_2026_ms = 1'772'625'600'000;  // 2026-03-04T12:00:00Z

const Format english(Language::english, noon_march_4_2026_ms);
const Format spanish(Language::spanish, noon_march_4_2026_ms);

TEST_CASE("money is exact in tables") {
    CHECK(english.money_exact(4'123'850) == "$41,238.50");
    CHECK(english.money_exact(-1'200) == "-$12.00");
    CHECK(english.money_exact(5) == "$0.05");
    CHECK(spanish.money_exact(4'123'850) == "$41.238,50");
    CHECK(english.money_exact(INT64_MIN) == "-$92,233,720,368,547,758.08");
}

TEST_CASE("money is short in figures and never shows a thousand of a unit") {
    CHECK(english.money_short(4'123'850) == "$41.2K");
    CHECK(english.money_short(124'000'000) == "$1.24M");
    CHECK(english.money_short(20'700'000'000) == "$207.0M");
    CHECK(english.money_short(99'900) == "$999");
    CHECK(english.money_short(99'994'900) == "$999.9K");
    CHECK(english.money_short(99'995'000) == "$1.00M");
    CHECK(english.money_short(-4'123'850) == "-$41.2K");
    CHECK(spanish.money_short(4'123'850) == "$41,2K");
}

TEST_CASE("rates carry one decimal and changes a sign") {
    CHECK(english.percent(6'180) == "61.8%");
    CHECK(english.percent(-5) == "-0.1%");
    CHECK(english.signed_percent(1'240) == "+12.4%");
    CHECK(english.signed_percent(0) == "0.0%");
    CHECK(spanish.percent(6'180) == "61,8%");
}

TEST_CASE("days and times follow the language") {
    const Day day = *parse_iso_day("2026-03-04");
    CHECK(english.day(day) == "Mar 4, 2026");
    CHECK(spanish.day(day) == "4 mar 2026");
    CHECK(english.month(month_of_day(day)) == "March 2026");
    CHECK(spanish.month(month_of_day(day)) == "marzo de 2026");
    CHECK(english.weekday_short(day) == "Wed");
    CHECK(english.time(noon_march_4_2026_ms) == "12:00 PM");
    CHECK(english.time(noon_march_4_2026_ms - 12 * 3'600'000) == "12:00 AM");
    CHECK(spanish.time(noon_march_4_2026_ms + 150 * 60'000) == "14:30");
}

TEST_CASE("the zone's offset moves times and days") {
    const Format pacific(Language::english, noon_march_4_2026_ms, [](InstantMs) { return -8 * 60; });
    CHECK(pacific.time(noon_march_4_2026_ms) == "4:00 AM");
    CHECK(pacific.local_day(noon_march_4_2026_ms - 6 * 3'600'000) == *parse_iso_day("2026-03-03"));
}

TEST_CASE("instants are relative under a day") {
    struct Case {
        DurationMs age_ms;
        const char* text;
    };
    const Case cases[] = {
        {5'000, "just now"},         {12 * 60'000, "12 min ago"}, {3 * 3'600'000, "3 h ago"},
        {-30 * 60'000, "in 30 min"}, {-5 * 3'600'000, "in 5 h"},  {48 * 3'600'000LL, "Mar 2, 2026"},
    };
    for (const Case& one : cases)
        CHECK(english.relative(noon_march_4_2026_ms - one.age_ms) == one.text);
}

TEST_CASE("a promise says by when, or since when it is overdue") {
    CHECK(english.promise(noon_march_4_2026_ms + 150 * 60'000) == "by 2:30 PM");
    CHECK(english.promise(noon_march_4_2026_ms + 26 * 3'600'000LL) == "by Mar 5, 2:00 PM");
    CHECK(english.promise(noon_march_4_2026_ms - 60 * 60'000) == "overdue since today 11:00 AM");
}

TEST_CASE("a figure without a value shows a dash and its reason") {
    Figure figure;
    figure.unit = FigureUnit::basis_points;
    figure.reason = FigureReason::too_few_cases;
    figure.numerator = 3;
    figure.denominator = 7;
    CHECK(english.figure(figure) == "-");
    CHECK(english.figure_note(figure) == "Too few cases for a rate: 3 of 7");
    figure.value = 4'286;
    CHECK(english.figure(figure) == "42.9%");
}

TEST_CASE("what a rate of money is of is told as money") {
    Figure figure;
    figure.id = FigureId::effective_fee_rate;
    figure.unit = FigureUnit::basis_points;
    figure.reason = FigureReason::too_few_cases;
    figure.numerator = 1'234'567;
    figure.denominator = 16'676'387;
    CHECK(english.figure_note(figure) == "Too few cases for a rate: $12.3K of $166.8K");
    const Format spanish(Language::spanish, 0);
    CHECK(spanish.figure_note(figure) == "Muy pocos casos para una tasa: " + spanish.money_short(1'234'567) + " de " +
                                             spanish.money_short(16'676'387));
    figure.id = FigureId::approval_rate;
    CHECK(english.figure_note(figure) == "Too few cases for a rate: 1,234,567 of 16,676,387");
}

TEST_CASE("a phrase takes its arguments and chooses the count's form") {
    CHECK(say(Language::english, Word::pill_pending, {"1"}) == "1 edit waiting");
    CHECK(say(Language::english, Word::pill_pending, {"3"}) == "3 edits waiting");
    CHECK(say(Language::spanish, Word::pill_pending, {"3"}) == "3 cambios en espera");
}

}  // namespace
TEST_CASE("a stopwatch tells hours when there are any, and files are named by day and time", "[format]") {
    const Format format(Language::spanish, 0, [](InstantMs) { return -300; });
    CHECK(format.stopwatch(0) == "0:00");
    CHECK(format.stopwatch(67'999) == "1:07");
    CHECK(format.stopwatch(3'723'000) == "1:02:03");
    // Five hours behind: the day before.
    CHECK(format.file_stamp(1'767'225'600'000 + 4 * 3'600'000 + 59 * 60'000) == "2025-12-31-2359");
    CHECK(format.file_stamp(1'767'225'600'000 + 5 * 3'600'000) == "2026-01-01-0000");
}

}  // namespace portal::vm
