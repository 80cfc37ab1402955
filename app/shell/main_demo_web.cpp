// The demo's program; and, without threads, the one that serves as the portal's where threads are not to be had.
#include "app/pitch/demo_server.hpp"
#include "app/shell/page_web.hpp"

namespace {

#ifdef PORTAL_WEB_THREADS
constexpr auto executor_kind = portal::store::ExecutorKind::threaded;
#else
constexpr auto executor_kind = portal::store::ExecutorKind::interleaved;
#endif

std::unique_ptr<portal::platform::Transport> make_demo_server(std::string account, const portal::Clock& clock) {
    return std::make_unique<portal::pitch::DemoServer>(
        portal::pitch::DemoServerOptions{.account = std::move(account), .clock = &clock});
}

}  // namespace

int main() {
    portal::shell::run_page(executor_kind, make_demo_server);
    return 0;
}
