// Opening days of the demo's calendars and what the generator needs of local time. Internal to shared/tenant: the
// product's own business time (rules) reads the Calendar rows that calendar_row() makes.
#pragma once

#include <string>

#include "shared/model/records.hpp"
#include "shared/tenant/names.hpp"

namespace portal::tenant {

enum class OfficeHours : std::uint8_t { weekdays, weekdays_and_saturday, long_days, every_day };
inline constexpr std::size_t office_hours_count = 4;

bool is_holiday(Day day);
bool is_open(OfficeHours hours, Day day);
// The `count`-th open day before `day` (1: the last one before it).
Day open_day_before(OfficeHours hours, Day day, int count);
// `day` itself when open, otherwise the next open one.
Day open_day_from(OfficeHours hours, Day day);
std::int64_t open_days_in_month(OfficeHours hours, MonthIndex month);

// Milliseconds UTC of a local time of day, with the United States' summer time.
InstantMs local_instant(Zone zone, Day day, int minute_of_day);

// Hours and the holidays of the years from `first` to `last`.
Calendar calendar_row(OfficeHours hours, Day first, Day last);

}  // namespace portal::tenant
