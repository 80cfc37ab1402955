// A browser on a device of its own: a simulated disk and clock, and one or more tabs of one user, of which one has the
// place and the others follow it.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/store/replica.hpp"
#include "tests/sim/simulated_network.hpp"
#include "tests/sim/simulated_tab.hpp"
#include "tests/sim/simulated_transport.hpp"

namespace portal::sim {

// The time as the device has it: its clock may be days away from the server's.
class DeviceClock final : public Clock {
  public:
    DeviceClock(const Clock& truth, Plant plant) : m_truth(truth), m_plant(plant) {}
    void jump(DurationMs by_ms) { m_skew_ms += by_ms; }
    InstantMs now_ms() const override { return m_truth.now_ms() + m_skew_ms; }
    DurationMs monotonic_ms() const override {
        return m_truth.monotonic_ms() + (m_plant == Plant::trusted_clock ? m_skew_ms : 0);
    }

  private:
    const Clock& m_truth;
    const Plant m_plant;
    DurationMs m_skew_ms = 0;
};

class SimulatedBrowser {
  public:
    using Death = SimulatedDisk::Death;

    SimulatedBrowser(SimulatedNetwork& network, std::string user, std::uint64_t device, std::size_t tabs)
        : clock(network.server().clock, network.plant()),
          random(network.random().next() + device),
          m_network(network),
          m_user(std::move(user)),
          m_tab_count(tabs),
          m_token(network.server().sign_in(m_user)),
          m_device(network.plant() == Plant::no_device_sync ? Syncing::does_nothing : Syncing::works),
          m_channel(network) {
        m_device.disk.copy_file(device_with_empty_replica().disk, empty_replica, path());
    }

    // A copy of that one's profile, which is closed meanwhile; cookies are part of it.
    explicit SimulatedBrowser(SimulatedBrowser& other)
        : clock(other.clock),
          random(other.random.next()),
          m_network(other.m_network),
          m_user(other.m_user),
          m_tab_count(1),
          m_token(other.m_token),
          m_channel(other.m_network) {
        m_device.last_user = other.m_device.last_user;
        m_device.live = other.m_device.live;
        m_device.formers = other.m_device.formers;
        m_device.disk.copy_from(other.m_device.disk);
    }

    DeviceClock clock;
    SeededRandom random;
    // What its clients found wrong with the server's answers.
    std::vector<std::string> troubles;
    // Called before a tab goes, and with what it has left unsaid.
    std::function<void(const SimulatedTab&)> ends;

    const std::string& user() const { return m_user; }
    std::string path() const { return m_device.path_of(server::test::id_of(m_user)); }
    // Tabs that were replaced by others, and whether the files of one are still there.
    std::int64_t replacements() const { return m_device.replacements; }
    bool has_former() const { return !m_device.formers.empty(); }
    SimulatedDisk& disk() { return m_device.disk; }
    const SimulatedDisk& disk() const { return m_device.disk; }
    void set_death(Death death) { m_death = death; }
    std::int64_t deaths_of_program() const { return m_deaths_of_program; }
    std::int64_t deaths_of_power() const { return m_deaths_of_power; }
    // The server's time was not later when the replica was opened last.
    InstantMs opened_ms() const { return m_opened_ms; }

    // ---- Tabs ----
    using Tabs = std::vector<std::unique_ptr<SimulatedTab>>;
    const Tabs& tabs() const { return m_tabs; }
    // Whoever has the place; the first one where nobody has.
    SimulatedTab& owner() const {
        const auto found = std::find_if(m_tabs.begin(), m_tabs.end(), [](const auto& tab) { return tab->owns(); });
        return found == m_tabs.end() ? *m_tabs.front() : **found;
    }
    // One that the owner serves, and somebody uses; null when there is none.
    SimulatedTab* follower() const {
        const auto found = std::find_if(m_tabs.begin(), m_tabs.end(), [&](const auto& tab) {
            return tab->is_in_use() && tab.get() != &owner() && !tab->is_in_memory();
        });
        return found == m_tabs.end() ? nullptr : found->get();
    }

    // As many tabs as there were.
    void open() {
        while (m_tabs.size() < m_tab_count)
            m_tabs.push_back(new_tab());
        note_opening();
    }
    void close() {
        for (const auto& tab : m_tabs)
            ends(*tab);
        m_tabs.clear();
        m_device.disk.let_in_everywhere();
    }
    // Another one is opened in its stead.
    void replace(SimulatedTab& tab) {
        ends(tab);
        std::erase_if(m_tabs, [&](const auto& held) { return held.get() == &tab; });
        open();
    }
    // The browser takes everything away.
    void clear() {
        close();
        m_device.disk.clear();
        m_device.last_user.clear();
        m_device.formers.clear();
    }

