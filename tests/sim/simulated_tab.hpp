// One tab of a simulated browser: the production client, and what its user has seen in it.
#pragma once

#include <memory>
#include <set>
#include <utility>

#include "app/sync/client.hpp"
#include "tests/sim/published_checks.hpp"
#include "tests/sim/simulated_storage.hpp"
#include "tests/sim/simulated_tabs.hpp"

namespace portal::sim {

class SimulatedTab {
  public:
    SimulatedTab(int number, sync::ClientOptions options, std::unique_ptr<SimulatedStorage> storage,
                 std::unique_ptr<SimulatedTabs> tabs)
        : m_number(number), m_storage(*storage), m_tabs(*tabs) {
        options.storage = std::move(storage);
        options.tabs = std::move(tabs);
        m_client = sync::make_client(std::move(options));
        m_client->start();
    }

    // No two tabs of a device are alike in it.
    int number() const { return m_number; }
    bool owns() const { return m_storage.has_place(); }
    // Whose screens are of the place's own rows, and no more of what another tab told: one that takes another's place
    // goes on to say that it hears nothing of that one until it has built its own.
    bool has_opened() const {
        return m_storage.has_opened() && snapshot()->sync->problem != vm::LocalProblem::other_tab;
    }
    std::shared_ptr<const vm::Snapshot> snapshot() const { return m_client->latest(); }
    bool is_in_memory() const { return snapshot()->sync->storage == vm::StorageKind::memory; }
    void post(vm::Intent intent) { REQUIRE(m_client->post(std::move(intent)) == store::PostResult::taken); }

    // ---- As the browser treats it ----
    bool is_frozen() const { return m_frozen_actions > 0; }
    void freeze_for(int actions) { m_frozen_actions = actions; }
    void thaw() { m_frozen_actions = 0; }
    // Once for each action of the world; true when it has just come to an end.
    bool has_slept_enough() { return m_frozen_actions > 0 && --m_frozen_actions == 0; }
    bool is_visible() const { return m_is_visible; }
    void set_visible(bool is_visible) {
        if (std::exchange(m_is_visible, is_visible) != is_visible) m_client->set_visible(is_visible);
    }
    // Somebody may act here.
    bool is_in_use() const { return m_is_visible && !is_frozen(); }

    // False when there was nothing to hear.
    bool hear(Patience patience) {
        const bool has_place = m_storage.deliver();
        return m_tabs.deliver(patience) || has_place;
    }
    bool step() { return m_client->step(); }
    void lose_words() { m_tabs.lose_words(); }

    // The user's own tickets that its screen has shown.
    std::set<Id> seen;
    // What was looked at last.
    std::shared_ptr<const vm::Snapshot> looked_at;
    LastShown last_shown;

  private:
    const int m_number;
    SimulatedStorage& m_storage;
    SimulatedTabs& m_tabs;
    int m_frozen_actions = 0;
    bool m_is_visible = true;
    std::unique_ptr<store::StoreHost> m_client;
};

}  // namespace portal::sim
