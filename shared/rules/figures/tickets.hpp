// The figures of tickets. They look at the members of Ticket that every replica holds.
//
// First response counts business minutes when the caller gives a measure (rules/business_time with the location's
// calendar); waiting tickets are censored, automatic replies never set first_response_ms.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "shared/model/figure.hpp"
#include "shared/model/records.hpp"

namespace portal::figures {

// By their places: a manager's tickets are tens of thousands, and asked after every change.
using Tickets = std::span<const Ticket* const>;

// Tickets that are neither resolved nor closed, now. Version 1.
Figure open_tickets(Tickets tickets, InstantMs as_of_ms);

// Business minutes from `from` to `to` at the ticket's location.
using BusinessMinutes = std::function<std::int64_t(const Ticket& ticket, InstantMs from_ms, InstantMs to_ms)>;
// Plain minutes round the clock.
std::int64_t elapsed_minutes(const Ticket& ticket, InstantMs from_ms, InstantMs to_ms);

// Median business minutes to the first human public reply, of tickets created in [from_ms, until_ms). Tickets still
// waiting are censored (Kaplan-Meier estimate of the median); `immature` counts them; no value when fewer than half
// have been answered. Version 1.
Figure first_response(Tickets tickets, InstantMs from_ms, InstantMs until_ms, InstantMs as_of_ms,
                      const BusinessMinutes& minutes = elapsed_minutes);

// Met / (met + breached), cohort by due date in [from_ms, until_ms): met when resolved by its due time; open past due
// counts as breached; not yet due and open is out. A reopened case is one ticket and so counts once. Version 1.
Figure sla_attainment(Tickets tickets, InstantMs from_ms, InstantMs until_ms, InstantMs as_of_ms);

}  // namespace portal::figures
