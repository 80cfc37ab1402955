// The periods that a period is compared with. Days of both ends are included, as everywhere.
#pragma once

#include "shared/rules/figures/fact_sums.hpp"

namespace portal {

// As many whole weeks before as hold as many days: weekdays meet weekdays.
DayRange prior_period_by_weekday(DayRange days);
// As many months before as the days touch, by date: a month up to its 22nd meets the one before up to its 22nd.
DayRange prior_period_by_date(DayRange days);
// 52 weeks before: weekdays meet weekdays, as practices have them.
DayRange prior_year_by_weekday(DayRange days);
// The same dates a year before; a date that the month lacks is its last day.
DayRange prior_year_by_date(DayRange days);

}  // namespace portal
