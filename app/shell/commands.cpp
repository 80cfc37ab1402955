#include "app/shell/commands.hpp"

#include "app/vm/vocabulary.hpp"
#include "generated/icons.hpp"

namespace portal::shell {

using vm::Word;

void Commands::open() {
    m_is_stale = true;
    ui::open_palette(m_palette);
}

std::vector<ui::Shortcut> Commands::shortcuts(vm::Language language, const vm::SessionPart* session) const {
    const auto shortcut = [language](std::string_view keys, Word word, Shortcut command) {
        return ui::Shortcut{keys, vm::say(language, word), static_cast<int>(command)};
    };
    std::vector<ui::Shortcut> all = {shortcut("Ctrl K", Word::shortcut_commands, Shortcut::commands),
                                     shortcut("g o", Word::shortcut_overview, Shortcut::overview),
                                     shortcut("g i", Word::shortcut_integrations, Shortcut::integrations),
                                     shortcut("g f", Word::shortcut_financing, Shortcut::financing),
                                     shortcut("g t", Word::shortcut_tickets, Shortcut::tickets)};
    if (session && session->sees_actions) all.push_back(shortcut("g a", Word::shortcut_actions, Shortcut::actions));
    if (session && session->sees_deposits) all.push_back(shortcut("g d", Word::shortcut_deposits, Shortcut::deposits));
    if (session && session->sees_sql) all.push_back(shortcut("g q", Word::shortcut_sql, Shortcut::sql));
    all.insert(all.end(), {shortcut("n", Word::shortcut_new_ticket, Shortcut::new_ticket),
                           shortcut("/", Word::shortcut_search, Shortcut::search),
                           shortcut("?", Word::shortcut_help, Shortcut::help)});
    return all;
}

std::optional<Shortcut> Commands::handle_keys(vm::Language language, const vm::SessionPart* session) {
    const int command = m_listener.listen(shortcuts(language, session));
    if (command < 0) return std::nullopt;
    const auto shortcut = static_cast<Shortcut>(command);
    if (shortcut == Shortcut::commands) {
        open();
        return std::nullopt;
    }
    if (shortcut == Shortcut::help) {
        open_shortcuts();
        return std::nullopt;
    }
    return shortcut;
}

void Commands::collect(const views::ViewContext& context) {
    m_is_stale = false;
    m_places.clear();
    const auto screen = [&](Word word, const char* icon, std::string hint, vm::Query query) {
        m_places.push_back({std::string(context.say(word)), std::move(hint), icon, std::move(query)});
    };
    screen(Word::nav_overview, icons::house, "g o", vm::OverviewQuery{});
    screen(Word::nav_integrations, icons::plug, "g i", vm::IntegrationsQuery{});
    screen(Word::nav_financing, icons::chart_column, "g f", vm::FinancingQuery{});
    if (const auto& session = context.snapshot.session; session && session->sees_deposits)
        screen(Word::nav_deposits, icons::wallet, "g d", vm::DepositsQuery{});
    screen(Word::nav_tickets, icons::ticket, "g t", vm::TicketsQuery{});
    if (const auto& session = context.snapshot.session; session && session->sees_actions) {
        screen(Word::nav_actions, icons::clipboard, "g a", vm::ActionsQuery{});
        if (session->writes_actions) screen(Word::actions_add, icons::plus, {}, vm::ActionsQuery{.composing = true});
    }
    if (const auto& session = context.snapshot.session; session && session->sees_sql)
        screen(Word::nav_sql, icons::database, "g q", vm::SqlQuery{});
    screen(Word::action_file_ticket, icons::plus, "n", vm::TicketsQuery{.composing = true});
    if (context.may_share)
        m_places.push_back({std::string(context.say(Word::share_title)),
                            {},
                            icons::share_2,
                            vm::OverviewQuery{},
                            Place::Leads::to_share_sheet});
    screen(Word::nav_sync, icons::refresh_cw, {}, vm::SyncQuery{});
    screen(Word::nav_profile, icons::user, {}, vm::ProfileQuery{});
    if (const auto& session = context.snapshot.session; session && session->sees_financing) {
        for (const vm::PlaceChoice& practice : session->practices)
            m_places.push_back({practice.name, std::string(context.say(Word::nav_financing)), icons::building_2,
                                vm::FinancingQuery{.practice = practice.id}});
    }
    if (const auto& integrations = context.snapshot.integrations) {
        for (const vm::IntegrationBrief& row : integrations->rows)
            m_places.push_back({row.name, std::string(context.say(Word::nav_integrations)), icons::plug,
                                vm::IntegrationsQuery{.selected = row.id}});
    }
    if (const auto& actions = context.snapshot.actions) {
        for (const vm::ActionBrief& row : actions->rows)
            m_places.push_back({row.title, row.practice_name, icons::clipboard, vm::ActionsQuery{.selected = row.id}});
    }
    if (const auto& tickets = context.snapshot.tickets) {
        for (const vm::TicketBrief& row : tickets->rows)
            m_places.push_back({row.subject, row.number ? "#" + std::to_string(row.number) : std::string(),
                                icons::ticket, vm::TicketsQuery{.selected = row.id}});
    }
}

std::optional<vm::Query> Commands::draw(const views::ViewContext& context) {
    if (m_sheet_shown == ui::Shown::yes)
        ui::shortcut_sheet(m_sheet_shown, context.say(Word::shortcuts_title),
                           shortcuts(context.format.language(), context.snapshot.session.get()));
    if (m_palette.shown == ui::Shown::no) return std::nullopt;
    if (m_is_stale) collect(context);
    std::vector<ui::PaletteItem> items;
    items.reserve(m_places.size());
    for (const Place& place : m_places)
        items.push_back({.label = place.label, .hint = place.hint, .icon = place.icon});
    const int chosen =
        ui::palette(m_palette, context.say(Word::commands_open), context.say(Word::commands_placeholder), items);
    if (chosen < 0) return std::nullopt;
    const Place& place = m_places[static_cast<std::size_t>(chosen)];
    if (place.leads == Place::Leads::to_query) return place.query;
    context.page.open_share = true;
    return std::nullopt;
}

}  // namespace portal::shell
