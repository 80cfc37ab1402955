// The demo's program; and, without threads, the one that serves as the portal's where threads are not to be had.
#include "app/pitch/demo_server.hpp"
#include "app/pitch/pitch_stage.hpp"
#include "app/shell/page_web.hpp"

namespace {

#ifdef PORTAL_WEB_THREADS
constexpr auto executor_kind = portal::store::ExecutorKind::threaded;
#else
constexpr auto executor_kind = portal::store::ExecutorKind::interleaved;
#endif

// From the demo's server, which lives on the store's thread, to the pitch.
const std::shared_ptr<portal::LatestValue<portal::pitch::Cohorts>>& cohorts() {
    static const auto told = std::make_shared<portal::LatestValue<portal::pitch::Cohorts>>();
    return told;
}

std::unique_ptr<portal::platform::Transport> make_demo_server(std::string account, const portal::Clock& clock) {
    return std::make_unique<portal::pitch::DemoServer>(portal::pitch::DemoServerOptions{
        .account = account, .cohorts = account == portal::pitch::pitch_account ? cohorts() : nullptr, .clock = &clock});
}

std::unique_ptr<portal::views::Stage> make_pitch(const std::string& account, const portal::Clock& clock) {
    // The page's scripts wake it by themselves.
    return std::make_unique<portal::pitch::PitchStage>(portal::platform::make_desk([] {}), clock,
                                                       account == portal::pitch::pitch_account, cohorts());
}

}  // namespace

int main() {
    portal::shell::run_page(executor_kind, make_demo_server, make_pitch);
    return 0;
}
