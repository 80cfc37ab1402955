#include "app/views/frame_view.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "app/ui/button.hpp"
#include "app/ui/choice.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/menu.hpp"
#include "app/ui/text.hpp"
#include "app/views/scope_view.hpp"
#include "app/views/share_sheet_view.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::Word;

struct FrameTexts {
    std::string tenant;
    std::string tickets_badge;
    std::string tickets_badge_words;
    std::string sync_badge;
    std::string actions_badge;
    std::string actions_badge_words;
    std::vector<Screen> screens;  // Of items and items_at_end.
    std::vector<ui::NavigationItem> items;
    std::array<ui::NavigationItem, 2> items_at_end;
};

namespace {

constexpr std::array<Word, 9> titles = {Word::nav_overview, Word::nav_integrations, Word::nav_financing,
                                        Word::nav_tickets,  Word::nav_actions,      Word::nav_deposits,
                                        Word::nav_sql,      Word::nav_sync,         Word::nav_profile};

bool is_part_of_financing(Screen screen) {
    return screen == Screen::deposits || screen == Screen::sql;
}

vm::Query query_of(Screen screen) {
    switch (screen) {
        case Screen::overview:
            return vm::OverviewQuery{};
        case Screen::integrations:
            return vm::IntegrationsQuery{};
        case Screen::financing:
            return vm::FinancingQuery{};
        case Screen::tickets:
            return vm::TicketsQuery{};
        case Screen::actions:
            return vm::ActionsQuery{};
        case Screen::deposits:
            return vm::DepositsQuery{};
        case Screen::sql:
            return vm::SqlQuery{};
        case Screen::sync:
            return vm::SyncQuery{};
        case Screen::profile:
            return vm::ProfileQuery{};
    }
    return vm::OverviewQuery{};
}

struct PillLook {
    const char* icon;
    ui::Tone tone;
    Word word;
};

PillLook look_of(const vm::SyncPart& sync) {
    // Talking to the server goes well and still nothing of it is kept.
    if (sync.problem == vm::LocalProblem::storage_full && sync.phase != vm::SyncPhase::failed)
        return {icons::triangle_alert, ui::Tone::warn, Word::pill_full};
    if (sync.problem == vm::LocalProblem::other_tab && sync.phase != vm::SyncPhase::failed)
        return {icons::triangle_alert, ui::Tone::warn, Word::pill_other_tab};
    switch (sync.phase) {
        case vm::SyncPhase::starting:
            return {icons::refresh_cw, ui::Tone::neutral, Word::pill_starting};
        case vm::SyncPhase::first_load:
            return {icons::refresh_cw, ui::Tone::neutral, Word::pill_first_load};
        case vm::SyncPhase::current:
            return {icons::circle_check, ui::Tone::neutral, Word::pill_current};
        case vm::SyncPhase::working:
            return {icons::refresh_cw, ui::Tone::neutral, Word::pill_working};
        case vm::SyncPhase::offline:
            return {icons::cloud_off, ui::Tone::warn, Word::pill_offline};
        case vm::SyncPhase::signed_out:
            return {icons::lock, ui::Tone::warn, Word::pill_signed_out};
        case vm::SyncPhase::reload_needed:
            return {icons::refresh_cw, ui::Tone::warn, Word::pill_reload};
        case vm::SyncPhase::failed:
            return {icons::triangle_alert, ui::Tone::bad, Word::pill_failed};
    }
    return {icons::refresh_cw, ui::Tone::neutral, Word::pill_starting};
}

// A narrower bar has no room for the whole of the demo's mark.
constexpr float short_ribbon_below = 380;

bool is_phone() {
    return ui::current_breakpoint() == ui::Breakpoint::phone;
}

}  // namespace

Screen screen_of(const vm::Query& query) {
    return static_cast<Screen>(query.index());
}

Word title_of(Screen screen) {
    return titles[static_cast<std::size_t>(screen)];
}

namespace {

void add_actions_badge(FrameTexts& texts, const ViewContext& context) {
    const auto& actions = context.snapshot.actions;
    if (!actions || actions->overdue_of_all == 0) return;
    texts.actions_badge = context.format.number(actions->overdue_of_all);
    texts.actions_badge_words = std::string(context.say(Word::actions_overdue)) + ": " + texts.actions_badge;
    texts.items.back().badge = texts.actions_badge;
    texts.items.back().badge_words = texts.actions_badge_words;
    texts.items.back().badge_tone = ui::Tone::warn;
}

int place_of(const std::vector<Screen>& screens, Screen screen) {
    const auto found = std::find(screens.begin(), screens.end(), screen);
    return found == screens.end() ? -1 : static_cast<int>(found - screens.begin());
}

}  // namespace

