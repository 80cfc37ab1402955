// What the page shows in place of a screen, or above it: loading, ended sessions, lost copies, places that are not
// there; and what this device has beside the rows.
#include "app/shell/shell.hpp"
#include "app/shell/waiting_leads.hpp"
#include "app/ui/layout.hpp"
#include "app/views/choose_role_view.hpp"
#include "app/views/wording.hpp"
#include "app/vm/route.hpp"
#include "app/vm/vocabulary.hpp"
#include "shared/tenant/demo_accounts.hpp"

namespace portal::shell {

using vm::Word;

namespace {

bool is_unusable(vm::SyncPhase phase) {
    return phase == vm::SyncPhase::failed || phase == vm::SyncPhase::reload_needed;
}

}  // namespace

Shell::State Shell::state_now() const {
    const vm::SyncPhase phase = m_snapshot->sync ? m_snapshot->sync->phase : vm::SyncPhase::starting;
    if (is_unusable(phase)) return State::unusable;
    if (!m_snapshot->session) return phase == vm::SyncPhase::signed_out ? State::signed_out : State::first_load;
    if (!m_query) return State::unknown_route;
    const vm::SessionPart& session = *m_snapshot->session;
    const bool hidden = (std::holds_alternative<vm::FinancingQuery>(*m_query) && !session.sees_financing) ||
                        (std::holds_alternative<vm::TicketsQuery>(*m_query) && !session.sees_tickets) ||
                        (std::holds_alternative<vm::ActionsQuery>(*m_query) && !session.sees_actions) ||
                        (std::holds_alternative<vm::DepositsQuery>(*m_query) && !session.sees_deposits) ||
                        (std::holds_alternative<vm::SqlQuery>(*m_query) && !session.sees_sql);
    return hidden ? State::no_permission : State::screen;
}

void Shell::look_at_kept_copy() {
    if (!m_kept_copy.look(*m_snapshot)) return;
    m_shows_lost_copy = true;
    m_window.announce(vm::say(m_preferences.language, Word::lost_copy_title), true);
}

// The demo itself sends nothing.
void Shell::look_at_waiting_leads() {
    if (!m_demo_account) m_overview.waiting_leads.leads = leads_to_send(m_window, *m_snapshot, *this);
}

void Shell::draw_state(const views::ViewContext& context, State state) {
    switch (state) {
        case State::unusable: {
            const vm::SyncPart& sync = *m_snapshot->sync;
            const bool reload = sync.phase == vm::SyncPhase::reload_needed;
            const std::string safe(
                context.say(sync.problem == vm::LocalProblem::none ? Word::failed_body : vm::word_of(sync.problem)));
            if (ui::error_state("unusable", context.say(reload ? Word::update_ready : Word::failed_title), safe,
                                context.say(Word::reload)))
                m_page.leave_to = "/";
            break;
        }
        case State::signed_out:
            if (m_demo_account) {
                draw_role_choice(context);
                break;
            }
            if (ui::error_state("signed_out", context.say(Word::signed_out_title), context.say(Word::signed_out_body),
                                context.say(Word::sign_in)))
                m_page.leave_to = "/sign-in";
            break;
        case State::unknown_route:
            if (ui::error_state("unknown", context.say(Word::unknown_route_title),
                                context.say(Word::unknown_route_body), context.say(Word::unknown_route_action)))
                emit(vm::ShowScreen{vm::OverviewQuery{}});
            break;
        case State::no_permission:
            ui::no_permission_state(context.say(Word::no_permission_title), context.say(Word::no_permission_body));
            break;
        case State::first_load:
        case State::screen:
            draw_first_load(context);
            break;
    }
}

void Shell::draw_role_choice(const views::ViewContext& context) {
    const bool spanish = m_preferences.language == vm::Language::spanish;
    std::vector<views::RoleChoice> choices;
    for (const tenant::DemoAccount& account : tenant::demo_accounts())
        choices.push_back({account.key, account.name, spanish ? account.sees_es : account.sees, account.role});
    if (const auto chosen = views::choose_role_view(context, choices))
        m_page.leave_to = vm::sign_in_route(*chosen, vm::route_of(m_query.value_or(vm::OverviewQuery{})));
    if (m_stage) m_stage->draw_entry(context);
}

// The session ended while there is something to read: it stays readable.
void Shell::draw_signed_out_strip(const views::ViewContext& context) {
    if (m_snapshot->sync->phase != vm::SyncPhase::signed_out) return;
    const ui::BannerOptions strip{.tone = ui::Tone::warn,
                                  .cause = context.say(Word::signed_out_title),
                                  .evidence = context.say(Word::signed_out_body),
                                  .action_label = context.say(Word::sign_in)};
    if (ui::banner("signed_out", strip) == ui::BannerEvent::acted) m_page.leave_to = "/sign-in";
    ui::space_below(ui::space::large);
}

// Until it is answered; the sync screen goes on telling it, with all that is known.
void Shell::draw_lost_copy_strip(const views::ViewContext& context) {
    if (!m_shows_lost_copy || !context.lost_copy || std::holds_alternative<vm::SyncQuery>(*m_query)) return;
    const std::string evidence = views::sentence_of(context, *context.lost_copy);
    const ui::BannerOptions strip{.tone = ui::Tone::warn,
                                  .cause = context.say(Word::lost_copy_title),
                                  .evidence = evidence,
                                  .action_label = context.say(Word::sync_title),
                                  .dismiss = ui::BannerOptions::Dismiss::yes};
    const ui::BannerEvent event = ui::banner("lost_copy", strip);
    if (event == ui::BannerEvent::acted) emit(vm::ShowScreen{vm::SyncQuery{}});
    m_shows_lost_copy = event == ui::BannerEvent::none;
    ui::space_below(ui::space::large);
}

void Shell::draw_first_load(const views::ViewContext& context) {
    ui::heading(1, ui::TextStyle::title, context.say(Word::first_load_title));
    const auto& sync = m_snapshot->sync;
    if (sync && sync->rows_loaded > 0) {
        const std::string rows = context.format.number(sync->rows_loaded);
        const std::string words =
            sync->rows_expected > 0
                ? context.say(Word::first_load_progress, {rows, context.format.number(sync->rows_expected)})
                : context.say(Word::first_load_rows, {rows});
        ui::text(ui::TextStyle::body, words, ui::Color::text_muted);
    }
    ui::space_below(ui::space::section);
    // A damaged copy is loaded anew; without a network that may take long.
    if (sync) views::local_problem(context, *sync);
    ui::Grid grid("first_load");
    for (const char* id : {"one", "two", "three"}) {
        grid.begin_card(id, {.phone = 12, .tablet = 6, .desktop = 4});
        ui::skeleton_lines(id, 4);
        grid.end_cell();
    }
}

}  // namespace portal::shell
