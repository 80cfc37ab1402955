#include "app/shell/following.hpp"

#include "app/views/shared_follow_view.hpp"
#include "app/vm/shown_state.hpp"
#include "shared/base/limits.hpp"

namespace portal::shell {

Following::Following(platform::Window& window, platform::Transport& transport, const Clock& clock, RandomSource& random,
                     std::function<void()> changed)
    : m_window(window), m_transport(transport), m_clock(clock), m_random(random), m_changed(std::move(changed)) {}

void Following::begin(const Id& share) {
    if (m_loop && m_share == share) return;
    leave();
    m_share = share;
    m_bar = {};
    m_window.keep_follow_share(share);
    follow::GuestOptions options;
    options.share = share;
    options.transport = &m_transport;
    options.clock = &m_clock;
    options.random = &m_random;
    options.changed = m_changed;
    options.trouble = [&window = m_window](std::string_view what, const std::string& detail) {
        window.log_trouble(what, detail);
    };
    m_loop = std::make_unique<follow::GuestLoop>(std::move(options));
    m_changed();
}

void Following::leave() {
    if (!m_loop) return;
    m_loop.reset();
    m_share.clear();
    m_ended_ms.reset();
    m_window.keep_follow_share({});
    // What the user has chosen for themselves since stays.
    const auto own = std::exchange(m_own_scope, std::nullopt);
    if (own && m_chosen_scope == m_followed_scope) m_wanted_scope = own;
    m_changed();
}

std::optional<DurationMs> Following::step() {
    if (!m_loop) return std::nullopt;
    const auto due_ms = m_loop->step();
    if (m_loop->part().phase != vm::GuestPhase::ended) return due_ms;
    // What the bar says of the end is said for a while.
    const DurationMs now_ms = m_clock.monotonic_ms();
    if (!m_ended_ms) m_ended_ms = now_ms;
    const DurationMs left_ms = *m_ended_ms + limits::follow_ended_ms - now_ms;
    if (left_ms > 0) return left_ms;
    leave();
    return std::nullopt;
}

std::optional<vm::Query> Following::wanted(const views::ViewContext& context, const std::optional<vm::Query>& now) {
    const vm::SessionPart* session = context.snapshot.session.get();
    if (!m_loop || !session || !m_loop->part().shown || presents()) return std::nullopt;
    const ShareViewState& shown = *m_loop->part().shown;
    m_chosen_scope = session->scope;
    if (!views::goes_along(shown, m_bar.following)) return std::nullopt;
    auto query = vm::query_of_state(shown, now, {session->sees_financing, session->practices.size() > 1});
    if (!query) return std::nullopt;
    want_scope(*session, shown);
    return query == now ? std::nullopt : query;
}

// Financing names its practice itself; the other screens show the places that are chosen.
void Following::want_scope(const vm::SessionPart& session, const ShareViewState& shown) {
    vm::Scope scope;
    const Id practice = vm::practice_of(shown);
    if (shown.route != ShareView::financing && session.practices.size() > 1 && !practice.empty())
        scope.practices = {practice};
    if (scope == session.scope) return;
    if (!m_own_scope) m_own_scope = session.scope;
    m_followed_scope = scope;
    m_wanted_scope = std::move(scope);
}

void Following::go_own_way() {
    if (m_loop && !presents()) m_bar.following.follows = views::FollowState::Follows::own_way;
}

void Following::draw_place() {
    if (!m_loop || presents() || m_loop->part().phase != vm::GuestPhase::live || !m_loop->part().session) return;
    views::follow_scroll(m_bar.following);
    views::shared_pointer(m_bar.following, m_loop->part());
}

bool Following::draw_bar(const views::ViewContext& context, bool may_take_back) {
    const views::FollowingBarWishes wishes = views::following_bar_view(context, m_bar, m_loop->part(), may_take_back);
    if (wishes.reaction) m_loop->react(*wishes.reaction);
    if (wishes.try_again) m_loop->try_now();
    if (wishes.leave) leave();
    return wishes.take_back;
}

}  // namespace portal::shell
