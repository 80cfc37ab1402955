// Following a shared view in one's own portal: the screen goes along with the presenter's, drawn from one's own rows.
//
// Thread: the UI thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "app/follow/guest_loop.hpp"
#include "app/platform/window.hpp"
#include "app/views/following_bar_view.hpp"

namespace portal::shell {

class Following {
  public:
    // All outlive it.
    Following(platform::Window& window, platform::Transport& transport, const Clock& clock, RandomSource& random,
              std::function<void()> changed);

    // One at a time: another share takes the place of the former.
    void begin(const Id& share);
    void leave();
    bool is_on() const { return m_loop != nullptr; }
    const Id& share() const { return m_share; }
    // What is followed is presented by oneself.
    bool presents() const { return m_loop && m_loop->part().session && m_loop->part().session->presents; }
    // Does what is due; after how long to call again.
    std::optional<DurationMs> step();

    // The screen to go along to; nothing where there is nothing new.
    std::optional<vm::Query> wanted(const views::ViewContext& context, const std::optional<vm::Query>& now);
    // The places to choose for it, or one's own again. Told once.
    std::optional<vm::Scope> wanted_scope() { return std::exchange(m_wanted_scope, std::nullopt); }
    void go_own_way();
    // To where the presenter has scrolled, and their pointer: in the content, after it was drawn.
    void draw_place();
    // Whether presenting is to be taken back.
    bool draw_bar(const views::ViewContext& context, bool may_take_back);

  private:
    void want_scope(const vm::SessionPart& session, const ShareViewState& shown);

    platform::Window& m_window;
    platform::Transport& m_transport;
    const Clock& m_clock;
    RandomSource& m_random;
    std::function<void()> m_changed;
    std::unique_ptr<follow::GuestLoop> m_loop;
    Id m_share;
    views::FollowingBarState m_bar;
    std::optional<vm::Scope> m_own_scope;  // Before the first one was gone along with.
    vm::Scope m_followed_scope;            // The last one that was, and the one that is chosen now.
    vm::Scope m_chosen_scope;
    std::optional<vm::Scope> m_wanted_scope;
    std::optional<DurationMs> m_ended_ms;
};

}  // namespace portal::shell
