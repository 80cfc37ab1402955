// Production clients of mixed roles, some in several tabs of one browser, against the production handlers and live hub,
// in one thread, on simulated disks, with faults from a seed.
//
// What is checked, by the numbers of the sync contract: 1 acknowledged is durable, over power cuts at any write and
// over a restore inside the journal; 2 each intent takes effect exactly once, by a ledger that the server's database
// keeps for the simulation alone; 3 a device's edits take effect in their order; 4 no committed change is skipped; 5 a
// replica is the server at one number plus the overlay, of tickets, an open conversation's messages, action items,
// integrations, leads and an open deposit's review in each state that a screen shows; 6 after quiet both are equal and
// the sums agree; 7 of a lost stream nothing is told, nor a byte kept after the next pull; 8 every edit ends done or in
// the tray, where it is answered, and nothing is stuck; 9 what is shown goes forward, one's own tickets and leads stay
// seen, and an edit that waits is what its owner's screen shows; 10 a device's clock changes nothing; 11 no deleted row
// comes back, whatever garbage was collected; 12 a guest's bytes are inside the share's scope, in those scenarios in
// which views are shared; 13 what waits for a live connection is bounded.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "tests/sim/posted.hpp"
#include "tests/sim/published_checks.hpp"
#include "tests/sim/scenario.hpp"
#include "tests/sim/simulated_facts.hpp"
#include "tests/sim/simulated_guests.hpp"

namespace portal::sim {

struct Report {
    std::vector<std::string> problems;  // Sentences; empty when every invariant held.
    std::int64_t requests = 0;
    std::int64_t actions = 0;
    std::array<std::int64_t, deed_count> posted{};  // Edits that users made, by Deed.
    std::map<Entity, std::int64_t> done;            // Edits that the server has done, by what they are of.
    GuestCounts guests;
    FactCounts facts;
    ShownCounts shown_rows{};       // That were held against the server's past, by what `watched` has.
    std::int64_t waiting_seen = 0;  // Edits that waited and were looked for on the screen.
    FaultCounts faults{}, felt{};   // How often each was made, and came to something.
    std::uint64_t trace = 0;        // Equal for two runs of one scenario.
};

Report run_scenario(const Scenario& scenario);

// The smallest scenario found that still fails: fewer actions, then fewer kinds of faults.
Scenario shrunk(Scenario scenario);

}  // namespace portal::sim
