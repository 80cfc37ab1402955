// Defects of a server or a client, planted where one hears the other.
#pragma once

#include "app/platform/transport.hpp"
#include "tests/sim/scenario.hpp"
#include "tests/sim/simulated_server.hpp"

namespace portal::sim {

inline constexpr std::string_view pull_path = "/api/v1/sync/pull";
inline constexpr std::string_view push_path = "/api/v1/sync/push";

// The same pull, asked for in pages of about so many bytes.
std::string with_pages_of(std::int64_t bytes, const std::string& pull);

// Makes of an answer what that defect would make of it.
void plant_in(server::Response& response, const platform::TransportRequest& request, Plant plant,
              const SimulatedServer& server);

}  // namespace portal::sim
