// A user at a device: the production client in one or more tabs of a browser, and what they did.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/store/outbox.hpp"
#include "app/vm/archive.hpp"
#include "tests/sim/simulated_browser.hpp"
#include "tests/sim/tray_answers.hpp"

namespace portal::sim {

class SimulatedClient {
  public:
    SimulatedClient(SimulatedNetwork& network, const std::string& user, int device, std::size_t tabs = 1)
        : m_network(network), m_browser(network, user, static_cast<std::uint64_t>(device), tabs) {
        start();
    }

    // A copy of that device's profile, which stands still meanwhile.
    explicit SimulatedClient(SimulatedClient& other)
        : m_network(other.m_network), m_browser((other.m_browser.close(), other.m_browser)) {
        m_has_twin = other.m_has_twin = true;
        other.m_browser.open();
        start();
    }

    const std::string& user() const { return m_browser.user(); }
    const std::vector<Posted>& posted() const { return m_posted; }
    // Copied, or a copy: each offers again what both remember, in its own time.
    bool has_twin() const { return m_has_twin; }
    std::vector<Posted>& posted() { return m_posted; }
    // What the client found wrong with the server's answers.
    const std::vector<std::string>& troubles() const { return m_browser.troubles; }
    std::shared_ptr<const vm::Snapshot> snapshot() const { return m_browser.owner().snapshot(); }
    SimulatedBrowser& browser() { return m_browser; }

    void step() {
        const std::int64_t pushes_answered = m_network.pushes_answered();
        m_browser.step();
        if (m_network.plant() == Plant::overlay_dropped && m_network.pushes_answered() > pushes_answered) restart();
        note_what_is_shown();
        note_what_waits();
        if (m_browser.disk().is_down()) return m_browser.come_back();
        m_browser.sign_in_again();
    }

    void restart() {
        m_browser.close();
        m_browser.open();
    }

    // The program or its device ends at that write, sync or deletion from now on.
    void die_at(std::uint64_t operation, SimulatedDisk::Death death) {
        m_browser.set_death(death);
        m_browser.disk().light_fuse(operation);
    }
    // From such a death.
    bool has_come_back() const { return m_browser.disk().recoveries() > 0; }
    void set_full(bool is_full) { m_browser.disk().set_full(is_full); }
    // Whether any byte of the device says so.
    bool holds(std::string_view text) const { return m_browser.disk().holds(text); }
    bool is_full() const { return m_browser.disk().is_full(); }
    // While it is closed, something else writes into its database.
    void spoil(std::size_t place, std::string_view bytes) {
        const auto file = m_browser.disk().find(m_browser.path());
        REQUIRE(file);
        file->content.write(place, bytes);
        file->content.settle();
    }
    // From now on there is power and room, nobody stands still, and what could not be opened is opened again.
    void calm() {
        m_browser.disk().light_fuse(0);
        set_full(false);
        rouse();
        std::vector<SimulatedTab*> in_memory;
        for (const auto& tab : m_browser.tabs()) {
            tab->post(vm::SetOffline{false});
            if (tab->is_in_memory()) in_memory.push_back(tab.get());
        }
        for (SimulatedTab* tab : in_memory)
            m_browser.replace(*tab);
    }

    // The browser takes everything away; what was on its way only here is lost, as it tells the user.
    void evict() {
        m_browser.clear();
        m_posted.clear();
        m_vanished.clear();
        m_come_back.clear();
        m_kept_in_sight.clear();
        m_browser.open();
    }

    void jump(DurationMs by_ms) { m_browser.clock.jump(by_ms); }
    void set_offline(bool offline) { m_browser.owner().post(vm::SetOffline{offline}); }

