// What holds when everybody has come to rest.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/sim/simulated_client.hpp"

namespace portal::sim {

struct AtRest {
    SimulatedServer& server;
    const std::vector<std::unique_ptr<SimulatedClient>>& clients;
    const std::set<std::pair<Entity, Id>>& deleted;
    bool has_clones = false;
};

// Sentences, none when all is well. The clients are closed by it.
std::vector<std::string> problems_at_rest(const AtRest& world);

}  // namespace portal::sim
