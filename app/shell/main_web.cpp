// The browser's entry: window, client and shell live as long as the page.
#include <memory>

#include "app/pitch/demo_server.hpp"
#include "app/platform/storage.hpp"
#include "app/platform/transport.hpp"
#include "app/platform/window.hpp"
#include "app/shell/preferences.hpp"
#include "app/shell/shell.hpp"
#include "app/sync/client.hpp"

namespace {

#ifdef PORTAL_WEB_THREADS
constexpr auto executor_kind = portal::store::ExecutorKind::threaded;
#else
constexpr auto executor_kind = portal::store::ExecutorKind::interleaved;
#endif

struct Page {
    std::unique_ptr<portal::platform::Window> window = portal::platform::make_window();
    std::unique_ptr<portal::store::StoreHost> store;
    std::unique_ptr<portal::shell::Shell> shell;
};

}  // namespace

int main() {
    using namespace portal;
    // main() returns to the browser's event loop; the page owns everything until it is closed.
    static Page page;
    sync::ClientOptions options;
    options.clock = &system_clock();
    options.random = make_system_random();
    options.executor = executor_kind;
    if (const auto account = page.window->demo_account()) {
        options.storage = platform::make_memory_storage();
        options.transport =
            std::make_unique<pitch::DemoServer>(pitch::DemoServerOptions{.account = *account, .clock = options.clock});
        options.keep_data = sync::KeepData::no;
    } else {
        options.storage = platform::make_storage();
        options.transport = platform::make_transport();
        options.keep_data = shell::load_keeps_data(*page.window) ? sync::KeepData::yes : sync::KeepData::no;
    }
    options.wake = [] { page.window->wake_from_any_thread(); };
    options.trouble = [](std::string_view what, const std::string& detail) { page.window->log_trouble(what, detail); };
    options.signed_out = [] {
        page.shell->note_signed_out();
        page.window->wake_from_any_thread();
    };
    page.store = sync::make_client(std::move(options));
    page.shell = std::make_unique<shell::Shell>(*page.window, *page.store, system_clock(), make_system_random());
    page.shell->start();
    return 0;
}
