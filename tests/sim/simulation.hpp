// Production clients of mixed roles against the production handlers, in one thread, with faults from a seed.
//
// What is checked, by the numbers of the sync contract: 1 acknowledged is durable, also over a restore inside the
// journal; 2 each intent takes effect exactly once; 4 no committed change is skipped; 5 a replica is the server plus
// the overlay; 6 after quiet both are equal and the sums agree; 8 every edit ends done or in the tray, and nothing is
// stuck; 9 one's own edits stay seen; 10 a device's clock changes nothing.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "tests/sim/scenario.hpp"

namespace portal::sim {

struct Report {
    std::vector<std::string> problems;  // Sentences; empty when every invariant held.
    std::int64_t requests = 0;
    std::int64_t actions = 0;
    std::array<std::int64_t, 3> posted{};  // Edits that users made: tickets filed, replies, moves.
    FaultCounts faults{}, chances{};       // How often each happened, and could have.
    std::uint64_t trace = 0;               // Equal for two runs of one scenario.
};

Report run_scenario(const Scenario& scenario);

// The smallest scenario found that still fails: fewer actions, then fewer kinds of faults.
Scenario shrunk(Scenario scenario);

}  // namespace portal::sim
