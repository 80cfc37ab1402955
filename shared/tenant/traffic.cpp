// How much financing happens where and when: seasons, growth, and what the plots do to volume.
#include <array>

#include "shared/tenant/parts.hpp"

namespace portal::tenant {
namespace {

constexpr double full_applications = 150'000, full_existing_sales = 115'000, small_share = 1.0 / 20;

// Per cent of an ordinary month, January first.
constexpr std::array<std::array<int, 12>, 5> seasons = {{
    {106, 101, 104, 100, 98, 103, 97, 101, 96, 99, 97, 98},   // dental
    {92, 94, 98, 102, 107, 110, 109, 106, 101, 96, 92, 93},   // veterinary
    {103, 100, 102, 100, 99, 99, 97, 98, 100, 101, 99, 102},  // medical
    {98, 94, 97, 98, 97, 100, 104, 113, 103, 97, 96, 103},    // vision
    {112, 109, 107, 103, 100, 93, 90, 91, 96, 101, 101, 97},  // cosmetic
}};

// Mondays are busy, Fridays short.
constexpr std::array<int, 7> weekdays = {112, 106, 102, 101, 88, 52, 40};

double plot_factor(const Blueprint& blueprint, const LocationPlan& location, Day day) {
    const PracticePlan& practice = blueprint.practices[location.practice];
    const MonthIndex month = month_of_day(day);
    switch (practice.plot) {
        case Plot::ledger_breaks:
            return day >= ledger_break_day(blueprint) ? 0.62 : 1.0;
        case Plot::ledger_recovered:
            return recovered_break(blueprint).contains(day) ? 0.62 : 1.04;
        case Plot::early_go_live:
            return day >= open_day_before(OfficeHours::weekdays, blueprint.options.today, 12) ? 1.28 : 1.0;
        case Plot::mix_shift:
            return month >= blueprint.this_month - mix_shift_months_ago ? 1.12 : 1.0;
        case Plot::seasonal_dip: {
            // The pass closes at the same time each year: this month and the one before.
            const MonthIndex ago = (blueprint.this_month - month) % 12;
            return ago <= 1 ? 0.55 : 1.09;
        }
        case Plot::low_march: {
            if (month != low_march(blueprint)) return 1.0;
            // The second location's only surgeon was away.
            const bool second =
                practice.locations[1] == static_cast<std::size_t>(&location - blueprint.locations.data());
            return second ? 0.10 : 0.92;
        }
        case Plot::young: {
            // Grows into its place.
            const double months = static_cast<double>(day - practice.row.enrolled_on) / 30.0;
            return months < 6 ? 0.4 + 0.1 * months : 1.0;
        }
        default:
            return 1.0;
    }
}

double weighted_days(const Blueprint& blueprint) {
    double sum = 0;
    for (const auto& location : blueprint.locations)
        for (Day day = blueprint.first_day; day <= blueprint.last_day; ++day)
            sum += location.weight * traffic(blueprint, location, day);
    return sum;
}

}  // namespace

double traffic(const Blueprint& blueprint, const LocationPlan& location, Day day) {
    const PracticePlan& practice = blueprint.practices[location.practice];
    if (location.silent || day < practice.row.enrolled_on || !is_open(location.hours, day)) return 0;
    const CivilDate date = civil_from_day(day);
    const double season =
        seasons[static_cast<std::size_t>(practice.row.specialty)][static_cast<std::size_t>(date.month - 1)];
    const double weekday = weekdays[static_cast<std::size_t>(weekday_of_day(day))];
    const double growth = 0.94 + 0.12 * static_cast<double>(day - blueprint.first_day) / 760.0;
    return season / 100.0 * weekday / 100.0 * growth * plot_factor(blueprint, location, day);
}

TrafficScale traffic_scale(const Blueprint& blueprint) {
    const double share = blueprint.options.scale == Scale::full ? 1.0 : small_share;
    const double days = weighted_days(blueprint);
    return {full_applications * share / days, full_existing_sales * share / days};
}

}  // namespace portal::tenant
