// The program of the guests' page: a shared view, without store, account or file. Whoever opens a link fetches this
// alone.
#include "app/platform/transport.hpp"
#include "app/platform/window.hpp"
#include "app/shell/guest_shell.hpp"

namespace {

struct GuestPage {
    std::unique_ptr<portal::platform::Window> window = portal::platform::make_window();
    std::unique_ptr<portal::shell::GuestShell> shell;
};

}  // namespace

int main() {
    using namespace portal;
    static GuestPage page;
    shell::GuestShellOptions options;
    options.token = page.window->guest_token();
    options.transport = platform::make_transport();
    options.executor = store::make_executor(store::ExecutorKind::interleaved);
    options.clock = &system_clock();
    options.random = make_system_random();
    page.shell = std::make_unique<shell::GuestShell>(*page.window, std::move(options));
    page.shell->start();
    return 0;
}