    // ---- Tabs ----
    bool has_tabs() const { return m_browser.tabs().size() > 1; }
    // Somebody could wish something of an owner that listens.
    bool may_wish() const { return m_browser.follower() && !m_browser.owner().is_frozen(); }
    // Of what the owner was wished it has told nobody; it may have stored that, or not even heard of it.
    enum class Moment : std::uint8_t { before_commit, after_commit };
    void lose_owner(Moment moment) {
        SimulatedTab& owner = m_browser.owner();
        m_at_hand = m_browser.follower();
        for (int attempt = 0; attempt < wishes_tried_max && !act_at_hand(); ++attempt) {
        }
        m_browser.run(*m_at_hand);
        if (moment == Moment::after_commit) {
            owner.hear(Patience::none);
            m_browser.run(owner);
            note_what_is_shown();
            // Its death by another cause has come first.
            if (m_browser.disk().is_down()) return m_browser.come_back();
            owner.lose_words();
        }
        m_browser.replace(owner);
    }
    void close_owner() { m_browser.replace(m_browser.owner()); }
    void close_follower() { m_browser.replace(*m_browser.follower()); }
    // What their users do first comes before anything else that those tabs do.
    void wake_who_slept_enough() {
        for (const auto& tab : m_browser.tabs()) {
            if (!tab->has_slept_enough()) continue;
            m_at_hand = tab.get();
            (void)act_at_hand();
        }
    }
    void hide_owner() {
        for (const auto& tab : m_browser.tabs())
            tab->set_visible(tab.get() != &m_browser.owner());
    }
    // All go on and are seen.
    void rouse() {
        for (const auto& tab : m_browser.tabs()) {
            tab->thaw();
            tab->set_visible(true);
        }
    }

    // Nothing where there is nothing to do, or not yet.
    std::optional<Deed> act() {
        std::vector<SimulatedTab*> in_use;
        for (const auto& tab : m_browser.tabs())
            if (tab->is_in_use()) in_use.push_back(tab.get());
        if (in_use.empty()) return std::nullopt;
        m_at_hand = in_use[m_random.below(in_use.size())];
        return act_at_hand();
    }
    std::optional<Deed> act_at_hand() { return act_on(*m_at_hand->snapshot()); }

    bool is_quiet() const {
        return std::all_of(m_browser.tabs().begin(), m_browser.tabs().end(), [](const auto& tab) {
            const auto latest = tab->snapshot();
            return latest->sync->phase == vm::SyncPhase::current && latest->sync->pending_count == 0;
        });
    }

    // As far as anybody can see from outside.
    bool has_told_all() const {
        const bool is_all_stored = std::none_of(m_posted.begin(), m_posted.end(), [](const Posted& posted) {
            return posted.keeping == Posted::Keeping::unknown;
        });
        return is_all_stored && std::all_of(m_browser.tabs().begin(), m_browser.tabs().end(), [](const auto& tab) {
                   const auto latest = tab->snapshot();
                   return !latest->sync->epoch.empty() && latest->sync->pending_count == 0;
               });
    }

    // Told that it has been away too long, though it has spoken with the server since it started.
    bool mistakes_the_time() const {
        const auto latest = snapshot();
        const bool is_over =
            m_network.server().clock.now_ms() - latest->sync->last_exchange_ms > limits::offline_lease_days * day_ms;
        return latest->sync->problem == vm::LocalProblem::lease_ended && !is_over &&
               latest->sync->last_exchange_ms > m_browser.opened_ms();
    }

    std::string state() const {
        std::string words;
        for (const auto& tab : m_browser.tabs()) {
            const auto sync = tab->snapshot()->sync;
            words.append(words.empty() ? "" : "; ").append(tab->owns() ? "owner, " : "");
            words += "phase " + std::to_string(static_cast<int>(sync->phase)) + ", problem " +
                     std::string(vm::name_of(sync->problem)) + ", " + std::to_string(sync->pending_count) +
                     " edits wait";
        }
        if (!troubles().empty()) words += ", last trouble: " + troubles().back();
        return words;
    }

    // The tabs that show something that they have not shown before.
    std::vector<SimulatedTab*> take_published() {
        std::vector<SimulatedTab*> published;
        for (const auto& tab : m_browser.tabs())
            if (const auto latest = tab->snapshot(); std::exchange(tab->looked_at, latest) != latest)
                published.push_back(tab.get());
        return published;
    }
    // A tab's number that has gone back.
    bool has_gone_back() {
        return std::any_of(m_browser.tabs().begin(), m_browser.tabs().end(),
                           [](const auto& tab) { return sim::has_gone_back(*tab->snapshot()->sync, tab->last_shown); });
    }

