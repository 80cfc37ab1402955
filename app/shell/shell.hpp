// The shell: takes the latest snapshot, draws the frame and the screen that the route names, and passes intents on.
//
//   window -> draw_frame() -> views(snapshot) -> intents -> store
//      ^                                                      |
//      +---- wake_from_any_thread() <---- publish(snapshot) <-+
//
// Thread: the UI thread. It never waits: the store's answer is the next snapshot.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "app/mirror/mirror.hpp"
#include "app/platform/window.hpp"
#include "app/shell/commands.hpp"
#include "app/shell/kept_copy.hpp"
#include "app/shell/mark_undo.hpp"
#include "app/shell/move_undo.hpp"
#include "app/shell/scope_in_address.hpp"
#include "app/shell/sharing.hpp"
#include "app/store/store.hpp"
#include "app/ui/notice.hpp"
#include "app/views/actions_view.hpp"
#include "app/views/deposits_view.hpp"
#include "app/views/financing_view.hpp"
#include "app/views/integrations_view.hpp"
#include "app/views/overview_view.hpp"
#include "app/views/sql_view.hpp"
#include "app/views/stage.hpp"
#include "app/views/sync_view.hpp"
#include "app/views/tickets_view.hpp"
#include "app/views/view.hpp"
#include "shared/base/clock.hpp"
#include "shared/base/random.hpp"

namespace portal::shell {

// Between the screens and the store: shows routes, and turns intents that only the shell can do into page actions.
class Shell final : public platform::WindowListener, private vm::IntentSink {
  public:
    // `to_server` asks for what is shared; null where there is no server. Without a stage there is none.
    Shell(platform::Window& window, store::StoreHost& store, const Clock& clock, std::unique_ptr<RandomSource> random,
          std::unique_ptr<platform::Transport> to_server, std::unique_ptr<views::Stage> stage = nullptr);
    ~Shell() override;

    void start();
    // Any thread: the replica is erased and the session over.
    void note_signed_out() { m_signed_out.store(true); }

    // WindowListener
    void draw_frame() override;
    void environment_changed(const platform::Environment& environment) override;
    void route_changed(std::string_view route) override;
    void visibility_changed(bool visible) override;
    void file_opened(std::string_view name, std::span<const std::uint8_t> bytes) override;

  private:
    // vm::IntentSink
    void emit(vm::Intent intent) override;
    Id new_id() override;

    void take_snapshot();
    void announce_news(const vm::Snapshot& former);
    void offer_undo();
    void look_at_kept_copy();
    void look_at_waiting_leads();
    void push_way_back(std::string words, std::variant<vm::MoveTicket, vm::MarkAction> intent);
    void apply_theme();
    void apply_language();
    vm::Format make_format() const;
    void post(vm::Intent intent);
    static bool is_step(const vm::Query& former, const vm::Query& next);

    // What stands in place of a screen.
    enum class State : std::uint8_t { screen, first_load, unusable, signed_out, unknown_route, no_permission };
    State state_now() const;
    void go_along(const views::ViewContext& context);
    void follow_address_scope();
    void tell_scope(const vm::Scope& chosen);
    void draw_usual(const views::ViewContext& context);
    void draw_stage(const views::ViewContext& context);
    void follow_stage();
    bool is_staged() const { return m_stage && m_stage->is_on() && state_now() != State::signed_out; }
    void draw_content(const views::ViewContext& context, ui::Frame& frame);
    void draw_state(const views::ViewContext& context, State state);
    void draw_pinned(const views::ViewContext& context, ui::Frame& frame);
    void draw_financing(const views::ViewContext& context, const vm::FinancingQuery& query);
    void draw_page(const views::ViewContext& context);
    void draw_role_choice(const views::ViewContext& context);
    void draw_signed_out_strip(const views::ViewContext& context);
    void draw_lost_copy_strip(const views::ViewContext& context);
    void draw_first_load(const views::ViewContext& context);
    void draw_sign_out_dialog(const views::ViewContext& context);
    void draw_toasts();
    void do_page_requests();
    void handle_shortcuts();
    void update_title();
    std::string diagnostics() const;

    platform::Window& m_window;
    store::StoreHost& m_store;
    const Clock& m_clock;
    std::unique_ptr<RandomSource> m_random;
    mirror::MirrorFrame m_mirror;

    std::shared_ptr<const vm::Snapshot> m_snapshot;
    DurationMs m_snapshot_taken_ms = 0;  // Monotonic.
    std::optional<vm::Query> m_query;    // Nothing: the route names no screen.
    ScopeInAddress m_address_scope;
    std::string m_title;
    std::optional<std::string> m_demo_account;  // Window::demo_account().
    views::Preferences m_preferences;
    views::Preferences m_stored_preferences;
    views::PageRequests m_page;
    bool m_theme_is_stale = true;
    bool m_is_first_load = true;
    bool m_is_head_pinned = false;  // In this frame.

    std::unique_ptr<views::Stage> m_stage;
    // The screen that the stage wants, the one that a link of it led to, which of them is shown or on its way, whether
    // its rows are still to come, what is shown until then, and whether any of its screens is shown.
    struct Staged {
        std::optional<vm::Query> wanted;
        std::optional<vm::Query> linked;
        std::optional<vm::Query> asked;
        bool is_due = false;
        std::shared_ptr<const vm::Snapshot> kept;
        bool is_shown = false;
    };
    Staged m_staged;

    KeptCopy m_kept_copy;
    bool m_shows_lost_copy = false;
    MoveUndo m_move_undo;
    MarkUndo m_mark_undo;
    struct WayBack {
        std::uint64_t toast = 0;
        std::variant<vm::MoveTicket, vm::MarkAction> intent;
    };
    WayBack m_way_back;

    views::OverviewState m_overview;
    views::IntegrationsState m_integrations;
    views::FinancingState m_financing;
    views::TicketsState m_tickets;
    views::ActionsState m_actions;
    views::DepositsState m_deposits;
    views::SqlState m_sql;
    Sharing m_sharing;
    Commands m_commands;
    ui::ToastStack m_toasts;
    std::uint64_t m_toast_serial = 0;
    ui::Shown m_sign_out_shown = ui::Shown::no;
    bool m_sign_out_everywhere = false;
    std::int64_t m_saved_export = 0;
    std::int64_t m_told_announcement = 0;
    std::atomic<bool> m_signed_out{false};
};

}  // namespace portal::shell
