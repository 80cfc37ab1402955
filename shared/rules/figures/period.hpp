// The periods that a period is compared with. Days of both ends are included, as everywhere.
#pragma once

#include <vector>

#include "shared/rules/figures/fact_sums.hpp"

namespace portal {

// As many whole weeks before as hold as many days: weekdays meet weekdays.
DayRange prior_period_by_weekday(DayRange days);
// What has elapsed of the month that a period ends in, or of the period where that is shorter.
DayRange elapsed_of_last_month(DayRange days);
// The same of the former period, whose month counts as a whole.
DayRange last_month_of_former(DayRange former);
// `former` up to the day on which as many business days had elapsed as have now: `elapsed` are those of
// elapsed_of_last_month(now), `former_month` those of last_month_of_former(former). Days without business that end
// `now` find theirs; a month with fewer business days is whole.
DayRange equal_elapsed(DayRange now, DayRange former, const std::vector<Day>& elapsed,
                       const std::vector<Day>& former_month);

// As many months before as the days touch, by date: a month up to its 22nd meets the one before up to its 22nd.
DayRange prior_period_by_date(DayRange days);
// 52 weeks before: weekdays meet weekdays, as practices have them.
DayRange prior_year_by_weekday(DayRange days);
// The same dates a year before; a date that the month lacks is its last day.
DayRange prior_year_by_date(DayRange days);

}  // namespace portal
