#include "shared/tenant/office_days.hpp"

#include <array>

#include "shared/base/durations.hpp"

namespace portal::tenant {
namespace {

// The `nth` given weekday (0 Monday) of a month; nth 5 means the last one.
Day nth_weekday(int year, int month, int weekday, int nth) {
    const Day first = day_from_civil({year, month, 1});
    Day day = first + (weekday - weekday_of_day(first) + 7) % 7 + 7 * (nth - 1);
    if (nth == 5 && month_of_day(day) != month_of_day(first)) day -= 7;
    return day;
}

// From the second Sunday of March to the first Sunday of November; the hour of the change is nobody's business hour.
bool is_summer_time(Day day) {
    const int year = civil_from_day(day).year;
    return day >= nth_weekday(year, 3, 6, 2) && day < nth_weekday(year, 11, 6, 1);
}

std::string_view hours_text(OfficeHours hours) {
    switch (hours) {
        case OfficeHours::weekdays:
            return "08:00-12:00,13:00-17:00|08:00-12:00,13:00-17:00|08:00-12:00,13:00-17:00|08:00-12:00,13:00-17:00|"
                   "08:00-12:00,13:00-17:00||";
        case OfficeHours::weekdays_and_saturday:
            return "08:00-18:00|08:00-18:00|08:00-18:00|08:00-18:00|08:00-18:00|09:00-13:00|";
        case OfficeHours::long_days:
            return "07:00-17:30|07:00-17:30|07:00-17:30|07:00-17:30|||";
        case OfficeHours::every_day:
            return "07:00-22:00|07:00-22:00|07:00-22:00|07:00-22:00|07:00-22:00|08:00-20:00|08:00-20:00";
    }
    return "";
}

std::string_view hours_name(OfficeHours hours) {
    constexpr std::array<std::string_view, office_hours_count> names = {
        "Weekdays with a lunch break", "Weekdays and Saturday morning", "Four long days", "Every day"};
    return names[static_cast<std::size_t>(hours)];
}

}  // namespace

bool is_holiday(Day day) {
    const CivilDate date = civil_from_day(day);
    if (date.month == 1 && date.day == 1) return true;
    if (date.month == 7 && date.day == 4) return true;
    if (date.month == 12 && (date.day == 25 || date.day == 24)) return true;
    const Day thanksgiving = nth_weekday(date.year, 11, 3, 4);
    return day == nth_weekday(date.year, 5, 0, 5) || day == nth_weekday(date.year, 9, 0, 1) || day == thanksgiving ||
           day == thanksgiving + 1;
}

bool is_open(OfficeHours hours, Day day) {
    const int weekday = weekday_of_day(day);
    switch (hours) {
        case OfficeHours::weekdays:
            return weekday < 5 && !is_holiday(day);
        case OfficeHours::weekdays_and_saturday:
            return weekday < 6 && !is_holiday(day);
        case OfficeHours::long_days:
            return weekday < 4 && !is_holiday(day);
        case OfficeHours::every_day:
            return !is_holiday(day);
    }
    return false;
}

Day open_day_before(OfficeHours hours, Day day, int count) {
    while (count > 0)
        if (is_open(hours, --day)) --count;
    return day;
}

Day open_day_from(OfficeHours hours, Day day) {
    while (!is_open(hours, day))
        ++day;
    return day;
}

std::int64_t open_days_in_month(OfficeHours hours, MonthIndex month) {
    std::int64_t count = 0;
    for (Day day = first_day_of_month(month); day < first_day_of_month(month + 1); ++day)
        count += is_open(hours, day) ? 1 : 0;
    return count;
}

InstantMs local_instant(Zone zone, Day day, int minute_of_day) {
    constexpr std::array<int, zone_count> winter_hours_behind = {5, 6, 7, 8};
    const int behind = winter_hours_behind[static_cast<std::size_t>(zone)] - (is_summer_time(day) ? 1 : 0);
    return day * day_ms + (minute_of_day + behind * 60) * minute_ms;
}

Calendar calendar_row(OfficeHours hours, Day first, Day last) {
    Calendar calendar;
    calendar.name = hours_name(hours);
    calendar.hours = hours_text(hours);
    const int last_year = civil_from_day(last).year;
    for (Day day = day_from_civil({civil_from_day(first).year, 1, 1}); civil_from_day(day).year <= last_year; ++day) {
        if (!is_holiday(day)) continue;
        if (!calendar.holidays.empty()) calendar.holidays += ',';
        calendar.holidays += iso_day(day);
    }
    return calendar;
}

}  // namespace portal::tenant
