// A user at a device: the production client on a simulated disk, clock and network, and what they did.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch_test_macros.hpp>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/store/outbox.hpp"
#include "app/store/replica.hpp"
#include "app/sync/client.hpp"
#include "tests/sim/posted.hpp"
#include "tests/sim/simulated_network.hpp"
#include "tests/sim/simulated_storage.hpp"
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

class SimulatedClient {
  public:
    SimulatedClient(SimulatedNetwork& network, std::string user, int device)
        : m_network(network),
          m_user(std::move(user)),
          m_clock(network.server().clock, network.plant()),
          m_token(network.server().sign_in(m_user)),
          m_random(network.random().next() + static_cast<std::uint64_t>(device)) {
        const std::string path = Device::path_of(server::test::id_of(m_user));
        m_device.disk.copy_file(device_with_empty_replica().disk, empty_replica, path);
        start();
    }

    // A copy of that device's profile, which stands still meanwhile; cookies are part of it.
    explicit SimulatedClient(SimulatedClient& other)
        : m_network(other.m_network),
          m_user(other.m_user),
          m_clock(other.m_clock),
          m_token(other.m_token),
          m_random(other.m_random.next()) {
        m_has_twin = other.m_has_twin = true;
        other.m_client.reset();
        m_device.last_user = other.m_device.last_user;
        m_device.disk.copy_from(other.m_device.disk);
        other.start();
        start();
    }

    const std::string& user() const { return m_user; }
    const std::vector<Posted>& posted() const { return m_posted; }
    // Copied, or a copy: each offers again what both remember, in its own time.
    bool has_twin() const { return m_has_twin; }
    std::vector<Posted>& posted() { return m_posted; }
    // What the client found wrong with the server's answers.
    const std::vector<std::string>& troubles() const { return m_troubles; }
    std::shared_ptr<const vm::Snapshot> snapshot() const { return m_client->latest(); }

    void step() {
        const std::int64_t pushes_answered = m_network.pushes_answered();
        run();
        if (m_network.plant() == Plant::overlay_dropped && m_network.pushes_answered() > pushes_answered) restart();
        note_what_is_shown();
        if (m_device.disk.is_down()) return come_back();
        // Whoever is signed out by the server signs in again.
        const auto latest = snapshot();
        if (!latest->sync || latest->sync->phase != vm::SyncPhase::signed_out) return;
        m_token = m_network.server().sign_in(m_user);
        restart();
    }

    void restart() {
        m_client.reset();
        start();
    }

    // The program or its device ends at that write, sync or deletion from now on.
    void die_at(std::uint64_t operation, SimulatedDisk::Death death) {
        m_death = death;
        m_device.disk.light_fuse(operation);
    }
    void set_full(bool is_full) { m_device.disk.set_full(is_full); }
    // Whether any byte of the device says so.
    bool holds(std::string_view text) const { return m_device.disk.holds(text); }
    bool is_full() const { return m_device.disk.is_full(); }
    bool is_in_memory() const { return snapshot()->sync->storage == vm::StorageKind::memory; }
    // While it is closed, something else writes into its database.
    void spoil(std::size_t place, std::string_view bytes) {
        const auto file = m_device.disk.find(Device::path_of(server::test::id_of(m_user)));
        REQUIRE(file);
        file->content.write(place, bytes);
        file->content.settle();
    }
    // From now on there is power and room, and what could not be opened is opened again.
    void calm() {
        m_device.disk.light_fuse(0);
        set_full(false);
        set_offline(false);
        if (is_in_memory()) restart();
    }

    // The browser takes everything away; what was on its way only here is lost, as it tells the user.
    void evict() {
        m_client.reset();
        m_device.disk.clear();
        m_device.last_user.clear();
        m_posted.clear();
        m_vanished.clear();
        start();
    }

    void jump(DurationMs by_ms) { m_clock.jump(by_ms); }
    void set_offline(bool offline) { post(vm::SetOffline{offline}); }

