// A user at a device: the production client on a simulated disk and network, and what they did.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/store/outbox.hpp"
#include "app/store/replica.hpp"
#include "app/sync/client.hpp"
#include "tests/sim/simulated_network.hpp"

namespace portal::sim {

class SimulatedClient {
  public:
    SimulatedClient(SimulatedNetwork& network, std::string user, int device, const std::string& folder)
        : m_network(network),
          m_user(std::move(user)),
          m_token(network.server().sign_in(m_user)),
          m_random(network.random().next() + static_cast<std::uint64_t>(device)) {
        m_disk.folder = folder + "/" + m_user + std::to_string(device);
        std::filesystem::create_directories(m_disk.folder);
        start();
    }

    struct Posted {
        Id intent;
        Id row;  // Of a creation; empty for a move.
        Entity entity = Entity::ticket;
        Id ticket;
    };

    const std::string& user() const { return m_user; }
    const std::vector<Posted>& posted() const { return m_posted; }
    std::shared_ptr<const vm::Snapshot> snapshot() const { return m_client->latest(); }

    void step() {
        for (int steps = 0; steps < steps_max && m_client->step(); ++steps) {
        }
    }

    void restart() {
        m_client.reset();
        start();
    }

    void set_offline(bool offline) { post(vm::SetOffline{offline}); }

    void act() {
        const auto tickets = snapshot()->tickets;
        if (!tickets || !snapshot()->session) return;
        switch (m_random.below(3)) {
            case 0:
                file_ticket();
                break;
            case 1:
                reply(*tickets);
                break;
            default:
                move(*tickets);
                break;
        }
    }

    bool is_quiet() const {
        const auto latest = snapshot();
        return latest->sync->phase == vm::SyncPhase::current && latest->sync->pending_count == 0;
    }

    // Closes the client and opens its replica for looking.
    std::unique_ptr<store::Replica> take_replica() {
        m_client.reset();
        db::OpenOptions options;
        options.path = m_disk.path_of(server::test::id_of(m_user));
        options.sharing = db::Sharing::exclusive;
        auto replica = store::Replica::open(options);
        REQUIRE(replica.has_value());
        return std::move(*replica);
    }

  private:
    static constexpr int steps_max = 500;

    void start() {
        sync::ClientOptions options;
        options.clock = &m_network.server().clock;
        options.random = std::make_unique<SeededRandom>(m_random.next());
        options.storage = std::make_unique<SimulatedStorage>(m_disk);
        options.transport = std::make_unique<SimulatedTransport>(m_network, m_token);
        options.executor = store::ExecutorKind::manual;
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
    Id new_id() { return make_id(m_network.server().clock.now_ms(), m_random); }

    void file_ticket() {
        const auto session = snapshot()->session;
        if (!session->may_file_tickets || session->locations.empty()) return;
        vm::FileTicket intent;
        intent.intent = new_id();
        intent.ticket = new_id();
        intent.location = session->locations[m_random.below(session->locations.size())].id;
        intent.subject = "Checks fail " + std::to_string(m_posted.size());
        intent.description = "Since this morning";
        m_posted.push_back({intent.intent, intent.ticket, Entity::ticket, intent.ticket});
        post(intent);
    }

    void reply(const vm::TicketsPart& tickets) {
        if (tickets.rows.empty()) return;
        vm::ReplyToTicket intent;
        intent.intent = new_id();
        intent.message = new_id();
        intent.ticket = tickets.rows[m_random.below(tickets.rows.size())].id;
        intent.body = "Answer " + std::to_string(m_posted.size());
        m_posted.push_back({intent.intent, intent.message, Entity::message, intent.ticket});
        post(intent);
    }

    void move(const vm::TicketsPart& tickets) {
        if (tickets.rows.empty()) return;
        const vm::TicketBrief& brief = tickets.rows[m_random.below(tickets.rows.size())];
        vm::MoveTicket intent;
        intent.intent = new_id();
        intent.ticket = brief.id;
        intent.from = brief.state;
        // Mostly the next state, sometimes one that no rule allows.
        const auto next = (static_cast<std::uint64_t>(brief.state) + 1 + m_random.below(2)) % 7;
        intent.to = static_cast<TicketState>(next);
        m_posted.push_back({intent.intent, {}, Entity::ticket, intent.ticket});
        post(intent);
    }

    SimulatedNetwork& m_network;
    const std::string m_user;
    const std::string m_token;
    SeededRandom m_random;
    SimulatedStorage::Disk m_disk;
    std::unique_ptr<store::StoreHost> m_client;
    std::vector<Posted> m_posted;
};

}  // namespace portal::sim
