// A user at a device: the production client in one or more tabs of a browser, and what they did.
#pragma once

#include <catch2/catch_test_macros.hpp>
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
    std::optional<Deed> act_at_hand() {
        const auto latest = m_at_hand->snapshot();
        if (!latest->tickets || !latest->session || !latest->actions || !latest->integrations) return std::nullopt;
        if (!latest->sync->tray.empty() && m_random.chance(answer_share)) return answer(*latest->sync);
        if (latest->session->role == Role::integration_engineer) return engineer(*latest->integrations);
        if (latest->session->writes_actions && m_random.chance(review_share)) return review(*latest->session);
        if (latest->session->writes_actions && m_random.chance(promise_share))
            return promise(*latest->session, *latest->actions);
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

    // The user's own tickets that a screen showed once and no longer shows, though nobody refused them.
    const std::set<Id>& vanished() const { return m_vanished; }
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
    static constexpr Day first_due_day = 20'720;
    static constexpr Day reviewed_day = 20'400;
    static constexpr std::uint64_t reviewed_days = 40;
    // Of the deeds of those who keep action items, so that each kind of edit is a part of the mix.
    static constexpr double promise_share = 0.7;
    static constexpr double review_share = 0.15;
    // Of the deeds of those who have something in their tray.
    static constexpr double answer_share = 0.5;

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
        std::set<Id> kept, shown, refused;
        for (const vm::PendingEdit& edit : latest->sync->pending)
            kept.insert(edit.intent);
        for (const vm::TrayEntry& entry : latest->sync->tray)
            refused.insert(entry.intent);
        if (latest->tickets)
            for (const vm::TicketBrief& brief : latest->tickets->rows)
                shown.insert(brief.id);
        if (tab.has_opened() && !tab.is_in_memory() && !latest->sync->epoch.empty())
            m_come_back.merge(note_tray(m_posted, refused));
        const bool is_durable = !tab.is_in_memory();
        const bool is_whole = is_durable && latest->tickets && latest->sync->phase != vm::SyncPhase::first_load;
        for (Posted& posted : m_posted) {
            if (!is_durable && posted.tab == tab.number() && posted.keeping == Posted::Keeping::unknown)
                posted.keeping = Posted::Keeping::in_doubt;
            const bool is_kept = kept.contains(posted.intent) || refused.contains(posted.intent);
            if (is_durable && is_kept) posted.keeping = Posted::Keeping::kept;
            if (posted.entity != Entity::ticket || posted.row.empty() || !is_whole) continue;
            const bool is_shown = shown.contains(posted.row);
            // Across the end of a program, too, where it was kept; a tab that gets the place as the program ends, or
            // from one that stands still, has opened nothing yet.
            const bool has_opened = tab.has_opened() && !m_browser.disk().is_down();
            const bool was_seen = tab.seen.contains(posted.row) || (has_opened && m_kept_in_sight.contains(posted.row));
            const bool is_refused = refused.contains(posted.intent) || posted.is_answered();
            if (was_seen && !is_shown && !is_refused && !posted.is_in_doubt()) m_vanished.insert(posted.row);
            if (is_shown) tab.seen.insert(posted.row);
            if (is_shown && tab.has_opened() && posted.keeping == Posted::Keeping::kept)
                m_kept_in_sight.insert(posted.row);
        }
    }

    void post(vm::Intent intent) {
        m_posted.back().tab = m_at_hand->number();
        m_at_hand->post(std::move(intent));
    }
    Id new_id() { return make_id(m_browser.clock.now_ms(), m_random); }

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

    // In the conversation, which stays open.
    void reply(const vm::TicketBrief& brief) {
        vm::TicketsQuery opened;
        opened.tab = vm::TicketTab::all;
        opened.selected = brief.id;
        m_at_hand->post(vm::ShowScreen{opened});
        vm::ReplyToTicket intent;
        intent.intent = new_id();
        intent.message = new_id();
        intent.ticket = brief.id;
        intent.body = "Answer " + std::to_string(m_posted.size());
        m_posted.push_back({intent.intent, intent.message, Entity::message});
        m_posted.back().about = brief.id;
        post(intent);
    }

    Deed answer(const vm::SyncPart& sync) {
        const vm::TrayEntry& entry = sync.tray[m_random.below(sync.tray.size())];
        const vm::AnswerTray say{entry.intent, new_id(), static_cast<vm::TrayAnswer>(m_random.below(3))};
        const std::set<Id> rows = note_answer(m_posted, entry, say);
        // They were shown, and are not until the answer has come to every tab.
        const auto is_answered = [&](const Id& row) { return rows.contains(row); };
        for (const auto& tab : m_browser.tabs())
            std::erase_if(tab->seen, is_answered);
        std::erase_if(m_kept_in_sight, is_answered);
        if (say.answer == vm::TrayAnswer::reapply_mine) m_posted.back().tab = m_at_hand->number();
        m_at_hand->post(say);
        return Deed::answered;
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
        m_posted.back().about = brief.id;
        post(intent);
    }

    std::optional<Deed> promise(const vm::SessionPart& session, const vm::ActionsPart& actions) {
        if (session.practices.empty()) return std::nullopt;
        const bool adds = actions.rows.empty() || m_random.below(3) == 0;
        if (adds) {
            const Id& practice = session.practices[m_random.below(session.practices.size())].id;
            const vm::AddAction add{
                new_id(), new_id(),
                practice, {"Promise " + std::to_string(m_posted.size()), "", session.user, first_due_day},
                {},       {}};
            m_posted.push_back({add.intent, add.action, Entity::action_item});
            post(add);
            return Deed::promised;
        }
        const vm::ActionBrief& brief = actions.rows[m_random.below(actions.rows.size())];
        if (m_random.below(2) == 0) {
            const vm::MarkAction mark{new_id(), brief.id, brief.group != vm::ActionGroup::done};
            m_posted.push_back({mark.intent, {}, Entity::action_item});
            m_posted.back().about = brief.id;
            post(mark);
            return Deed::marked;
        }
        vm::EditAction change{new_id(), brief.id, {brief.title, "", brief.owner, brief.due_on}, {}};
        change.wanted = change.seen;
        if (m_random.below(2) == 0)
            change.wanted.title = "Promise, worded anew " + change.intent;  // Unlike everybody else's.
        else
            change.wanted.due_on += static_cast<Day>(1 + m_random.below(9));
        m_posted.push_back({change.intent, {}, Entity::action_item});
        m_posted.back().about = brief.id;
        post(change);
        return Deed::promise_changed;
    }

    // A day that somebody else may look at, too; sometimes one's own word is taken back, or said anew.
    std::optional<Deed> review(const vm::SessionPart& session) {
        if (session.locations.empty()) return std::nullopt;
        vm::ReviewDeposit say;
        say.intent = new_id();
        if (!m_reviews.empty() && m_random.below(2) == 0) {
            say = m_reviews[m_random.below(m_reviews.size())];
            say.intent = new_id();
            say.seen = say.wanted;
            say.wanted.reviewed = !say.wanted.reviewed;
        } else {
            say.location = session.locations[m_random.below(session.locations.size())].id;
            say.day = reviewed_day + static_cast<Day>(m_random.below(reviewed_days));
            say.wanted = {50'000, 25'000, true, "Found " + std::to_string(m_posted.size())};
        }
        m_reviews.push_back(say);
        m_posted.push_back({say.intent, {}, Entity::deposit_review});
        post(say);
        return Deed::reviewed;
    }

    std::optional<Deed> engineer(const vm::IntegrationsPart& integrations) {
        if (integrations.rows.empty()) return std::nullopt;
        const vm::IntegrationBrief& brief = integrations.rows[m_random.below(integrations.rows.size())];
        if (m_random.below(2) == 0) {
            vm::SetBlocker block{new_id(), brief.id, {brief.blocked, brief.blocked_reason, brief.blocked_owner}, {}};
            if (!brief.blocked)
                block.wanted = {true, "No keys " + std::to_string(m_posted.size()), server::test::id_of(user())};
            m_posted.push_back({block.intent, {}, Entity::integration});
            m_posted.back().about = brief.id;
            post(block);
            return Deed::blocked;
        }
        // Mostly the next stage or back to certification, sometimes one that no rule allows.
        vm::MoveIntegration move{new_id(), brief.id, brief.stage, IntegrationStage::discovery};
        const auto next = (static_cast<std::uint64_t>(brief.stage) + 1 + m_random.below(5) / 4) % 12;
        move.to = static_cast<IntegrationStage>(next);
        if (brief.stage == IntegrationStage::live && m_random.below(2) == 0) move.to = IntegrationStage::certification;
        m_posted.push_back({move.intent, {}, Entity::integration});
        m_posted.back().about = brief.id;
        post(move);
        return Deed::staged;
    }

    SimulatedNetwork& m_network;
    SimulatedBrowser m_browser;
    SeededRandom& m_random = m_browser.random;
    SimulatedTab* m_at_hand = nullptr;  // In which the user acts.
    std::vector<Posted> m_posted;
    std::vector<vm::ReviewDeposit> m_reviews;
    bool m_has_twin = false;
    std::set<Id> m_vanished, m_come_back;
    std::set<Id> m_kept_in_sight;  // Rows that the owner's screen has shown.
};

}  // namespace portal::sim