ui::FrameOptions FrameView::options_of(FrameTexts& texts, const ViewContext& context, Screen screen) {
    const auto item = [&](const char* id, const char* icon, Word word, const char* href) {
        return ui::NavigationItem{.id = id, .icon = icon, .label = context.say(word), .href = href};
    };
    texts.items = {item("overview", icons::house, Word::nav_overview, "/"),
                   item("integrations", icons::plug, Word::nav_integrations, "/integrations"),
                   item("financing", icons::chart_column, Word::nav_financing, "/financing"),
                   item("tickets", icons::ticket, Word::nav_tickets, "/tickets")};
    texts.items_at_end = {item("sync", icons::refresh_cw, Word::nav_sync, "/sync"),
                          item("profile", icons::user, Word::nav_profile, "/profile")};

    texts.screens = {Screen::overview, Screen::integrations, Screen::financing, Screen::tickets};
    const auto& session = context.snapshot.session;
    const auto& tickets = context.snapshot.tickets;
    if (session && session->sees_actions) {
        texts.screens.push_back(Screen::actions);
        texts.items.push_back(item("actions", icons::clipboard, Word::nav_actions, "/actions"));
        add_actions_badge(texts, context);
    }
    texts.screens.insert(texts.screens.end(), {Screen::sync, Screen::profile});
    if (tickets && tickets->count_by_tab[static_cast<std::size_t>(vm::TicketTab::waiting_on_you)] > 0) {
        const std::int64_t count = tickets->count_by_tab[static_cast<std::size_t>(vm::TicketTab::waiting_on_you)];
        texts.tickets_badge = context.format.number(count);
        texts.tickets_badge_words = std::string(context.say(Word::tab_waiting)) + ": " + texts.tickets_badge;
        texts.items[3].badge = texts.tickets_badge;
        texts.items[3].badge_words = texts.tickets_badge_words;
        texts.items[3].badge_tone = ui::Tone::accent;
    }
    if (context.snapshot.sync && context.snapshot.sync->tray_count > 0) {
        texts.sync_badge = context.format.number(context.snapshot.sync->tray_count);
        texts.items_at_end[0].badge = texts.sync_badge;
        texts.items_at_end[0].badge_words = context.say(Word::tray_title);
        texts.items_at_end[0].badge_tone = ui::Tone::warn;
    }
    if (session) texts.tenant = session->practices.size() == 1 ? session->practices.front().name : session->title;
    return {.product_name = context.say(Word::product_name),
            .tenant_name = texts.tenant,
            .navigation_name = context.say(Word::nav_label),
            .items = texts.items,
            .items_at_end = texts.items_at_end,
            .selected = place_of(texts.screens, is_part_of_financing(screen) ? Screen::financing : screen),
            .rail = &context.preferences.rail,
            .strip_height = context.has_live_bar ? live_bar_height : 0,
            .strip_name = context.say(context.is_following ? Word::follow_bar : Word::share_title)};
}

FrameView::FrameView(const ViewContext& context, const vm::Query& query)
    : m_context(context),
      m_screen(screen_of(query)),
      m_texts(std::make_unique<FrameTexts>()),
      m_frame(options_of(*m_texts, context, m_screen)) {}

FrameView::~FrameView() = default;

void FrameView::draw() {
    if (const int chosen = m_frame.navigation(); chosen >= 0)
        m_context.show(query_of(m_texts->screens[static_cast<std::size_t>(chosen)]));
    m_frame.begin_top_bar();
    draw_top_bar();
    m_frame.end_top_bar();
}

void FrameView::draw_top_bar() {
    const auto& session = m_context.snapshot.session;
    if (session) {
        scope_view(m_context, *session, scope_room());
        ui::beside();
    }
    const ui::ButtonOptions commands{.kind = ui::ButtonKind::quiet, .icon = icons::search, .shortcut = "Ctrl K"};
    const std::string_view words = m_context.say(Word::commands_open);
    const bool pressed = is_phone() ? ui::icon_button("commands", icons::search, words, commands)
                                    : ui::button("commands", words, commands);
    if (pressed) m_context.page.open_commands = true;
    draw_sync_pill();
    if (m_context.may_share && !is_phone()) {
        if (ui::icon_button("share", icons::share_2, m_context.say(Word::share), {.kind = ui::ButtonKind::quiet}))
            m_context.page.open_share = true;
        ui::beside();
    }
    draw_profile_menu();
}

bool FrameView::is_demo() const {
    return m_context.snapshot.session && m_context.snapshot.session->demo;
}

bool FrameView::is_in_memory() const {
    const auto& sync = m_context.snapshot.sync;
    return sync && sync->storage == vm::StorageKind::memory && !m_context.is_demo_page;
}

std::string_view FrameView::ribbon_words() const {
    const bool is_narrow = ImGui::GetIO().DisplaySize.x < short_ribbon_below;
    return m_context.say(is_narrow ? Word::demo_ribbon_short : Word::demo_ribbon);
}

