// The shell of the page that plays a recording: the guests' screens and a file, and neither a server nor an account.
//
//   file -> follow::Replay -> replay_view(part) -> play, seek -> follow::Replay
//
// Thread: the UI thread.
#pragma once

#include <memory>

#include "app/follow/replay.hpp"
#include "app/shell/storeless_shell.hpp"
#include "app/views/replay_view.hpp"

namespace portal::shell {

class ReplayShell final : public StorelessShell {
  public:
    ReplayShell(platform::Window& window, std::unique_ptr<store::Executor> executor, const Clock& clock)
        : StorelessShell(window, std::move(executor), clock) {}
    ~ReplayShell() override;

    void start();

    // WindowListener
    void draw_frame() override;
    void file_opened(std::string_view name, std::span<const std::uint8_t> bytes) override;

  private:
    void pass_time();
    void obey(const views::ReplayWishes& wishes);

    follow::Replay m_replay;
    DurationMs m_passed_ms = 0;  // Until when time has been told to it.
};

}  // namespace portal::shell
