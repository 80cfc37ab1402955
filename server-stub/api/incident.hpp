// A defect, reported once: a line in the log under a name that the user may quote.
#pragma once

#include <string_view>

#include "server-stub/api/api.hpp"

namespace portal::server {

// Short and the same for the same defect at the same time of day; no randomness, so that a simulated run repeats it.
std::string incident_id(std::string_view where, std::string_view what, InstantMs now_ms);
// Writes the log line; the Error names the incident and nothing else.
Error report_incident(Services& services, std::string_view where, std::string_view what);

}  // namespace portal::server
