// The program of the guests' page: a shared view, live by its link or from a recording, without store, account or file.
// Whoever opens a link fetches this alone.
#include "app/platform/transport.hpp"
#include "app/platform/window.hpp"
#include "app/shell/guest_shell.hpp"
#include "app/shell/replay_shell.hpp"

namespace {

struct GuestPage {
    std::unique_ptr<portal::platform::Window> window = portal::platform::make_window();
    std::unique_ptr<portal::shell::GuestShell> shell;
    std::unique_ptr<portal::shell::ReplayShell> replay;
};

}  // namespace

int main() {
    using namespace portal;
    static GuestPage page;
    auto token = page.window->guest_token();
    if (!token) {
        page.replay = std::make_unique<shell::ReplayShell>(
            *page.window, store::make_executor(store::ExecutorKind::interleaved), system_clock());
        page.replay->start();
        return 0;
    }
    shell::GuestShellOptions options;
    options.token = std::move(*token);
    options.transport = platform::make_transport();
    options.executor = store::make_executor(store::ExecutorKind::interleaved);
    options.clock = &system_clock();
    options.random = make_system_random();
    page.shell = std::make_unique<shell::GuestShell>(*page.window, std::move(options));
    page.shell->start();
    return 0;
}
