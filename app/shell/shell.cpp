#include "app/shell/shell.hpp"

#include <imgui.h>
#include <implot.h>

#include <array>

#include "app/shell/appearance.hpp"
#include "app/shell/preferences.hpp"
#include "app/shell/ui_words.hpp"
#include "app/ui/fonts.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/motion.hpp"
#include "app/ui/overlay.hpp"
#include "app/views/frame_view.hpp"
#include "app/views/profile_view.hpp"
#include "app/views/wording.hpp"
#include "app/vm/route.hpp"
#include "app/vm/vocabulary.hpp"
#include "generated/icons.hpp"

namespace portal::shell {

using vm::Word;

namespace {

// Room of the content from which on a part of it may stay in sight.
constexpr float pinned_room_min = 480;

// Of the connection only the latest word counts. Serials never get there.
constexpr std::uint64_t connection_toast = ~std::uint64_t{0};

// Keeps the scroll positions of pages apart.
const char* page_id(const vm::Query& query) {
    constexpr std::array<const char*, 9> ids = {"overview", "integrations", "financing", "tickets", "actions",
                                                "deposits", "sql",          "sync",      "profile"};
    return ids[query.index()];
}

}  // namespace

Shell::Shell(platform::Window& window, store::StoreHost& store, const Clock& clock,
             std::unique_ptr<RandomSource> random, std::unique_ptr<platform::Transport> to_server,
             std::unique_ptr<views::Stage> stage)
    : m_window(window),
      m_store(store),
      m_clock(clock),
      m_random(std::move(random)),
      m_query(vm::OverviewQuery{}),
      m_stage(std::move(stage)),
      m_kept_copy(window),
      m_sharing(window, std::move(to_server), clock, *m_random) {}

Shell::~Shell() = default;

void Shell::start() {
    ui::set_frame_request([this](int frame_count) { m_window.wake(frame_count); });
    m_store.start();
    m_snapshot = m_store.latest();
    m_window.start(*this, m_mirror);
    // The window has made ImGui's context; ImGui wants its faces before the first frame.
    ImPlot::CreateContext();
    ui::load_fonts();
    m_demo_account = m_window.demo_account();
    m_preferences = load_preferences(m_window);
    m_stored_preferences = m_preferences;
    apply_language();
}

void Shell::environment_changed(const platform::Environment& environment) {
    m_theme_is_stale = true;
    m_store.set_online(environment.online);
    m_window.wake(2);
}

void Shell::visibility_changed(bool visible) {
    m_store.set_visible(visible);
    if (!visible) return;
    look_at_waiting_leads();
    m_window.wake(2);
}

void Shell::file_opened(std::string_view name, std::span<const std::uint8_t> bytes) {
    if (m_stage) m_stage->file_opened(name, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

Id Shell::new_id() {
    return make_id(m_clock.now_ms(), *m_random);
}

void Shell::post(vm::Intent intent) {
    if (m_store.post(std::move(intent)) == store::PostResult::taken) return;
    m_toasts.push({++m_toast_serial, vm::say(m_preferences.language, Word::toast_queue_full, {}), ui::Tone::warn, {}});
}

void Shell::take_snapshot() {
    const std::shared_ptr<const vm::Snapshot> latest = m_store.latest();
    if (latest == m_snapshot) return;
    const std::shared_ptr<const vm::Snapshot> former = std::exchange(m_snapshot, latest);
    m_snapshot_taken_ms = m_clock.monotonic_ms();
    if (former) announce_news(*former);
    offer_undo();
    look_at_kept_copy();
    look_at_waiting_leads();
}

void Shell::offer_undo() {
    const vm::Language language = m_preferences.language;
    if (auto back = m_move_undo.offered_by(*m_snapshot)) {
        const std::string state(vm::say(language, vm::word_of(back->from), {}));
        push_way_back(vm::say(language, Word::toast_ticket_moved, {state}), std::move(*back));
    }
    if (auto back = m_mark_undo.offered_by(*m_snapshot)) {
        const Word word = back->mark.done ? Word::toast_action_reopened : Word::toast_action_done;
        push_way_back(vm::say(language, word, {back->title}), std::move(back->mark));
    }
}

void Shell::push_way_back(std::string words, std::variant<vm::MoveTicket, vm::MarkAction> intent) {
    ui::Toast toast{++m_toast_serial, std::move(words), ui::Tone::neutral,
                    std::string(vm::say(m_preferences.language, Word::undo, {}))};
    m_way_back = {toast.key, std::move(intent)};
    m_window.announce(toast.words, false);
    m_toasts.push(std::move(toast));
}

void Shell::announce_news(const vm::Snapshot& former) {
    const auto& ready = m_snapshot->ready_export;
    if (ready && ready->serial > m_saved_export) {
        m_saved_export = ready->serial;
        const std::span bytes(reinterpret_cast<const std::uint8_t*>(ready->bytes.data()), ready->bytes.size());
        if (ready->mime_type == vm::workbook_mime_type)
            m_window.save_workbook(ready->name, bytes);
        else
            m_window.save_file(ready->name, ready->mime_type, bytes);
    }
    const auto& news = m_snapshot->announcement;
    if (!news || news->serial <= m_told_announcement || news == former.announcement) return;
    m_told_announcement = news->serial;
    const vm::Language language = m_preferences.language;
    using Kind = vm::Announcement::Kind;
    ui::Toast toast{++m_toast_serial, {}, ui::Tone::neutral, {}};
    switch (news->kind) {
        case Kind::edit_sent:
            toast.words = vm::say(language, Word::toast_edit_sent, {news->about});
            break;
        case Kind::edit_rejected:
            toast.words = vm::say(language, Word::toast_edit_rejected, {news->about});
            toast.tone = ui::Tone::warn;
            break;
        case Kind::back_online:
            toast.key = connection_toast;
            toast.words = vm::say(language, Word::toast_back_online, {});
            break;
        case Kind::gone_offline:
            toast.key = connection_toast;
            toast.words = vm::say(language, Word::toast_gone_offline, {});
            break;
        case Kind::queue_full:
            toast.words = vm::say(language, Word::toast_queue_full, {});
            toast.tone = ui::Tone::warn;
            break;
        case Kind::not_saved:
            toast.words = vm::say(language, Word::not_saved_on_device_hint, {});
            toast.tone = ui::Tone::warn;
            break;
    }
    m_window.announce(toast.words, toast.tone == ui::Tone::warn);
    m_toasts.push(std::move(toast));
}

void Shell::apply_theme() {
    m_theme_is_stale = false;
    ui::apply_theme(theme_of(m_window.environment(), m_preferences));
}

void Shell::apply_language() {
    ui::set_words(widget_words(m_preferences.language));
    m_window.set_language(vm::tag_of_language(m_preferences.language));
}

vm::Format Shell::make_format() const {
    // Server time as of now: what the snapshot was built with plus the time that passed since.
    const InstantMs now_ms = m_snapshot->server_now_ms + (m_clock.monotonic_ms() - m_snapshot_taken_ms);
    const std::string zone = m_snapshot->session ? m_snapshot->session->time_zone : m_window.environment().time_zone;
    return format_in_zone(m_preferences.language, now_ms, zone);
}

void Shell::draw_frame() {
    if (m_theme_is_stale) apply_theme();
    take_snapshot();
    const bool staged = is_staged();
    if (staged)
        follow_stage();
    else
        handle_shortcuts();

    const vm::Format format = make_format();
    views::ViewContext context{staged && m_staged.kept ? *m_staged.kept : *m_snapshot,
                               format,
                               *this,
                               m_preferences,
                               m_page,
                               m_kept_copy.lost(),
                               m_demo_account.has_value()};
    context.may_share = m_sharing.may_share(context);
    if (staged) {
        draw_stage(context);
    } else {
        go_along(context);
        follow_address_scope();
        context.has_live_bar = m_sharing.has_bar(context);
        context.is_following = context.has_live_bar && !m_sharing.presents(context);
        draw_usual(context);
    }
    do_page_requests();
    update_title();
}

void Shell::draw_usual(const views::ViewContext& context) {
    const vm::Query shown = m_query.value_or(vm::OverviewQuery{});
    // Dialogs too are drawn before the frame ends: they measure themselves in its window.
    views::FrameView frame_view(context, shown);
    frame_view.draw();
    if (context.has_live_bar) {
        frame_view.frame().begin_strip();
        m_sharing.draw_bar(context);
        frame_view.frame().end_strip();
    }
    draw_content(context, frame_view.frame());
    if (m_is_first_load && state_now() != State::first_load) {
        m_is_first_load = false;
        m_window.first_load_over();
    }
    if (std::exchange(m_page.open_share, false)) m_sharing.open(context, shown);
    m_sharing.show(context, m_query ? &*m_query : nullptr, frame_view.frame().boxes().content.min.y);
    m_sharing.draw(context);
    if (const auto chosen = m_commands.draw(context)) emit(vm::ShowScreen{*chosen});
    draw_sign_out_dialog(context);
    draw_toasts();
}

// Screens that split into list and detail scroll their parts themselves; everything else scrolls as a page.
void Shell::draw_content(const views::ViewContext& context, ui::Frame& frame) {
    if (const State state = state_now(); state != State::screen) {
        frame.begin_content("state");
        draw_state(context, state);
        frame.end_content();
        return;
    }
    if (const auto* tickets = std::get_if<vm::TicketsQuery>(&*m_query)) {
        views::tickets_view(context, m_tickets, *tickets, frame);
        return;
    }
    if (const auto* actions = std::get_if<vm::ActionsQuery>(&*m_query)) {
        views::actions_view(context, m_actions, *actions, frame);
        return;
    }
    if (const auto* integrations = std::get_if<vm::IntegrationsQuery>(&*m_query)) {
        views::integrations_view(context, m_integrations, *integrations, frame);
        m_sharing.draw_place();
        return;
    }
    draw_pinned(context, frame);
    frame.begin_content(page_id(*m_query));
    draw_signed_out_strip(context);
    draw_lost_copy_strip(context);
    draw_page(context);
    m_sharing.draw_place();
    frame.end_content();
}

// On a screen that is too low for both, title and filters scroll with the rest.
void Shell::draw_pinned(const views::ViewContext& context, ui::Frame& frame) {
    const auto* financing = std::get_if<vm::FinancingQuery>(&*m_query);
    m_is_head_pinned = financing && !financing->rows && frame.boxes().content.height() >= pinned_room_min;
    if (!m_is_head_pinned) return;
    frame.begin_pinned("financing_head");
    views::financing_head_view(context, m_financing, *financing);
    frame.end_pinned();
}

void Shell::draw_financing(const views::ViewContext& context, const vm::FinancingQuery& query) {
    if (!m_is_head_pinned && !query.rows) {
        views::financing_head_view(context, m_financing, query);
        ui::space_below(ui::space::large);
    }
    views::financing_view(context, m_financing, query);
}

void Shell::draw_page(const views::ViewContext& context) {
    switch (views::screen_of(*m_query)) {
        case views::Screen::overview:
            views::overview_view(context, m_overview, std::get<vm::OverviewQuery>(*m_query));
            if (m_stage && m_demo_account) m_stage->draw_entry(context);
            break;
        case views::Screen::financing:
            draw_financing(context, std::get<vm::FinancingQuery>(*m_query));
            break;
        case views::Screen::deposits:
            views::deposits_view(context, m_deposits, std::get<vm::DepositsQuery>(*m_query));
            break;
        case views::Screen::sql:
            views::sql_view(context, m_sql);
            break;
        case views::Screen::sync:
            views::sync_view(context);
            break;
        case views::Screen::profile:
            views::profile_view(context);
            break;
        case views::Screen::integrations:
        case views::Screen::tickets:
        case views::Screen::actions:
            break;  // Drawn by draw_content.
    }
}

void Shell::draw_sign_out_dialog(const views::ViewContext& context) {
    const std::int64_t pending = m_snapshot->sync ? vm::unsent_count(*m_snapshot->sync) : 0;
    if (m_page.sign_out != views::SignOutRequest::none) {
        m_sign_out_everywhere = m_page.sign_out == views::SignOutRequest::everywhere;
        m_page.sign_out = views::SignOutRequest::none;
        if (pending == 0)
            post(vm::SignOut{.everywhere = m_sign_out_everywhere});
        else
            m_sign_out_shown = ui::Shown::yes;
    }
    const std::string title = context.say(Word::sign_out_pending_title, {context.format.number(pending)});
    if (!ui::begin_dialog("sign_out", m_sign_out_shown, {.title = title})) return;
    ui::text_wrapped(ui::TextStyle::body, context.say(Word::sign_out_pending_body));
    ui::dialog_footer();
    if (ui::button("discard", context.say(Word::sign_out_discard), {.kind = ui::ButtonKind::danger})) {
        post(vm::SignOut{.everywhere = m_sign_out_everywhere, .discard_pending = true});
        m_sign_out_shown = ui::Shown::no;
    }
    ui::beside();
    if (ui::button("download", context.say(Word::download_edits), {.icon = icons::download}))
        post(vm::ExportData{vm::Export::outbox, m_query.value_or(vm::OverviewQuery{})});
    ui::beside();
    if (ui::button("cancel", context.say(Word::cancel))) m_sign_out_shown = ui::Shown::no;
    ui::end_dialog();
}

void Shell::draw_toasts() {
    const ui::ToastResult result = m_toasts.draw();
    if (result.event != ui::ToastEvent::acted || result.key != m_way_back.toast) return;
    std::visit(
        [this](auto& intent) {
            intent.intent = new_id();
            post(intent);
        },
        m_way_back.intent);
}

void Shell::do_page_requests() {
    const views::PageRequests requests = std::exchange(m_page, {});
    if (!requests.copy_text.empty()) {
        m_window.copy_text(requests.copy_text);
        m_window.announce(requests.copied_sentence, false);
        m_toasts.push({++m_toast_serial, requests.copied_sentence, ui::Tone::neutral, {}});
    }
    if (!requests.said.empty()) {
        m_window.announce(requests.said, true);
        m_toasts.push({++m_toast_serial, requests.said, ui::Tone::neutral, {}});
    }
    if (requests.copy_diagnostics) {
        m_window.copy_text(diagnostics());
        const std::string words(vm::say(m_preferences.language, Word::profile_diagnostics_copied));
        m_window.announce(words, false);
        m_toasts.push({++m_toast_serial, words, ui::Tone::good, {}});
    }
    if (!requests.file.name.empty())
        m_window.save_file(
            requests.file.name, requests.file.mime_type,
            std::span(reinterpret_cast<const std::uint8_t*>(requests.file.bytes.data()), requests.file.bytes.size()));
    if (!requests.show_route.empty()) {
        m_window.push_route(requests.show_route);
        route_changed(requests.show_route);
    }
    if (requests.open_commands) m_commands.open();
    if (requests.open_shortcuts) m_commands.open_shortcuts();
    const bool signed_out = m_signed_out.exchange(false);
    if (signed_out) m_kept_copy.forget();
    if (signed_out || !requests.leave_to.empty()) m_window.leave_to(signed_out ? "/sign-in" : requests.leave_to);

    if (m_preferences == m_stored_preferences) return;
    if (m_preferences.language != m_stored_preferences.language) apply_language();
    m_stored_preferences = m_preferences;
    m_theme_is_stale = true;
    store_preferences(m_window, m_preferences);
    m_window.wake(2);
}

void Shell::handle_shortcuts() {
    const auto shortcut = m_commands.handle_keys(m_preferences.language, m_snapshot->session.get());
    if (!shortcut) return;
    switch (*shortcut) {
        case Shortcut::overview:
            emit(vm::ShowScreen{vm::OverviewQuery{}});
            break;
        case Shortcut::integrations:
            emit(vm::ShowScreen{vm::IntegrationsQuery{}});
            break;
        case Shortcut::financing:
            emit(vm::ShowScreen{vm::FinancingQuery{}});
            break;
        case Shortcut::tickets:
            emit(vm::ShowScreen{vm::TicketsQuery{}});
            break;
        case Shortcut::actions:
            emit(vm::ShowScreen{vm::ActionsQuery{}});
            break;
        case Shortcut::deposits:
            emit(vm::ShowScreen{vm::DepositsQuery{}});
            break;
        case Shortcut::sql:
            emit(vm::ShowScreen{vm::SqlQuery{}});
            break;
        case Shortcut::new_ticket:
            emit(vm::ShowScreen{vm::TicketsQuery{.composing = true}});
            break;
        case Shortcut::search:
            m_tickets.search.takes_focus = true;
            m_integrations.search.takes_focus = true;
            m_actions.search.takes_focus = true;
            break;
        case Shortcut::commands:
        case Shortcut::help:
            break;  // Commands opens these itself.
    }
}

void Shell::update_title() {
    const Word screen = m_query ? views::title_of(views::screen_of(*m_query)) : Word::unknown_route_title;
    std::string title = std::string(vm::say(m_preferences.language, screen)) + " - " +
                        std::string(vm::say(m_preferences.language, Word::product_name));
    if (title == m_title) return;
    m_title = std::move(title);
    m_window.set_title(m_title);
}

}  // namespace portal::shell
