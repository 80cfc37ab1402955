// The promise of a ticket: when it is due, by priority, in the location's business hours.
#pragma once

#include <optional>

#include "shared/model/records.hpp"
#include "shared/rules/business_time.hpp"

namespace portal {

// Open time until resolution: urgent 4 h, high 8 h, normal 24 h, low 72 h.
DurationMs resolution_target_ms(TicketPriority priority);

// Nothing when the calendar or the zone is unknown or malformed.
std::optional<WorkingHours> working_hours_of(const Location& location, const Calendar& calendar);

// `duration_ms` of open time after an instant; plain time when no working hours are known.
InstantMs after_open_time(const std::optional<WorkingHours>& hours, InstantMs from_ms, DurationMs duration_ms);
DurationMs open_time_between(const std::optional<WorkingHours>& hours, InstantMs from_ms, InstantMs until_ms);

InstantMs due_of(TicketPriority priority, InstantMs created_ms, const std::optional<WorkingHours>& hours);

}  // namespace portal
