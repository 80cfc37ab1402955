#include "shared/rules/figures/period.hpp"

#include <algorithm>

namespace portal {
namespace {

constexpr Day days_of_a_week = 7;
constexpr MonthIndex months_of_a_year = 12;

Day months_before(Day day, MonthIndex months) {
    const MonthIndex month = month_of_day(day) - months;
    const Day offset = day - first_day_of_month(month_of_day(day));
    return first_day_of_month(month) + std::min(offset, static_cast<Day>(days_in_month(month)) - 1);
}

DayRange months_before(DayRange days, MonthIndex months) {
    return {months_before(days.first, months), months_before(days.last, months)};
}

DayRange weeks_before(DayRange days, Day weeks) {
    return {days.first - weeks * days_of_a_week, days.last - weeks * days_of_a_week};
}

}  // namespace

DayRange elapsed_of_last_month(DayRange days) {
    return {std::max(days.first, first_day_of_month(month_of_day(days.last))), days.last};
}

DayRange last_month_of_former(DayRange former) {
    const MonthIndex month = month_of_day(former.last);
    return {std::max(former.first, first_day_of_month(month)), first_day_of_month(month + 1) - 1};
}

DayRange equal_elapsed(DayRange now, DayRange former, const std::vector<Day>& elapsed,
                       const std::vector<Day>& former_month) {
    const DayRange month = last_month_of_former(former);
    if (elapsed.size() >= former_month.size()) return {former.first, month.last};
    const bool ends_with_business = !elapsed.empty() && elapsed.back() == now.last;
    const Day last = ends_with_business ? former_month[elapsed.size() - 1] : former_month[elapsed.size()] - 1;
    return {former.first, std::max(last, month.first)};
}

DayRange prior_period_by_weekday(DayRange days) {
    return weeks_before(days, (days.last - days.first) / days_of_a_week + 1);
}

DayRange prior_period_by_date(DayRange days) {
    return months_before(days, month_of_day(days.last) - month_of_day(days.first) + 1);
}

DayRange prior_year_by_weekday(DayRange days) {
    constexpr Day weeks_of_a_year = 52;
    return weeks_before(days, weeks_of_a_year);
}

DayRange prior_year_by_date(DayRange days) {
    return months_before(days, months_of_a_year);
}

}  // namespace portal
