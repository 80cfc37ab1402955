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

// Between the demo's server, which lives on the store's thread, and the pitch. Nobody else presents.
portal::pitch::PitchLinks links_of(std::string_view account) {
    using namespace portal;
    static const pitch::PitchLinks links = {std::make_shared<LatestValue<pitch::Cohorts>>(),
                                            std::make_shared<LatestValue<pitch::GoLivePosition>>()};
    return account == pitch::pitch_account ? links : pitch::PitchLinks{};
}

std::unique_ptr<portal::platform::Transport> make_demo_server(std::string account, const portal::Clock& clock) {
    const portal::pitch::PitchLinks links = links_of(account);
    portal::pitch::DemoServerOptions options{
        .account = account, .cohorts = links.cohorts, .go_live = links.go_live, .clock = &clock};
    if (account == portal::pitch::pitch_account) options.practices_max = portal::pitch::pitch_practices_max;
    return std::make_unique<portal::pitch::DemoServer>(std::move(options));
}

std::unique_ptr<portal::views::Stage> make_pitch(const std::string& account, const portal::Clock& clock) {
    // The page's scripts wake it by themselves.
    return std::make_unique<portal::pitch::PitchStage>(portal::platform::make_desk([] {}), clock,
                                                       account == portal::pitch::pitch_account, links_of(account));
}

}  // namespace

int main() {
    portal::shell::run_page(executor_kind, make_demo_server, make_pitch);
    return 0;
}
