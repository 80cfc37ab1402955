#include "tests/sim/simulation.hpp"

#include <algorithm>

#include "shared/rules/deposits.hpp"
#include "tests/sim/final_checks.hpp"

namespace portal::sim {
namespace {

using server::test::id_of;
using Death = SimulatedDisk::Death;

constexpr int quiet_rounds_max = 400;
constexpr DurationMs quiet_step_ms = 15'000;
constexpr std::size_t clones_max = 2;
constexpr int attempts_max = 9;
constexpr std::uint64_t deeds_max = 3, shared_deeds_max = 6;
constexpr std::size_t staff_count = 3;
// In one of so many scenarios views are shared.
constexpr std::uint64_t sharing_period = 3;
constexpr std::uint64_t guests_chances = 1ull << 40, facts_chances = 1ull << 41;
constexpr double device_fault = 0.07;
constexpr std::uint64_t operations_until_death_max = 60;
constexpr std::array<std::size_t, 11> tabs_of_devices = {3, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1};
constexpr std::uint64_t frozen_actions_max = 6;
constexpr DurationMs frozen_ms_max = 60'000;
constexpr DurationMs outlast_ms = limits::tab_word_period_ms + limits::tab_takeover_ms + 5 * limits::tab_tick_ms;
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
            ticket.subject = known_at_cedar;
            ticket.description = known_at_cedar;
            writes.put(to_row(ticket));
            writes.put(to_row(review_at_cedar()));
        });
        add_staff();
        m_facts = std::make_unique<SimulatedFacts>(m_server);
        if (m_scenario.seed % sharing_period == 0)
            m_guests = std::make_unique<SimulatedGuests>(m_server, m_scenario.plant);
        for (const char* user :
             {"mona", "lena", "ines", "frida", "frida", "olga", "audrey", "sam", "vera", "ada", "opal"}) {
            const int device = next_device();
            const std::size_t tabs = tabs_of_devices[static_cast<std::size_t>(device - 1)];
            m_clients.push_back(std::make_unique<SimulatedClient>(m_network, user, device, tabs));
        }
    }

    Report run() {
        try {
            play();
        } catch (const DatabaseLost& lost) {
            problem("the server has lost its database: " + lost.message);
        } catch (const std::exception& exception) {
            problem(std::string("nobody caught an exception: ") + exception.what());
        }
        if (m_guests) m_report.guests = m_guests->counts();
        m_report.facts = m_facts->counts();
        m_report.requests = m_network.requests;
        m_report.faults = m_report.felt = m_network.counts;
        note_felt();
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
            import_something(action);
            share_something(action);
            m_server.clock.advance(m_random.between(0, 2'000));
            step_all();
        }
        m_network.healthy = true;
        if (m_report.problems.empty() && settle())
            m_report.problems = problems_at_rest({m_server, m_clients, deleted_rows(), m_clones > 0});
        each_posted([this](Posted& posted, server::ReadSnapshot& truth) {
            posted.note(truth);
            if (posted.outcome == Posted::Outcome::done) ++m_report.done[posted.entity];
        });
    }

    // Those that are made at one time and come to something at another, if at all.
    void note_felt() {
        const auto felt = [&](Fault fault) -> std::int64_t& { return m_report.felt[static_cast<std::size_t>(fault)]; };
        felt(Fault::kill) = felt(Fault::power) = felt(Fault::full) = felt(Fault::outlast) = 0;
        for (const auto& client : m_clients) {
            felt(Fault::kill) += client->browser().deaths_of_program();
            felt(Fault::power) += client->browser().deaths_of_power();
            felt(Fault::full) += client->browser().disk().refusals();
            felt(Fault::outlast) += client->browser().replacements();
            m_report.waiting_seen += client->waiting_seen();
        }
        felt(Fault::refuse) = m_server.refusals();
        felt(Fault::blackout) = static_cast<std::int64_t>(m_server.disk.recoveries());
        felt(Fault::server_full) = m_server.disk.refusals();
        felt(Fault::flood) = m_server.floods_felt();
    }

    static DepositReview review_at_cedar() {
        DepositReview review;
        review.location = id_of("main");
        review.day = first_deposit_day - 1;
        review.id = deposit_review_id(review.location, review.day);
        review.reviewed = true;
        review.note = known_at_cedar;
        return review;
    }

    // A lead of both practices, the engineer of an integration that has just begun, and somebody of operations.
    void add_staff() {
        m_server.write([](server::WriteTransaction& writes) {
            for (const char* name : {"lena", "ines", "opal"}) {
                writes.put(to_row(server::test::user_of(name)));
                writes.accounts().set_password_hash(id_of(name), "plain:" + server::test::password);
            }
            writes.put(to_row(server::test::grant_of("grantlena", "lena", Role::lead, ScopeKind::team, id_of("team"))));
            writes.put(
                to_row(server::test::grant_of("grantines", "ines", Role::integration_engineer, ScopeKind::tenant)));
            writes.put(to_row(server::test::grant_of("grantopal", "opal", Role::operations, ScopeKind::tenant)));
            Row integration = *writes.get(Entity::integration, id_of("willowpms"));
            set_value(integration, "engineer", Value{id_of("ines")});
            writes.put(integration);
            writes.put(to_row(server::test::action_of("call", "willow", "west", "mona")));
        });
    }

    void note(std::uint64_t value) { m_report.trace = (m_report.trace ^ value) * 0x100000001B3ull; }
    void problem(std::string sentence) { m_report.problems.push_back(std::move(sentence)); }
    int next_device() { return ++m_device; }

    void step_all() {
        for (const auto& client : m_clients) {
            client->step();
            look_at(*client);
            for (const auto& tab : client->browser().tabs())
                note(static_cast<std::uint64_t>(tab->snapshot()->revision));
        }
        for (const std::string& found : m_server.problems)
            problem(found);
        if (!m_guests) return note_server();
        m_guests->step();
        for (std::string& found : m_guests->take_problems())
            problem(std::move(found));
        note_server();
    }

    void note_server() {
        note(static_cast<std::uint64_t>(m_server.repository->read()->head().seq));
        note(static_cast<std::uint64_t>(m_network.requests));
        note(m_network.answers_crc);
    }

    // With chances of their own, as the guests below.
    void import_something(int action) {
        SeededRandom random(m_scenario.seed * 1'000 + static_cast<std::uint64_t>(action) + facts_chances);
        m_facts->act(random);
    }

    // With chances of their own: the clients' are the same with guests and without.
    void share_something(int action) {
        if (!m_guests) return;
        SeededRandom random(m_scenario.seed * 1'000 + static_cast<std::uint64_t>(action) + guests_chances);
        for (std::uint64_t deeds = random.below(shared_deeds_max); deeds > 0; --deeds)
            m_guests->act(random);
        if (random.chance(device_fault)) m_server.clock.advance(random.between(0, hour_ms));
    }

    void look_at_published(SimulatedClient& client) {
        if (client.has_gone_back()) problem(client.user() + " is shown an older state than before");
        // A copy has edits that nobody made in it.
        if (client.has_twin()) return;
        const auto published = client.take_published();
        if (published.empty()) return;
        const std::set<Id> own = rows_of(client.posted());
        const auto truth = m_server.repository->read();
        const auto head = truth->head();
        const auto take = [&](const std::vector<std::string>& found) {
            for (const std::string& sentence : found)
                problem("to " + client.user() + " " + sentence);
        };
        for (SimulatedTab* tab : published) {
            const auto& shown = *tab->looked_at;
            const Showing showing = tab->owns() && tab->is_in_use() ? Showing::now : Showing::later;
            take(problems_of_published(shown, m_server.history(), own, showing, tab->last_shown, m_report.shown_rows));
            const bool is_newest = shown.sync->epoch == head.epoch && shown.sync->cursor == head.seq;
            if (is_newest && showing == Showing::now)
                take(problems_of_newest(shown, *truth, id_of(client.user()), own));
        }
    }

    // What holds of every published state, not only at the end.
    void look_at(SimulatedClient& client) {
        look_at_published(client);
        if (client.user() != on_leave)
            for (const Id& row : client.vanished())
                if (!m_once_deleted.contains(row)) problem(client.user() + "'s own row " + row + " is no longer shown");
        for (const Id& intent : client.unlike_said())
            problem(client.user() + "'s edit " + intent + " waits, and its row is shown otherwise");
        for (const Id& intent : client.come_back())
            problem(client.user() + "'s edit " + intent + ", which was answered, is in the tray again");
        for (const std::string& trouble : client.troubles())
            if (trouble.starts_with("stream sum")) problem(client.user() + " found a " + trouble);
        if (client.mistakes_the_time()) problem(client.user() + " takes the lease for ended");
        if (client.user() == on_leave && should_have_forgotten(client) && client.holds(known_at_cedar))
            problem(client.user() + "'s device still has bytes of a stream that was lost");
    }

    // After a pull that followed the loss.
    bool should_have_forgotten(SimulatedClient& client) {
        const auto sync = client.snapshot()->sync;
        const server::SyncHead head = m_server.repository->read()->head();
        // What a tab that was replaced has open is its own.
        if (client.browser().has_former()) return false;
        return is_on_leave() && sync->epoch == head.epoch && sync->cursor == head.seq && !client.is_full();
    }

    void do_something() {
        ++m_report.actions;
        for (const auto& sleeper : m_clients)
            sleeper->wake_who_slept_enough();
        SimulatedClient& client = *m_clients[m_random.below(m_clients.size())];
        if (client.has_tabs() && disturb_tabs(client)) return;
        if (m_network.strikes(Fault::restart, device_fault)) return client.restart();
        if (m_network.strikes(Fault::offline, device_fault)) return client.set_offline(true);
        if (m_network.strikes(Fault::skew, device_fault)) return client.jump((m_random.between(0, 60) - 30) * day_ms);
        if (m_network.strikes(Fault::clone, m_clones < clones_max ? device_fault : 0)) return clone(client);
        if (m_network.strikes(Fault::evict, device_fault)) return client.evict();
        if (m_network.strikes(Fault::regrant, device_fault)) return regrant();
        if (m_network.strikes(Fault::restore, m_backup.empty() ? 0 : device_fault)) return restore();
        if (m_network.strikes(Fault::season, device_fault)) return let_time_pass();
        if (m_network.strikes(Fault::kill, device_fault)) return client.die_at(an_operation(), Death::program);
        if (m_network.strikes(Fault::power, device_fault)) return client.die_at(an_operation(), Death::power);
        if (m_network.strikes(Fault::full, device_fault)) return client.set_full(true);
        if (m_network.strikes(Fault::blackout, device_fault)) return m_server.disk.light_fuse(an_operation());
        if (m_network.strikes(Fault::server_full, device_fault)) return m_server.disk.set_full(true);
        if (m_network.strikes(Fault::flood, m_server.has_live() ? device_fault : 0)) return m_server.flood();
        switch (m_random.below(10)) {
            case 0:
                client.rouse();
                client.set_full(false);
                return client.set_offline(false);
            case 1:
                return back_up();
            case 2:
                m_server.disk.set_full(false);
                return edit_on_the_server();
            case 3:
                return delete_on_the_server();
            default:
                return let_somebody_work();
        }
    }

    // False when nothing has happened.
    bool disturb_tabs(SimulatedClient& client) {
        using Moment = SimulatedClient::Moment;
        const double may_wish = client.may_wish() ? device_fault : 0;
        const double follows = client.browser().follower() ? device_fault : 0;
        if (m_network.strikes(Fault::die_before, may_wish))
            client.lose_owner(Moment::before_commit);
        else if (m_network.strikes(Fault::die_after, may_wish))
            client.lose_owner(Moment::after_commit);
        else if (m_network.strikes(Fault::close, device_fault))
            client.close_owner();
        else if (m_network.strikes(Fault::leave, follows))
            client.close_follower();
        else if (m_network.strikes(Fault::freeze, device_fault))
            freeze(client.browser().owner());
        else if (m_network.strikes(Fault::doze, follows))
            freeze(*client.browser().follower());
        else if (m_network.strikes(Fault::hide, follows))
            client.hide_owner();
        else if (m_network.strikes(Fault::outlast, follows))
            outlast(client);
        else
            return false;
        return true;
    }

    // Its other tabs are awake all the while.
    void outlast(SimulatedClient& client) {
        client.browser().owner().freeze_for(1 + static_cast<int>(m_random.below(frozen_actions_max)));
        for (DurationMs passed_ms = 0; passed_ms < outlast_ms; passed_ms += limits::tab_tick_ms) {
            m_server.clock.advance(limits::tab_tick_ms);
            client.step();
            look_at(client);
        }
    }

    void freeze(SimulatedTab& tab) {
        tab.freeze_for(1 + static_cast<int>(m_random.below(frozen_actions_max)));
        m_server.clock.advance(m_random.between(0, frozen_ms_max));
    }

    // Not everybody may do everything.
    void let_somebody_work() {
        std::uint64_t deeds = 1 + m_random.below(deeds_max);
        for (int attempt = 0; attempt < attempts_max && deeds > 0; ++attempt) {
            // Half of the work is the staff's, who stand first: theirs is of more kinds.
            const std::size_t hands = m_random.below(2) == 0 ? staff_count : m_clients.size();
            const auto deed = m_clients[m_random.below(hands)]->act();
            if (!deed) continue;
            ++m_report.posted[static_cast<std::size_t>(*deed)];
            --deeds;
        }
    }

    void clone(SimulatedClient& client) {
        ++m_clones;
        m_clients.push_back(std::make_unique<SimulatedClient>(client));
    }

    std::set<std::pair<Entity, Id>> deleted_rows() const {
        std::set<std::pair<Entity, Id>> rows;
        for (const auto& [row, action] : m_deleted)
            rows.insert(row);
        return rows;
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
        if (!m_server.back_up(path)) return;
        m_backup = path;
        m_backup_action = m_report.actions;
    }

    void restore() {
        each_posted([](Posted& posted, server::ReadSnapshot& truth) { posted.note(truth); });
        m_server.restore(m_backup);
        if (m_guests) m_guests->note_restored();
        each_posted([this](Posted& posted, server::ReadSnapshot& truth) {
            posted.note_restored(truth, m_backup_action);
            posted.note_age(m_server.clock.now_ms());
        });
        std::erase_if(m_deleted, [this](const auto& deletion) { return deletion.second > m_backup_action; });
    }

    // A day, longer than the journal, or longer than the tombstones are kept. Then the server does not know a repeat
    // any more either, so nobody may have an edit under way for so long.
    void let_time_pass() {
        constexpr std::array<DurationMs, 3> days = {1, 8, 95};
        const bool is_all_told =
            std::all_of(m_clients.begin(), m_clients.end(), [](const auto& client) { return client->has_told_all(); });
        each_posted([](Posted& posted, server::ReadSnapshot& truth) { posted.note(truth); });
        m_server.clock.advance(days[m_random.below(is_all_told ? days.size() : days.size() - 1)] * day_ms);
        m_server.write([this](server::WriteTransaction& writes) { writes.collect_garbage(m_server.clock.now_ms()); });
        each_posted([this](Posted& posted, server::ReadSnapshot& truth) {
            posted.note_forgotten(truth, m_report.actions);
            posted.note_age(m_server.clock.now_ms());
        });
    }

    void each_posted(const std::function<void(Posted&, server::ReadSnapshot&)>& visit) {
        const auto truth = m_server.repository->read();
        for (const auto& client : m_clients)
            for (Posted& posted : client->posted())
                visit(posted, *truth);
    }

    std::uint64_t an_operation() { return 1 + m_random.below(operations_until_death_max); }

    std::optional<Id> any_ticket() {
        std::vector<Id> tickets;
        m_server.repository->read()->each_row(Entity::ticket, [&](const Row& row) { tickets.push_back(row.id); });
        return tickets.empty() ? std::nullopt : std::optional(tickets[m_random.below(tickets.size())]);
    }

    // As an import or a colleague without a browser would do it.
    void edit_on_the_server() {
        if (const auto ticket = any_ticket()) assign_to_sam(*ticket);
    }

    // With all that hangs on it.
    void delete_on_the_server() {
        const auto ticket = any_ticket();
        if (!ticket || *ticket == id_of("ticketb")) return;
        std::vector<std::pair<Entity, Id>> rows = {{Entity::ticket, *ticket}};
        m_server.repository->read()->each_row_where(Entity::message, "ticket", Value{*ticket},
                                                    [&](const Row& row) { rows.push_back({row.entity, row.id}); });
        m_server.write([&](server::WriteTransaction& writes) {
            for (const auto& [entity, id] : rows)
                writes.remove(entity, id);
        });
        // Nobody knows whether it was done when the power went.
        if (m_server.repository->read()->row(Entity::ticket, *ticket)) return;
        for (const auto& row : rows)
            m_deleted[row] = m_report.actions, m_once_deleted.insert(row.second);
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
        m_server.calm();
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
        if (!m_report.problems.empty()) return false;
        for (const auto& client : m_clients)
            if (!client->is_quiet()) problem(client->user() + " is stuck: " + client->state());
        // Otherwise the invariants would go unchecked without a word.
        if (m_report.problems.empty()) problem("the clients never came to rest together");
        return false;
    }

    const Scenario m_scenario;
    SeededRandom m_random;
    SimulatedServer m_server;
    SimulatedNetwork m_network;
    std::unique_ptr<SimulatedFacts> m_facts;
    std::unique_ptr<SimulatedGuests> m_guests;
    std::vector<std::unique_ptr<SimulatedClient>> m_clients;
    Report m_report;
    int m_device = 0;
    std::size_t m_clones = 0;
    int m_backups = 0;
    std::string m_backup;
    std::int64_t m_backup_action = 0;
    // With the action that did it.
    std::map<std::pair<Entity, Id>, std::int64_t> m_deleted;
    std::set<Id> m_once_deleted;  // Even if a restore has brought it back.
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
