// The steps of make_blueprint(), each in its own file. Internal to shared/tenant.
#pragma once

#include "shared/tenant/blueprint.hpp"

namespace portal::tenant {

void make_reference(Blueprint& blueprint);     // Vendors, promotional plans, calendars.
void make_people(Blueprint& blueprint);        // Users and grants; needs the places.
void make_integrations(Blueprint& blueprint);  // Needs places and people.

// "P-0042"
std::string numbered_key(std::string_view prefix, std::uint64_t number, int digits);

}  // namespace portal::tenant
