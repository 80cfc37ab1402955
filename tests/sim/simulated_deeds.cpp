// What a simulated user does, by what their screen shows.
#include "shared/rules/deposits.hpp"
#include "tests/sim/simulated_client.hpp"
#include "tests/sim/simulated_facts.hpp"

namespace portal::sim {
namespace {

constexpr Day first_due_day = 20'720;
// Of the deeds of those who keep action items, so that each kind of edit is a part of the mix.
constexpr double lead_share = 0.2, review_share = 0.2, promise_share = 0.8;
// Of the deeds of those who have something in their tray.
constexpr double answer_share = 0.7;
// Of those who do anything.
constexpr double look_share = 0.5;

// What nobody else says. No digits, which might be taken for somebody's number.
std::string unlike_others(std::string_view words, const Id& intent) {
    std::string text(words);
    for (const char letter : intent)
        text += letter >= '0' && letter <= '9' ? static_cast<char>(letter - '0' + 'a') : letter;
    return text;
}

}  // namespace

std::optional<Deed> SimulatedClient::act_on(const vm::Snapshot& latest) {
    if (!latest.tickets || !latest.session || !latest.actions || !latest.integrations) return std::nullopt;
    const vm::SessionPart& session = *latest.session;
    if (m_random.chance(look_share)) look_around(latest);
    if (!latest.sync->tray.empty() && m_random.chance(answer_share)) return answer(*latest.sync);
    if (session.role == Role::integration_engineer) return engineer(*latest.integrations);
    const bool reviews = session.writes_actions || session.role == Role::practice_admin;
    if (session.takes_leads && m_random.chance(lead_share)) return send_lead();
    if (reviews && m_random.chance(review_share)) return review(latest);
    if (session.writes_actions && m_random.chance(promise_share)) return promise(session, *latest.actions);
    const auto deed = static_cast<Deed>(m_random.below(3));
    if (deed == Deed::filed) return file_ticket(session) ? std::optional(deed) : std::nullopt;
    if (latest.tickets->rows.empty()) return std::nullopt;
    const vm::TicketBrief& brief = latest.tickets->rows[m_random.below(latest.tickets->rows.size())];
    if (deed == Deed::replied)
        reply(brief);
    else
        move(brief);
    return deed;
}

bool SimulatedClient::file_ticket(const vm::SessionPart& session) {
    if (!session.may_file_tickets || session.locations.empty()) return false;
    vm::FileTicket intent;
    intent.intent = new_id();
    intent.ticket = new_id();
    intent.location = session.locations[m_random.below(session.locations.size())].id;
    intent.subject = unlike_others("Checks fail ", intent.intent);
    intent.description = "Since this morning";
    m_posted.push_back({intent.intent, intent.ticket, Entity::ticket});
    m_posted.back().says = intent.subject;
    post(intent);
    return true;
}

// In the conversation, which stays open.
void SimulatedClient::reply(const vm::TicketBrief& brief) {
    show_tickets(brief.id);
    vm::ReplyToTicket intent;
    intent.intent = new_id();
    intent.message = new_id();
    intent.ticket = brief.id;
    intent.body = unlike_others("Answer ", intent.intent);
    m_posted.push_back({intent.intent, intent.message, Entity::message});
    m_posted.back().about = brief.id;
    m_posted.back().says = intent.body;
    post(intent);
}

Deed SimulatedClient::answer(const vm::SyncPart& sync) {
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

void SimulatedClient::move(const vm::TicketBrief& brief) {
    vm::MoveTicket intent;
    intent.intent = new_id();
    intent.ticket = brief.id;
    intent.from = brief.state;
    // Mostly the next state, sometimes one that no rule allows.
    const auto next = (static_cast<std::uint64_t>(brief.state) + 1 + m_random.below(2)) % 7;
    intent.to = static_cast<TicketState>(next);
    m_posted.push_back({intent.intent, {}, Entity::ticket});
    m_posted.back().about = brief.id;
    m_posted.back().says = text_of(intent.to);
    post(intent);
}

std::optional<Deed> SimulatedClient::promise(const vm::SessionPart& session, const vm::ActionsPart& actions) {
    if (session.practices.empty()) return std::nullopt;
    const bool adds = actions.rows.empty() || m_random.below(5) < 2;
    if (adds) {
        const Id& practice = session.practices[m_random.below(session.practices.size())].id;
        vm::AddAction add{new_id(), new_id(), practice, {"", "", session.user, first_due_day}, {}, {}};
        add.values.title = unlike_others("Promise ", add.intent);
        m_posted.push_back({add.intent, add.action, Entity::action_item});
        m_posted.back().says = add.values.title;
        post(add);
        return Deed::promised;
    }
    const vm::ActionBrief& brief = actions.rows[m_random.below(actions.rows.size())];
    if (m_random.below(2) == 0) {
        const vm::MarkAction mark{new_id(), brief.id, brief.group != vm::ActionGroup::done};
        m_posted.push_back({mark.intent, {}, Entity::action_item});
        m_posted.back().about = brief.id;
        m_posted.back().says = mark.done ? "1" : "0";
        post(mark);
        return Deed::marked;
    }
    vm::EditAction change{new_id(), brief.id, {brief.title, "", brief.owner, brief.due_on}, {}};
    change.wanted = change.seen;
    if (m_random.below(2) == 0)
        change.wanted.title = unlike_others("Promise, worded anew ", change.intent);
    else
        change.wanted.due_on += static_cast<Day>(1 + m_random.below(9));
    m_posted.push_back({change.intent, {}, Entity::action_item});
    m_posted.back().about = brief.id;
    m_posted.back().says =
        change.wanted.title == change.seen.title ? std::to_string(change.wanted.due_on) : change.wanted.title;
    post(change);
    return Deed::promise_changed;
}

// A tab's next owner knows the last screen that it showed, and so do the checks: the tickets are always that.
void SimulatedClient::show_tickets(const Id& selected) {
    vm::TicketsQuery opened;
    opened.tab = vm::TicketTab::all;
    opened.selected = selected;
    m_at_hand->post(vm::ShowScreen{opened});
}

void SimulatedClient::show_deposit(const Id& location, Day day) {
    m_at_hand->post(vm::ShowScreen{vm::DepositsQuery{.selected = location, .day = day}});
}

// At a deposit and a conversation, about which somebody else may have said something; they stay open.
void SimulatedClient::look_around(const vm::Snapshot& latest) {
    const auto& locations = latest.session->locations;
    if (latest.session->sees_deposits && !locations.empty())
        show_deposit(locations[m_random.below(locations.size())].id,
                     first_deposit_day + static_cast<Day>(m_random.below(std::uint64_t{deposit_days})));
    const auto& tickets = latest.tickets->rows;
    show_tickets(tickets.empty() ? Id() : tickets[m_random.below(tickets.size())].id);
}

// Of the day that is open, by what is shown of it; one's own word once more, whatever has become of it; or of a day
// that nobody has looked at here.
std::optional<Deed> SimulatedClient::review(const vm::Snapshot& latest) {
    const auto& locations = latest.session->locations;
    if (locations.empty()) return std::nullopt;
    vm::ReviewDeposit say;
    const std::uint64_t kind = m_random.below(3);
    if (kind == 0 && latest.deposits && latest.deposits->detail) {
        const vm::DepositDetail& open = *latest.deposits->detail;
        say.location = open.line.location, say.day = open.line.day, say.seen = open.review;
        say.wanted = {open.line.expected_cents, open.line.deposited_cents, !open.review || !open.review->reviewed, ""};
    } else if (kind == 1 && !m_reviews.empty()) {
        say = m_reviews[m_random.below(m_reviews.size())];
        say.seen = say.wanted;
        say.wanted.reviewed = !say.wanted.reviewed;
    } else {
        say.location = locations[m_random.below(locations.size())].id;
        say.day = first_deposit_day + static_cast<Day>(m_random.below(std::uint64_t{deposit_days}));
        say.wanted = {50'000, 25'000, true, ""};
    }
    say.intent = new_id();
    say.wanted.note = unlike_others("Found ", say.intent);
    show_deposit(say.location, say.day);
    m_reviews.push_back(say);
    m_posted.push_back({say.intent, {}, Entity::deposit_review});
    m_posted.back().about = deposit_review_id(say.location, say.day);
    m_posted.back().says = say.wanted.note;
    post(say);
    show_tickets({});
    return Deed::reviewed;
}

// Sometimes twice, as from two tabs that have the machine's text before them: it is one edit.
Deed SimulatedClient::send_lead() {
    vm::Lead lead{"Practice", "Somebody", "somebody@example.com", "", new_id()};
    lead.note = unlike_others("Call ", lead.id);
    m_posted.push_back({lead.id, lead.id, Entity::prospect});
    m_posted.back().says = lead.note;
    post(vm::SendLead{lead});
    if (m_random.below(2) == 0) post(vm::SendLead{lead});
    return Deed::lead_sent;
}

std::optional<Deed> SimulatedClient::engineer(const vm::IntegrationsPart& integrations) {
    if (integrations.rows.empty()) return std::nullopt;
    const vm::IntegrationBrief& brief = integrations.rows[m_random.below(integrations.rows.size())];
    if (m_random.below(2) == 0) {
        vm::SetBlocker block{new_id(), brief.id, {brief.blocked, brief.blocked_reason, brief.blocked_owner}, {}};
        if (!brief.blocked) block.wanted = {true, unlike_others("No keys ", block.intent), server::test::id_of(user())};
        m_posted.push_back({block.intent, {}, Entity::integration});
        m_posted.back().about = brief.id;
        m_posted.back().says = brief.blocked ? "0" : block.wanted.reason;
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
    m_posted.back().says = text_of(move.to);
    post(move);
    return Deed::staged;
}

}  // namespace portal::sim