    // ---- Steps ----
    // Everybody works until nobody has heard anything new, or the program or its device has ended.
    void step() {
        bool is_news = true;
        for (int turn = 0; is_news && turn < turns_max && !disk().is_down(); ++turn) {
            is_news = false;
            for (const auto& tab : m_tabs) {
                if (disk().is_down() || tab->is_frozen()) continue;
                const bool has_heard = tab->hear(Patience::until_due);
                if (has_heard || turn == 0) run(*tab);
                is_news |= has_heard || turn == 0;
            }
        }
        note_opening();
    }
    // What a dead program still does is nobody's matter.
    void run(SimulatedTab& tab) {
        try {
            for (int steps = 0; steps < steps_max && !disk().is_down() && tab.step(); ++steps) {
            }
        } catch (const std::exception&) {
            if (!disk().is_down()) throw;
        }
    }
    // After the end of the tab that wrote, or of the power.
    void come_back() {
        SimulatedTab* const dead = m_death == Death::program ? &owner() : nullptr;
        if (!dead) close();
        if (dead) ends(*dead);
        std::erase_if(m_tabs, [&](const auto& tab) { return tab.get() == dead; });
        disk().recover(m_death, random);
        ++(m_death == Death::program ? m_deaths_of_program : m_deaths_of_power);
        open();
    }
    // Whoever is signed out by the server signs in again.
    void sign_in_again() {
        // The others only say what the owner does.
        SimulatedTab* out = is_signed_out(owner()) ? &owner() : nullptr;
        for (const auto& tab : m_tabs)
            if (!out && is_signed_out(*tab)) out = tab.get();
        if (!out) return;
        m_token = m_network.server().sign_in(m_user);
        replace(*out);
    }

  private:
    static constexpr int steps_max = 500;
    static constexpr int turns_max = 12;

    // Making a database takes longer than most that is done with it: devices have one, and make another when theirs was
    // taken away.
    static constexpr const char* empty_replica = "empty";
    static const Device& device_with_empty_replica() {
        static const std::unique_ptr<Device> made = [] {
            auto device = std::make_unique<Device>();
            db::OpenOptions options;
            options.path = empty_replica;
            options.vfs = device->disk.vfs();
            options.sharing = db::Sharing::exclusive;
            REQUIRE(store::Replica::open(options).has_value());
            return device;
        }();
        return *made;
    }

    // Does to the replica what a defect of that kind would have done.
    void plant_in_replica() {
        if (disk().is_full() || disk().is_down()) return;
        disk().let_in_everywhere();
        SQLite::Database database(path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 0, disk().vfs());
        if (!database.tableExists("outbox")) return;
        if (m_network.plant() == Plant::dropped_on_failure)
            for (const Id& intent : m_network.failed())
                database.exec("DELETE FROM outbox WHERE intent = '" + intent + "' AND acknowledged_ms IS NULL");
        else
            database.exec(
                "DELETE FROM overlay_ticket WHERE id IN"
                " (SELECT created_row FROM outbox WHERE acknowledged_ms IS NOT NULL AND covered = 0)");
    }

    static bool is_signed_out(const SimulatedTab& tab) {
        return !tab.is_frozen() && tab.snapshot()->sync->phase == vm::SyncPhase::signed_out;
    }

    std::unique_ptr<SimulatedTab> new_tab() {
        const bool is_planted =
            m_network.plant() == Plant::dropped_on_failure || m_network.plant() == Plant::overlay_dropped;
        if (is_planted && m_tabs.empty()) plant_in_replica();
        sync::ClientOptions options;
        options.clock = &clock;
        options.random = std::make_unique<SeededRandom>(random.next());
        options.transport = std::make_unique<SimulatedTransport>(m_network, m_token);
        options.executor = store::ExecutorKind::manual;
        options.trouble = [this](std::string_view what, const std::string& detail) {
            troubles.push_back(std::string(what) + ": " + detail);
        };
        auto tab = std::make_unique<SimulatedTab>(++m_last_tab, std::move(options),
                                                  std::make_unique<SimulatedStorage>(m_device),
                                                  std::make_unique<SimulatedTabs>(m_channel, m_device.disk));
        vm::TicketsQuery all_tickets;
        all_tickets.tab = vm::TicketTab::all;
        tab->post(vm::ShowScreen{all_tickets});
        return tab;
    }

    void note_opening() {
        if (std::exchange(m_openings, m_device.openings) != m_device.openings)
            m_opened_ms = m_network.server().clock.now_ms();
    }

    SimulatedNetwork& m_network;
    const std::string m_user;
    const std::size_t m_tab_count;
    std::string m_token;
    Device m_device;
    TabChannel m_channel;
    Tabs m_tabs;
    int m_last_tab = 0;
    std::int64_t m_openings = 0;
    InstantMs m_opened_ms = 0;
    Death m_death = Death::power;
    std::int64_t m_deaths_of_program = 0, m_deaths_of_power = 0;
};

}  // namespace portal::sim