    // The user's own tickets and leads that a screen showed once and no longer shows, though nobody refused them.
    const std::set<Id>& vanished() const { return m_vanished; }
    // Edits that wait and apply, and whose rows the screen shows otherwise.
    const std::set<Id>& unlike_said() const { return m_unlike_said; }
    // How often such a row was looked at.
    std::int64_t waiting_seen() const { return m_waiting_seen; }
    // Edits that are in the tray again after their user's answer had taken them out of it.
    const std::set<Id>& come_back() const { return m_come_back; }

    // What its tabs show unlike each other, when all is quiet. Sentences.
    std::vector<std::string> differences() const {
        std::vector<std::string> found;
        const auto shown = [](const SimulatedTab& tab) { return vm::to_archive(tab.snapshot()->tickets->rows); };
        for (const auto& tab : m_browser.tabs())
            if (shown(*tab) != shown(m_browser.owner()))
                found.push_back("two tabs of " + user() + " show other tickets");
        return found;
    }

    // Closes the client and opens its replica for looking.
    std::unique_ptr<store::Replica> take_replica() {
        m_browser.close();
        db::OpenOptions options;
        options.path = m_browser.path();
        options.vfs = m_browser.disk().vfs();
        options.sharing = db::Sharing::exclusive;
        auto replica = store::Replica::open(options);
        REQUIRE(replica.has_value());
        return std::move(*replica);
    }

  private:
    static constexpr int wishes_tried_max = 5;
    void start() {
        m_browser.ends = [this](const SimulatedTab& tab) { note_end_of(tab); };
        m_browser.open();
    }

    // Of what its user did there, only what was stored is still known to anybody.
    void note_end_of(const SimulatedTab& tab) {
        note_told();
        for (Posted& posted : m_posted)
            if (posted.tab == tab.number() && posted.keeping == Posted::Keeping::unknown)
                posted.keeping = Posted::Keeping::in_doubt;
    }

    // What the server knows has been stored here before.
    void note_told() {
        std::unique_ptr<server::ReadSnapshot> truth;
        for (Posted& posted : m_posted) {
            if (posted.keeping != Posted::Keeping::unknown) continue;
            if (!truth) truth = m_network.server().repository->read();
            if (truth->mutation(posted.intent)) posted.keeping = Posted::Keeping::kept;
        }
    }

    // What was done in a tab that follows is its to remember until somebody shows it as kept.
    void note_what_is_shown() {
        const bool is_safe = !m_browser.disk().is_down() && !m_browser.disk().is_full();
        for (const auto& tab : m_browser.tabs())
            note_screen(*tab);
        for (Posted& posted : m_posted) {
            if (posted.keeping != Posted::Keeping::unknown) continue;
            const SimulatedTab& owner = m_browser.owner();
            if (!is_safe || (posted.tab == owner.number() && owner.is_in_memory()))
                posted.keeping = Posted::Keeping::in_doubt;
            else if (posted.tab == owner.number() && owner.owns() && !owner.is_frozen())
                posted.keeping = Posted::Keeping::kept;
        }
        note_told();
    }

