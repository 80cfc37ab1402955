// Business dates: days since 1970-01-01 in the location's own time zone, and months as year * 12 + month - 1.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace portal {

using Day = std::int32_t;
using MonthIndex = std::int32_t;

struct CivilDate {
    int year = 1970;
    int month = 1;  // 1-12
    int day = 1;    // 1-31
};

CivilDate civil_from_day(Day day);
Day day_from_civil(CivilDate date);
MonthIndex month_of_day(Day day);
Day first_day_of_month(MonthIndex month);
int days_in_month(MonthIndex month);
// 0 is Monday, 6 is Sunday.
int weekday_of_day(Day day);
// "2026-03-04", strictly.
Result<Day> parse_iso_day(std::string_view text);
std::string iso_day(Day day);
// "2026-03", strictly.
Result<MonthIndex> parse_iso_month(std::string_view text);
std::string iso_month(MonthIndex month);

}  // namespace portal
