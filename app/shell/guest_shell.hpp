// The shell of a guest's page: the same window and widgets, and no store, no account, no file of this device.
//
//   window -> draw_frame() -> shared_view(part) -> where the guest looks -> follow::GuestLoop -> part
//
// Thread: the UI thread; the loop runs on it too, between the frames.
#pragma once

#include <memory>
#include <string>

#include "app/follow/guest_loop.hpp"
#include "app/shell/storeless_shell.hpp"

namespace portal::shell {

struct GuestShellOptions {
    std::string token;  // Of the link; empty: by the browser's cookie.
    std::unique_ptr<platform::Transport> transport;
    std::unique_ptr<store::Executor> executor;
    const Clock* clock = nullptr;  // Outlives the shell.
    std::unique_ptr<RandomSource> random;
};

class GuestShell final : public StorelessShell {
  public:
    GuestShell(platform::Window& window, GuestShellOptions options);
    ~GuestShell() override;

    void start();

    // WindowListener
    void draw_frame() override;
    void environment_changed(const platform::Environment& environment) override;

  private:
    void update_title();
    InstantMs now_ms() const;

    std::unique_ptr<RandomSource> m_random;
    std::unique_ptr<platform::Transport> m_transport;
    follow::GuestLoop m_loop;
    InstantMs m_server_now_ms = 0;  // As last told, and when.
    DurationMs m_told_ms = 0;
    std::string m_title;
};

}  // namespace portal::shell
