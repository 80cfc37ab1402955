#include "tests/sim/simulation.hpp"

#include <algorithm>

#include "tests/sim/simulated_client.hpp"

namespace portal::sim {
namespace {

using server::test::id_of;
using Death = SimulatedDisk::Death;

constexpr int quiet_rounds_max = 400;
constexpr DurationMs quiet_step_ms = 5'000;
constexpr std::size_t clones_max = 2;
constexpr int attempts_max = 6;
constexpr double device_fault = 0.06;
constexpr std::uint64_t operations_until_death_max = 60;
constexpr DurationMs day_ms = 86'400'000;
// In a row that only those may have who may see practice cedar.
constexpr std::string_view known_at_cedar = "what is known at cedar alone";

class Simulation {
  public:
    explicit Simulation(const Scenario& scenario)
        : m_scenario(scenario),
          m_random(scenario.seed),
          m_server(m_scenario, m_random),
          m_network(m_server, m_random, m_scenario) {
        assign_to_sam(id_of("ticketa"));
        m_server.write([](server::WriteTransaction& writes) {
            Ticket ticket = from_row<Ticket>(*writes.get(Entity::ticket, id_of("ticketb")));
            ticket.description = known_at_cedar;
            writes.put(to_row(ticket));
        });
        for (const char* user : {"frida", "frida", "mona", "olga", "audrey", "sam", "vera", "ada"})
            m_clients.push_back(std::make_unique<SimulatedClient>(m_network, user, next_device()));
    }

    Report run() {
        try {
            play();
        } catch (const DatabaseLost& lost) {
            problem("the server cannot open its database: " + lost.message);
        } catch (const std::exception& exception) {
            problem(std::string("nobody caught an exception: ") + exception.what());
        }
        m_report.requests = m_network.requests;
        m_report.faults = m_network.counts;
        m_report.chances = m_network.chances;
        return m_report;
    }