// What everything else on the bar leaves, where the window is too narrow for all of it.
float FrameView::scope_room() const {
    const float pill = ui::pill_width({}, {.words = ui::PillOptions::Words::hidden}) + ui::space::small;
    float others = 2 * (ui::metrics().icon_button + ui::space::small) + pill;
    if (is_in_memory()) others += pill;
    if (is_demo()) others += ui::ribbon_width(ribbon_words()) + ui::space::medium;
    return ImGui::GetContentRegionAvail().x - others;
}

void FrameView::draw_sync_pill() {
    const auto& sync = m_context.snapshot.sync;
    const float icon_room = ui::metrics().icon_button + ui::space::small;
    const float profile_room = m_context.may_share && !is_phone() ? 2 * icon_room : icon_room;
    // Before a role is chosen nobody is signed out either.
    if (!sync || (m_context.is_demo_page && !m_context.snapshot.session)) return ui::top_bar_right(profile_room);
    PillLook look = look_of(*sync);
    std::string words(m_context.say(look.word));
    if (sync->tray_count > 0) {
        look = {icons::triangle_alert, ui::Tone::warn, look.word};
        words = m_context.say(Word::pill_attention, {m_context.format.number(sync->tray_count)});
    } else if (sync->pending_count > 0) {
        const std::string pending = m_context.say(Word::pill_pending, {m_context.format.number(sync->pending_count)});
        words = sync->phase == vm::SyncPhase::current || sync->phase == vm::SyncPhase::working ? pending
                                                                                               : words + ", " + pending;
    }
    const std::string last = sync->last_exchange_ms ? m_context.format.relative(sync->last_exchange_ms)
                                                    : std::string(m_context.say(Word::pill_never));
    std::string description = m_context.say(Word::pill_last_exchange, {last});
    if (sync->pending_count > 0)
        description += ". " + m_context.say(Word::pill_oldest, {m_context.format.relative(sync->oldest_pending_ms)});
    const ui::PillOptions pill{.icon = look.icon,
                               .tone = look.tone,
                               .description = description,
                               .words = is_phone() ? ui::PillOptions::Words::hidden : ui::PillOptions::Words::shown};
    const std::string not_saved(m_context.say(Word::not_saved_on_device));
    const bool in_memory = is_in_memory();
    const ui::PillOptions memory_pill{.icon = icons::hard_drive,
                                      .tone = ui::Tone::warn,
                                      .description = m_context.say(Word::not_saved_on_device_hint),
                                      .words = pill.words};
    const float memory_room = in_memory ? ui::pill_width(not_saved, memory_pill) + ui::space::small : 0;
    const bool demo = is_demo();
    const std::string_view ribbon = ribbon_words();
    const float ribbon_room = demo ? ui::ribbon_width(ribbon) + ui::space::medium : 0;
    ui::top_bar_right(ui::pill_width(words, pill) + memory_room + profile_room + ribbon_room);
    if (demo) {
        ui::ribbon(ribbon);
        ui::beside(ui::space::medium);
    }
    if (in_memory) {
        if (ui::pill("not_saved", not_saved, memory_pill)) m_context.show(vm::SyncQuery{});
        ui::beside();
    }
    if (ui::pill("sync_pill", words, pill)) m_context.show(vm::SyncQuery{});
    ui::beside();
}

void FrameView::draw_profile_menu() {
    if (ui::icon_button("profile_menu", icons::circle_user, m_context.say(Word::profile_menu),
                        {.kind = ui::ButtonKind::quiet}))
        ui::open_menu("profile_items");
    const bool offline = m_context.snapshot.sync && m_context.snapshot.sync->forced_offline;
    std::vector<ui::MenuItem> items = {
        ui::MenuItem{.id = "profile", .label = m_context.say(Word::nav_profile), .icon = icons::user},
        ui::MenuItem{
            .id = "shortcuts", .label = m_context.say(Word::shortcuts_title), .icon = icons::keyboard, .shortcut = "?"},
        ui::MenuItem{.id = "offline",
                     .label = m_context.say(offline ? Word::go_online : Word::go_offline),
                     .icon = offline ? icons::wifi : icons::wifi_off},
        ui::MenuItem{.id = "switch",
                     .label = m_context.say(Word::switch_user),
                     .icon = icons::users,
                     .divider = ui::MenuItem::Divider::above},
        ui::MenuItem{.id = "sign_out", .label = m_context.say(Word::sign_out), .icon = icons::log_out}};
    // The top bar of a phone has no room for it.
    if (m_context.may_share && is_phone())
        items.push_back({.id = "share",
                         .label = m_context.say(Word::share),
                         .icon = icons::share_2,
                         .divider = ui::MenuItem::Divider::above});
    switch (ui::menu("profile_items", items)) {
        case 0:
            m_context.show(vm::ProfileQuery{});
            break;
        case 1:
            m_context.page.open_shortcuts = true;
            break;
        case 2:
            m_context.intents.emit(vm::SetOffline{!offline});
            break;
        case 3:
        case 4:
            m_context.page.sign_out = SignOutRequest::here;
            break;
        case 5:
            m_context.page.open_share = true;
            break;
        default:
            break;
    }
}

}  // namespace portal::views
