// The shell of the page that plays a recording: the guests' screens and a file, and neither a server nor an account.
//
//   file -> follow::Replay -> replay_view(part) -> play, seek -> follow::Replay
//
// Thread: the UI thread.
#pragma once

#include <memory>
#include <string>

#include "app/follow/replay.hpp"
#include "app/mirror/mirror.hpp"
#include "app/platform/window.hpp"
#include "app/store/executor.hpp"
#include "app/views/replay_view.hpp"
#include "app/views/view.hpp"

namespace portal::shell {

class ReplayShell final : public platform::WindowListener, private vm::IntentSink {
  public:
    // All outlive it.
    ReplayShell(platform::Window& window, std::unique_ptr<store::Executor> executor, const Clock& clock);
    ~ReplayShell() override;

    void start();

    // WindowListener
    void draw_frame() override;
    void environment_changed(const platform::Environment& environment) override;
    void route_changed(std::string_view) override {}
    void visibility_changed(bool) override {}
    void file_opened(std::string_view name, std::span<const std::uint8_t> bytes) override;

  private:
    // vm::IntentSink. There is nobody to send anything to.
    void emit(vm::Intent) override {}
    Id new_id() override { return {}; }

    void pass_time();
    void obey(const views::ReplayWishes& wishes);

    platform::Window& m_window;
    std::unique_ptr<store::Executor> m_executor;
    const Clock& m_clock;
    follow::Replay m_replay;
    DurationMs m_passed_ms = 0;  // Until when time has been told to it.
    mirror::MirrorFrame m_mirror;
    vm::Snapshot m_nothing;  // Views are told of a store; there is none.
    views::Preferences m_preferences;
    views::PageRequests m_page;
    std::optional<views::LostCopy> m_lost_copy;
    views::SharedViewState m_view;
    bool m_theme_is_stale = true;
};

}  // namespace portal::shell
