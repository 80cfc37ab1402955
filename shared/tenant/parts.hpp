// What happens in the tenant, one part each. Internal to shared/tenant.
#pragma once

#include "shared/tenant/blueprint.hpp"

namespace portal::tenant {

// How much financing a place sees on a day, relative to its weight: season, growth and the plots. 0 when closed.
double traffic(const Blueprint& blueprint, const LocationPlan& location, Day day);

// Applications of weight 1 and traffic 1, so that the whole tenant reaches its number.
struct TrafficScale {
    double applications = 0;
    double existing_sales = 0;
};
TrafficScale traffic_scale(const Blueprint& blueprint);

// Facts of one location, then its deposits.
void tell_financing(const Blueprint& blueprint, const TrafficScale& scale, std::size_t location, TenantSink& sink);
void tell_targets(const Blueprint& blueprint, const TrafficScale& scale, TenantSink& sink);
void tell_checks(const Blueprint& blueprint, TenantSink& sink);
void tell_incidents(const Blueprint& blueprint, TenantSink& sink);
// Tickets first, then their messages and notices.
void tell_tickets(const Blueprint& blueprint, TenantSink& sink);

// Action items of both account managers; after the tickets, which they may name.
void tell_actions(const Blueprint& blueprint, TenantSink& sink);

// Id of the ticket in which the owner asks about March.
Id owner_ticket(const DemoOptions& options);
// Id of the ticket that story 8 edits.
Id clash_ticket(const DemoOptions& options);

}  // namespace portal::tenant