  private:
    void play() {
        step_all();
        m_network.healthy = false;
        for (int action = 0; action < m_scenario.actions && m_report.problems.empty(); ++action) {
            // An action's chances are its own: leaving a fault out does not change those of later ones.
            m_random = SeededRandom(m_scenario.seed * 1'000 + static_cast<std::uint64_t>(action));
            do_something();
            m_server.clock.advance(m_random.between(0, 2'000));
            step_all();
        }
        m_network.healthy = true;
        if (m_report.problems.empty() && settle()) check_invariants();
    }

    void note(std::uint64_t value) { m_report.trace = (m_report.trace ^ value) * 0x100000001B3ull; }
    void problem(std::string sentence) { m_report.problems.push_back(std::move(sentence)); }
    int next_device() { return ++m_device; }

    void step_all() {
        for (const auto& client : m_clients) {
            client->step();
            look_at(*client);
            note(static_cast<std::uint64_t>(client->snapshot()->revision));
        }
        for (const std::string& found : m_server.problems)
            problem(found);
        note(static_cast<std::uint64_t>(m_server.repository->read()->head().seq));
        note(static_cast<std::uint64_t>(m_network.requests));
    }

    // What holds of every published state, not only at the end.
    void look_at(SimulatedClient& client) {
        if (client.user() != on_leave)
            for (const Id& ticket : client.vanished())
                problem(client.user() + "'s own ticket " + ticket + " is no longer shown");
        for (const std::string& trouble : client.troubles())
            if (trouble.starts_with("stream sum")) problem(client.user() + " found a " + trouble);
        if (client.mistakes_the_time()) problem(client.user() + " takes the lease for ended");
        if (client.user() == on_leave && should_have_forgotten(client) && client.holds(known_at_cedar))
            problem(client.user() + "'s device still has bytes of a stream that was lost");
    }

    // After a pull that followed the loss.
    bool should_have_forgotten(const SimulatedClient& client) {
        const auto sync = client.snapshot()->sync;
        const server::SyncHead head = m_server.repository->read()->head();
        return is_on_leave() && sync->epoch == head.epoch && sync->cursor == head.seq && !client.is_full();
    }

    void do_something() {
        ++m_report.actions;
        SimulatedClient& client = *m_clients[m_random.below(m_clients.size())];
        if (m_network.strikes(Fault::restart, device_fault)) return client.restart();
        if (m_network.strikes(Fault::offline, device_fault)) return client.set_offline(true);
        if (m_network.strikes(Fault::skew, device_fault)) return client.jump((m_random.between(0, 60) - 30) * day_ms);
        if (m_network.strikes(Fault::clone, m_clones < clones_max ? device_fault : 0)) return clone(client);
        if (m_network.strikes(Fault::evict, device_fault)) return client.evict();
        if (m_network.strikes(Fault::regrant, device_fault)) return regrant();
        if (m_network.strikes(Fault::restore, m_backup.empty() ? 0 : device_fault)) return m_server.restore(m_backup);
        if (m_network.strikes(Fault::kill, device_fault)) return client.die_at(an_operation(), Death::program);
        if (m_network.strikes(Fault::power, device_fault)) return client.die_at(an_operation(), Death::power);
        if (m_network.strikes(Fault::full, device_fault)) return client.set_full(true);
        if (m_network.strikes(Fault::blackout, device_fault)) return m_server.disk.light_fuse(an_operation());
        if (m_network.strikes(Fault::server_full, device_fault)) return m_server.disk.set_full(true);
        if (m_network.strikes(Fault::flood, m_server.has_live() ? device_fault : 0)) return m_server.flood();
        switch (m_random.below(10)) {
            case 0:
                client.set_full(false);
                return client.set_offline(false);
            case 1:
                return back_up();
            case 2:
                m_server.disk.set_full(false);
                return edit_on_the_server();
            default:
                return let_somebody_work();
        }
    }

    // Not everybody may do everything.
    void let_somebody_work() {
        for (int attempt = 0; attempt < attempts_max; ++attempt) {
            const auto deed = m_clients[m_random.below(m_clients.size())]->act();
            if (!deed) continue;
            ++m_report.posted[static_cast<std::size_t>(*deed)];
            return;
        }
    }

    void clone(SimulatedClient& client) {
        ++m_clones;
        m_clients.push_back(std::make_unique<SimulatedClient>(client));
    }

    bool is_on_leave() { return !m_server.repository->read()->row(Entity::grant, id_of(grant_on_leave)); }
    void regrant() {
        m_server.write([](server::WriteTransaction& writes) {
            const Grant grant = server::test::grant_of(grant_on_leave, on_leave, Role::practice_admin,
                                                       ScopeKind::practice, id_of("cedar"));
            if (!writes.remove(Entity::grant, grant.id)) writes.put(to_row(grant));
        });
    }

    void back_up() {
        const std::string path = "backup" + std::to_string(++m_backups);
        if (m_server.back_up(path)) m_backup = path;
    }

    std::uint64_t an_operation() { return 1 + m_random.below(operations_until_death_max); }

    // As an import or a colleague without a browser would do it.
    void edit_on_the_server() {
        std::vector<Id> tickets;
        m_server.repository->read()->each_row(Entity::ticket, [&](const Row& row) { tickets.push_back(row.id); });
        if (tickets.empty()) return problem("the server has lost its tickets");
        assign_to_sam(tickets[m_random.below(tickets.size())]);
    }

    // Or away from them, when it is theirs.
    void assign_to_sam(const Id& id) {
        m_server.write([&](server::WriteTransaction& writes) {
            Ticket ticket = from_row<Ticket>(*writes.get(Entity::ticket, id));
            const bool is_theirs = ticket.assignee == id_of("sam");
            ticket.assignee = is_theirs ? Id{} : id_of("sam");
            ticket.assignee_name = is_theirs ? "" : "sam";
            writes.put(to_row(ticket));
        });
    }

    bool settle() {
        m_server.calm();
        if (is_on_leave()) regrant();
        for (const auto& client : m_clients)
            client->calm();
        int quiet_rounds = 0;
        for (int round = 0; round < quiet_rounds_max && m_report.problems.empty(); ++round) {
            m_server.clock.advance(quiet_step_ms);
            step_all();
            const bool quiet =
                std::all_of(m_clients.begin(), m_clients.end(), [](const auto& client) { return client->is_quiet(); });
            // One period more, so that everybody has pulled what the last one pushed.
            if (quiet && quiet_rounds++ * quiet_step_ms > limits::pull_period_live_ms + quiet_step_ms) return true;
        }
        for (const auto& client : m_clients)
            if (!client->is_quiet()) problem(client->user() + " is stuck: " + client->state());
        // Otherwise the invariants would go unchecked without a word.
        if (m_report.problems.empty()) problem("the clients never came to rest together");
        return false;
    }

    void check_invariants() {
        const auto truth = m_server.repository->read();
        for (const auto& client : m_clients) {
            const auto replica = client->take_replica();
            store::Outbox outbox(*replica);
            if (outbox.pending_count() != 0) problem("edits of " + client->user() + " still wait");
            for (const auto& posted : client->posted())
                check_effect(*truth, outbox, posted, client->user());
            check_equal(*truth, *replica, client->user());
        }
        for (const std::string& found : m_server.repository->check_integrity().problems)
            problem("the server's database: " + found);
    }

    // Done once on the server, or in the tray; never both, never neither.
    void check_effect(server::ReadSnapshot& truth, store::Outbox& outbox, const SimulatedClient::Posted& posted,
                      const std::string& user) {
        const auto record = truth.mutation(posted.intent);
        const bool refused = outbox.tray_item(posted.intent).has_value();
        const bool applied = record && record->outcome.kind != OutcomeKind::rejected;
        const std::string edit = user + "'s edit " + posted.intent;
        const bool is_in_doubt = posted.keeping == SimulatedClient::Posted::Keeping::in_doubt;
        if (!applied && !refused && !is_in_doubt) problem(edit + " is neither done nor in the tray");
        // What was refused to one copy of a profile may be done for the other, after a restore to an earlier grant.
        if (applied && refused && m_clones == 0) problem(edit + " is done and in the tray");
        if (!posted.row.empty() && truth.row(posted.entity, posted.row).has_value() != applied)
            problem(edit +
                    (applied ? " is said to be done and its row is not there" : " is refused and its row is there"));
    }

    void check_equal(server::ReadSnapshot& truth, store::Replica& replica, const std::string& user) {
        const auto caller = truth.caller(id_of(user));
        if (!caller) return problem("the server has lost " + user);
        const auto streams = streams_of_caller(*caller, *truth.directory(id_of(user)));
        if (!replica.overlay_keys().empty()) problem("the overlay of " + user + " is not empty");
        if (replica.state().cursor != truth.head().seq) problem("the cursor of " + user + " is not the head");
        for (const EntityDescriptor& descriptor : all_entities()) {
            std::map<Id, Row> permitted, held;
            truth.each_row(descriptor.entity, [&](Row row) {
                for (const StreamId& stream : streams_of_row(row))
                    if (std::binary_search(streams.begin(), streams.end(), stream)) permitted[row.id] = row;
            });
            replica.each(descriptor.entity, [&](Row row) { held[row.id] = std::move(row); });
            if (held != permitted)
                problem(user + " holds " + std::to_string(held.size()) + " rows of " + std::string(descriptor.name) +
                        " unlike the " + std::to_string(permitted.size()) + " permitted ones");
        }
        for (const StreamId& stream : streams) {
            const auto state = truth.stream(stream);
            const store::StreamSum sum = replica.sum_of(stream);
            if (sum.count != state.count || sum.hash != state.hash || replica.recompute_sum(stream) != sum)
                problem("the sum of stream " + stream + " of " + user + " is not the server's");
        }
    }

    const Scenario m_scenario;
    SeededRandom m_random;
    SimulatedServer m_server;
    SimulatedNetwork m_network;
    std::vector<std::unique_ptr<SimulatedClient>> m_clients;
    Report m_report;
    int m_device = 0;
    std::size_t m_clones = 0;
    int m_backups = 0;
    std::string m_backup;
};

}  // namespace

Report run_scenario(const Scenario& scenario) {
    return Simulation(scenario).run();
}

Scenario shrunk(Scenario scenario) {
    const auto fails = [](const Scenario& tried) { return !run_scenario(tried).problems.empty(); };
    // A run ends at its first problem, so that what it has done is enough; then halves, then one by one.
    scenario.actions = static_cast<int>(run_scenario(scenario).actions);
    for (int step = scenario.actions / 2; step > 0; step /= 2) {
        Scenario shorter = scenario;
        shorter.actions -= step;
        while (shorter.actions > 0 && fails(shorter)) {
            scenario = shorter;
            shorter.actions -= step;
        }
    }
    for (std::size_t fault = 0; fault < fault_count; ++fault) {
        Scenario calmer = scenario;
        calmer.without.set(fault);
        if (fails(calmer)) scenario = calmer;
    }
    return scenario;
}

}  // namespace portal::sim
