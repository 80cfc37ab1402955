// The shell of a guest's page: the same window and widgets, and no store, no account, no file of this device.
//
//   window -> draw_frame() -> shared_view(part) -> where the guest looks -> follow::GuestLoop -> part
//
// Thread: the UI thread; the loop runs on it too, between the frames.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/follow/guest_loop.hpp"
#include "app/mirror/mirror.hpp"
#include "app/platform/window.hpp"
#include "app/store/executor.hpp"
#include "app/views/shared_view.hpp"
#include "app/views/view.hpp"

namespace portal::shell {

struct GuestShellOptions {
    std::string token;  // Of the link; empty: by the browser's cookie.
    std::unique_ptr<platform::Transport> transport;
    std::unique_ptr<store::Executor> executor;
    const Clock* clock = nullptr;  // Outlives the shell.
    std::unique_ptr<RandomSource> random;
};

class GuestShell final : public platform::WindowListener, private vm::IntentSink {
  public:
    GuestShell(platform::Window& window, GuestShellOptions options);
    ~GuestShell() override;

    void start();

    // WindowListener
    void draw_frame() override;
    void environment_changed(const platform::Environment& environment) override;
    void route_changed(std::string_view) override {}
    void visibility_changed(bool visible) override;
    void file_opened(std::string_view, std::span<const std::uint8_t>) override {}

  private:
    // vm::IntentSink. A guest has nothing to send.
    void emit(vm::Intent) override {}
    Id new_id() override { return {}; }

    void apply_theme();
    void update_title();
    vm::Format make_format() const;

    platform::Window& m_window;
    const Clock& m_clock;
    std::unique_ptr<RandomSource> m_random;
    std::unique_ptr<platform::Transport> m_transport;
    std::unique_ptr<store::Executor> m_executor;
    follow::GuestLoop m_loop;
    mirror::MirrorFrame m_mirror;
    vm::Snapshot m_nothing;  // Views are told of a store; there is none.
    views::Preferences m_preferences;
    views::PageRequests m_page;
    std::optional<views::LostCopy> m_lost_copy;
    views::SharedViewState m_view;
    InstantMs m_server_now_ms = 0;  // As last told, and when.
    DurationMs m_told_ms = 0;
    std::string m_title;
    bool m_theme_is_stale = true;
};

}  // namespace portal::shell