    enum class Deed : std::uint8_t { filed, replied, moved };
    // Nothing where there is nothing to do, or not yet.
    std::optional<Deed> act() {
        const auto latest = snapshot();
        if (!latest->tickets || !latest->session) return std::nullopt;
        const auto deed = static_cast<Deed>(m_random.below(3));
        if (deed == Deed::filed) return file_ticket(*latest->session) ? std::optional(deed) : std::nullopt;
        if (latest->tickets->rows.empty()) return std::nullopt;
        const vm::TicketBrief& brief = latest->tickets->rows[m_random.below(latest->tickets->rows.size())];
        if (deed == Deed::replied)
            reply(brief);
        else
            move(brief);
        return deed;
    }

    bool is_quiet() const {
        const auto latest = snapshot();
        return latest->sync->phase == vm::SyncPhase::current && latest->sync->pending_count == 0;
    }

    // As far as anybody can see from outside.
    bool has_told_all() const {
        const auto latest = snapshot();
        return !latest->sync->epoch.empty() && latest->sync->pending_count == 0;
    }

    // Told that it has been away too long, though it has spoken with the server since it started.
    bool mistakes_the_time() const {
        const auto latest = snapshot();
        const bool is_over =
            m_network.server().clock.now_ms() - latest->sync->last_exchange_ms > limits::offline_lease_days * day_ms;
        return latest->sync->problem == vm::LocalProblem::lease_ended && !is_over &&
               latest->sync->last_exchange_ms > m_last_exchange_before_ms;
    }

    std::string state() const {
        const auto sync = snapshot()->sync;
        std::string words = "phase " + std::to_string(static_cast<int>(sync->phase)) + ", problem " +
                            std::string(vm::name_of(sync->problem)) + ", " + std::to_string(sync->pending_count) +
                            " edits wait";
        if (!m_troubles.empty()) words += ", last trouble: " + m_troubles.back();
        return words;
    }

    // The user's own tickets that a screen showed once and no longer shows, though nobody refused them.
    const std::set<Id>& vanished() const { return m_vanished; }

    // Closes the client and opens its replica for looking.
    std::unique_ptr<store::Replica> take_replica() {
        m_client.reset();
        db::OpenOptions options;
        options.path = Device::path_of(server::test::id_of(m_user));
        options.vfs = m_device.disk.vfs();
        options.sharing = db::Sharing::exclusive;
        auto replica = store::Replica::open(options);
        REQUIRE(replica.has_value());
        return std::move(*replica);
    }

  private:
    static constexpr int steps_max = 500;

    // What a dead program still does is nobody's matter.
    void run() {
        try {
            for (int steps = 0; steps < steps_max && !m_device.disk.is_down() && m_client->step(); ++steps) {
            }
        } catch (const std::exception&) {
            if (!m_device.disk.is_down()) throw;
        }
    }

    void come_back() {
        m_client.reset();
        m_device.disk.recover(m_death, m_random);
        start();
    }

