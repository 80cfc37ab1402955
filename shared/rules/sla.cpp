#include "shared/rules/sla.hpp"

#include "shared/base/durations.hpp"

namespace portal {

DurationMs resolution_target_ms(TicketPriority priority) {
    switch (priority) {
        case TicketPriority::urgent:
            return 4 * hour_ms;
        case TicketPriority::high:
            return 8 * hour_ms;
        case TicketPriority::normal:
            return 24 * hour_ms;
        case TicketPriority::low:
            return 72 * hour_ms;
    }
    return 24 * hour_ms;
}

std::optional<WorkingHours> working_hours_of(const Location& location, const Calendar& calendar) {
    auto parsed = BusinessCalendar::parse(calendar.hours, calendar.holidays);
    const auto zone = TimeZone::find(location.time_zone);
    if (!parsed || !zone) return std::nullopt;
    return WorkingHours{std::move(*parsed), *zone};
}

InstantMs after_open_time(const std::optional<WorkingHours>& hours, InstantMs from_ms, DurationMs duration_ms) {
    // A calendar that never opens again still leaves a promise, in plain time.
    return hours ? add_business_time(*hours, from_ms, duration_ms).value_or(from_ms + duration_ms)
                 : from_ms + duration_ms;
}

DurationMs open_time_between(const std::optional<WorkingHours>& hours, InstantMs from_ms, InstantMs until_ms) {
    return hours ? business_time_between(*hours, from_ms, until_ms) : until_ms - from_ms;
}

InstantMs due_of(TicketPriority priority, InstantMs created_ms, const std::optional<WorkingHours>& hours) {
    return after_open_time(hours, created_ms, resolution_target_ms(priority));
}

}  // namespace portal