    // Memory promises nothing, and says so.
    void note_screen(SimulatedTab& tab) {
        const auto latest = tab.snapshot();
        std::set<Id> kept, refused;
        for (const vm::PendingEdit& edit : latest->sync->pending)
            kept.insert(edit.intent);
        for (const vm::TrayEntry& entry : latest->sync->tray)
            refused.insert(entry.intent);
        const std::map<Entity, ShownRows> shown = {{Entity::ticket, rows_on(*latest, Entity::ticket)},
                                                   {Entity::prospect, rows_on(*latest, Entity::prospect)}};
        if (tab.has_opened() && !tab.is_in_memory() && !latest->sync->epoch.empty())
            m_come_back.merge(note_tray(m_posted, refused));
        const bool is_durable = !tab.is_in_memory();
        const bool is_whole =
            is_durable && latest->tickets && latest->overview && latest->sync->phase != vm::SyncPhase::first_load;
        // What a replaced owner had stored beyond the copy comes from its files, once it lets go of them; and who has
        // followed it may hear of the copy before that.
        const bool follows_another = !tab.owns() && latest->sync->client != tab.last_shown.client;
        const bool may_lack = m_browser.has_former() || (m_browser.replacements() > 0 && follows_another);
        for (Posted& posted : m_posted) {
            if (!is_durable && posted.tab == tab.number() && posted.keeping == Posted::Keeping::unknown)
                posted.keeping = Posted::Keeping::in_doubt;
            const bool is_kept = kept.contains(posted.intent) || refused.contains(posted.intent);
            if (is_durable && is_kept) posted.keeping = Posted::Keeping::kept;
            const auto rows = shown.find(posted.entity);
            if (rows == shown.end() || posted.row.empty() || !is_whole) continue;
            const bool is_shown = rows->second.contains(posted.row);
            // Across the end of a program, too, where it was kept; a tab that gets the place as the program ends, or
            // from one that stands still, has opened nothing yet.
            const bool has_opened = tab.has_opened() && !m_browser.disk().is_down();
            const bool was_seen = tab.seen.contains(posted.row) || (has_opened && m_kept_in_sight.contains(posted.row));
            const bool is_refused = refused.contains(posted.intent) || posted.is_answered();
            if (!is_shown && may_lack) tab.seen.erase(posted.row), m_kept_in_sight.erase(posted.row);
            if (was_seen && !is_shown && !is_refused && !posted.is_in_doubt() && !may_lack)
                m_vanished.insert(posted.row);
            if (is_shown) tab.seen.insert(posted.row);
            if (is_shown && tab.has_opened() && posted.keeping == Posted::Keeping::kept)
                m_kept_in_sight.insert(posted.row);
        }
    }

    // What the user has done to a row here and nobody else has answered yet is what the owner's screen shows of it.
    void note_what_waits() {
        const SimulatedTab& owner = m_browser.owner();
        if (m_has_twin || m_browser.disk().is_down() || !owner.has_opened() || !owner.is_in_use()) return;
        const auto latest = owner.snapshot();
        std::map<Id, std::vector<const Posted*>> waiting;  // By the rows that they are of.
        std::set<Id> waits, applies;
        for (const vm::PendingEdit& edit : latest->sync->pending) {
            waits.insert(edit.intent);
            if (!edit.may_conflict) applies.insert(edit.intent);
        }
        for (const Posted& posted : m_posted)
            if (waits.contains(posted.intent)) waiting[posted.changed_row()].push_back(&posted);
        for (const auto& [id, edits] : waiting) {
            const Posted& posted = *edits.front();
            // Of several the last one is what is seen, and tabs are heard in no order.
            if (edits.size() > 1 || posted.says.empty() || !applies.contains(posted.intent)) continue;
            const ShownRows rows = rows_on(*latest, posted.entity);
            const auto row = rows.find(id);
            if (row != rows.end() && !has_field(row->second, posted.says)) m_unlike_said.insert(posted.intent);
            if (row != rows.end()) ++m_waiting_seen;
        }
    }

    void post(vm::Intent intent) {
        m_posted.back().tab = m_at_hand->number();
        m_at_hand->post(std::move(intent));
    }
    Id new_id() { return make_id(m_browser.clock.now_ms(), m_random); }

    // ---- What they do: simulated_deeds.cpp ----
    std::optional<Deed> act_on(const vm::Snapshot& latest);
    bool file_ticket(const vm::SessionPart& session);
    void reply(const vm::TicketBrief& brief);
    Deed answer(const vm::SyncPart& sync);
    void move(const vm::TicketBrief& brief);
    std::optional<Deed> promise(const vm::SessionPart& session, const vm::ActionsPart& actions);
    void show_tickets(const Id& selected);
    void show_deposit(const Id& location, Day day);
    void look_around(const vm::Snapshot& latest);
    std::optional<Deed> review(const vm::Snapshot& latest);
    Deed send_lead();
    std::optional<Deed> engineer(const vm::IntegrationsPart& integrations);

    SimulatedNetwork& m_network;
    SimulatedBrowser m_browser;
    SeededRandom& m_random = m_browser.random;
    SimulatedTab* m_at_hand = nullptr;  // In which the user acts.
    std::vector<Posted> m_posted;
    std::vector<vm::ReviewDeposit> m_reviews;
    bool m_has_twin = false;
    std::set<Id> m_vanished, m_come_back, m_unlike_said;
    std::int64_t m_waiting_seen = 0;
    std::set<Id> m_kept_in_sight;  // Rows that the owner's screen has shown.
};

}  // namespace portal::sim