    // Memory promises nothing, and says so.
    void note_what_is_shown() {
        const auto latest = snapshot();
        const bool is_durable = !is_in_memory();
        std::set<Id> kept, shown, refused;
        for (const vm::PendingEdit& edit : latest->sync->pending)
            kept.insert(edit.intent);
        for (const vm::TrayEntry& entry : latest->sync->tray)
            refused.insert(entry.intent);
        if (latest->tickets)
            for (const vm::TicketBrief& brief : latest->tickets->rows)
                shown.insert(brief.id);
        const bool is_safe = is_durable && !m_device.disk.is_down() && !m_device.disk.is_full();
        const bool is_whole = is_durable && latest->tickets && latest->sync->phase != vm::SyncPhase::first_load;
        for (Posted& posted : m_posted) {
            if (posted.keeping == Posted::Keeping::unknown)
                posted.keeping = is_safe ? Posted::Keeping::kept : Posted::Keeping::in_doubt;
            const bool is_kept = kept.contains(posted.intent) || refused.contains(posted.intent);
            if (is_durable && is_kept) posted.keeping = Posted::Keeping::kept;
            if (posted.entity != Entity::ticket || posted.row.empty() || !is_whole) continue;
            const bool is_shown = shown.contains(posted.row);
            if (posted.was_seen && !is_shown && !refused.contains(posted.intent) && !posted.is_in_doubt())
                m_vanished.insert(posted.row);
            posted.was_seen |= is_shown;
        }
    }

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
        SQLite::Database database(Device::path_of(server::test::id_of(m_user)),
                                  SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 0, m_device.disk.vfs());
        if (!database.tableExists("outbox")) return;
        if (m_network.plant() == Plant::dropped_on_failure)
            for (const Id& intent : m_network.failed())
                database.exec("DELETE FROM outbox WHERE intent = '" + intent + "' AND acknowledged_ms IS NULL");
        else
            database.exec(
                "DELETE FROM overlay_ticket WHERE id IN"
                " (SELECT created_row FROM outbox WHERE acknowledged_ms IS NOT NULL AND covered = 0)");
    }

    // The server's time now is later than any exchange before.
    void start() {
        if (m_network.plant() == Plant::dropped_on_failure || m_network.plant() == Plant::overlay_dropped)
            plant_in_replica();
        m_last_exchange_before_ms = m_network.server().clock.now_ms();
        sync::ClientOptions options;
        options.clock = &m_clock;
        options.random = std::make_unique<SeededRandom>(m_random.next());
        options.storage = std::make_unique<SimulatedStorage>(m_device);
        options.transport = std::make_unique<SimulatedTransport>(m_network, m_token);
        options.executor = store::ExecutorKind::manual;
        options.trouble = [this](std::string_view what, const std::string& detail) {
            m_troubles.push_back(std::string(what) + ": " + detail);
        };
        m_client = sync::make_client(std::move(options));
        m_client->start();
        post(vm::ShowScreen{all_tickets()});
    }

    static vm::TicketsQuery all_tickets() {
        vm::TicketsQuery query;
        query.tab = vm::TicketTab::all;
        return query;
    }

    void post(vm::Intent intent) { REQUIRE(m_client->post(std::move(intent)) == store::PostResult::taken); }
    Id new_id() { return make_id(m_clock.now_ms(), m_random); }

    bool file_ticket(const vm::SessionPart& session) {
        if (!session.may_file_tickets || session.locations.empty()) return false;
        vm::FileTicket intent;
        intent.intent = new_id();
        intent.ticket = new_id();
        intent.location = session.locations[m_random.below(session.locations.size())].id;
        intent.subject = "Checks fail " + std::to_string(m_posted.size());
        intent.description = "Since this morning";
        m_posted.push_back({intent.intent, intent.ticket, Entity::ticket});
        post(intent);
        return true;
    }

    void reply(const vm::TicketBrief& brief) {
        vm::ReplyToTicket intent;
        intent.intent = new_id();
        intent.message = new_id();
        intent.ticket = brief.id;
        intent.body = "Answer " + std::to_string(m_posted.size());
        m_posted.push_back({intent.intent, intent.message, Entity::message});
        post(intent);
    }

    void move(const vm::TicketBrief& brief) {
        vm::MoveTicket intent;
        intent.intent = new_id();
        intent.ticket = brief.id;
        intent.from = brief.state;
        // Mostly the next state, sometimes one that no rule allows.
        const auto next = (static_cast<std::uint64_t>(brief.state) + 1 + m_random.below(2)) % 7;
        intent.to = static_cast<TicketState>(next);
        m_posted.push_back({intent.intent, {}, Entity::ticket});
        post(intent);
    }

    SimulatedNetwork& m_network;
    const std::string m_user;
    DeviceClock m_clock;
    std::string m_token;
    SeededRandom m_random;
    Device m_device;
    std::unique_ptr<store::StoreHost> m_client;
    InstantMs m_last_exchange_before_ms = 0;
    std::vector<Posted> m_posted;
    bool m_has_twin = false;
    std::set<Id> m_vanished;
    std::vector<std::string> m_troubles;
    SimulatedDisk::Death m_death = SimulatedDisk::Death::power;
};

}  // namespace portal::sim
