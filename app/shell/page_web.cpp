#include "app/shell/page_web.hpp"

#include <emscripten/eventloop.h>

#include "app/platform/storage.hpp"
#include "app/platform/window.hpp"
#include "app/shell/preferences.hpp"
#include "app/shell/shell.hpp"
#include "app/store/store.hpp"
#include "app/sync/client.hpp"

namespace portal::shell {
namespace {

// By then the first frames are drawn, and the first rows are still to come.
constexpr double zones_after_ms = 150;

struct Page {
    std::unique_ptr<platform::Window> window = platform::make_window();
    std::unique_ptr<store::StoreHost> store;
    std::unique_ptr<Shell> shell;
};

}  // namespace

void run_page(store::ExecutorKind executor, const MakeDemoServer& make_demo_server, const MakeStage& make_stage) {
    static Page page;
    sync::ClientOptions options;
    options.clock = &system_clock();
    options.random = make_system_random();
    options.executor = executor;
    const auto account = make_demo_server ? page.window->demo_account() : std::nullopt;
    if (account) {
        options.storage = platform::make_memory_storage();
        options.transport = make_demo_server(*account, system_clock());
        options.keep_data = sync::KeepData::no;
    } else {
        options.storage = platform::make_storage();
        options.transport = platform::make_transport();
        options.keep_data = load_keeps_data(*page.window) ? sync::KeepData::yes : sync::KeepData::no;
    }
    options.wake = [] { page.window->wake_from_any_thread(); };
    options.trouble = [](std::string_view what, const std::string& detail) { page.window->log_trouble(what, detail); };
    options.signed_out = [] {
        page.shell->note_signed_out();
        page.window->wake_from_any_thread();
    };
    page.store = sync::make_client(std::move(options));
    page.shell = std::make_unique<Shell>(*page.window, *page.store, system_clock(), make_system_random(),
                                         account ? nullptr : platform::make_transport(),
                                         account && make_stage ? make_stage(*account, system_clock()) : nullptr);
    page.shell->start();
    // The embedded files are the page's: the store's worker would wait for a busy page at each of them.
    emscripten_set_timeout([](void*) { store::read_time_zones(); }, zones_after_ms, nullptr);
}

}  // namespace portal::shell
