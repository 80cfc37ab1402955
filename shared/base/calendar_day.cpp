#include "shared/base/calendar_day.hpp"

#include <chrono>
#include <cstdio>

namespace portal {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

bool parse_digits(std::string_view text, int& value) {
    value = 0;
    for (const char digit : text) {
        if (digit < '0' || digit > '9') return false;
        value = value * 10 + (digit - '0');
    }
    return !text.empty();
}

year_month_day ymd_of(Day day) {
    return year_month_day{sys_days{std::chrono::days{day}}};
}

}  // namespace

CivilDate civil_from_day(Day day) {
    const year_month_day date = ymd_of(day);
    return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
            static_cast<int>(static_cast<unsigned>(date.day()))};
}

Day day_from_civil(CivilDate date) {
    const year_month_day ymd{std::chrono::year{date.year}, std::chrono::month{static_cast<unsigned>(date.month)},
                             std::chrono::day{static_cast<unsigned>(date.day)}};
    return static_cast<Day>(sys_days{ymd}.time_since_epoch().count());
}

MonthIndex month_of_day(Day day) {
    const CivilDate date = civil_from_day(day);
    return date.year * 12 + date.month - 1;
}

Day first_day_of_month(MonthIndex month) {
    return day_from_civil({month / 12, month % 12 + 1, 1});
}

int days_in_month(MonthIndex month) {
    return first_day_of_month(month + 1) - first_day_of_month(month);
}

int weekday_of_day(Day day) {
    // 1970-01-01 was a Thursday.
    return static_cast<int>((static_cast<std::int64_t>(day) + 3) % 7 + 7) % 7;
}

Result<Day> parse_iso_day(std::string_view text) {
    int year = 0, month = 0, day = 0;
    const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-' &&
                        parse_digits(text.substr(0, 4), year) && parse_digits(text.substr(5, 2), month) &&
                        parse_digits(text.substr(8, 2), day);
    const year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                              std::chrono::day{static_cast<unsigned>(day)}};
    if (!shaped || !date.ok())
        return fail(ErrorCode::invalid_argument, "\"" + std::string(text) + "\" is not a date like 2026-03-04");
    return day_from_civil({year, month, day});
}

std::string iso_day(Day day) {
    const CivilDate date = civil_from_day(day);
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", date.year, date.month, date.day);
    return text;
}

Result<MonthIndex> parse_iso_month(std::string_view text) {
    int year = 0, month = 0;
    const bool shaped = text.size() == 7 && text[4] == '-' && parse_digits(text.substr(0, 4), year) &&
                        parse_digits(text.substr(5, 2), month) && month >= 1 && month <= 12;
    if (!shaped) return fail(ErrorCode::invalid_argument, "\"" + std::string(text) + "\" is not a month like 2026-03");
    return year * 12 + month - 1;
}

std::string iso_month(MonthIndex month) {
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02d", month / 12, month % 12 + 1);
    return text;
}

}  // namespace portal
