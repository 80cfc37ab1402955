// Imports of financing facts while the clients work: new facts, corrections, facts that change their place, and a
// location that changes its practice; and practices that let their vendor see counts, or no longer. So few facts are
// taken as many that leads and auditors are given rollups and facts in turns.
//
// The places are nobody's desk: who loses sight of them loses no edit of their own. Chances are its own, so that the
// clients' are the same whatever is imported.
#pragma once

#include <array>
#include <utility>

#include "tests/sim/simulated_server.hpp"

namespace portal::sim {

// Those that deposits have come on.
inline constexpr Day first_deposit_day = 20'400;
inline constexpr Day deposit_days = 4;

struct FactCounts {
    std::int64_t imports = 0;                   // Published.
    std::int64_t failures = 0;                  // Given up half way.
    std::int64_t moves = 0;                     // Of the location.
    std::int64_t words = 0;                     // Of a practice: that its vendor may see its volumes, or no longer.
    std::int64_t to_rollups = 0, to_facts = 0;  // Changes of what the lead is given.

    void add(const FactCounts& other);
    // Each by its name.
    std::array<std::pair<const char*, std::int64_t>, 6> all() const;
};

class SimulatedFacts {
  public:
    // Puts the places into the database.
    explicit SimulatedFacts(SimulatedServer& server);

    void act(RandomSource& random);
    const FactCounts& counts() const { return m_counts; }

  private:
    void add_deposits();
    void import(RandomSource& random);
    bool import_batch(const std::vector<FinancingFact>& facts);
    void move_location();
    void change_consent();
    void note_what_is_given();

    SimulatedServer& m_server;
    server::BatchId m_open = 0;  // A batch that could not even be given up.
    FiguresForm m_given = FiguresForm::facts;
    FactCounts m_counts;
};

}  // namespace portal::sim
