#include "app/sync/tab_owner.hpp"

#include <algorithm>

#include "shared/base/limits.hpp"

namespace portal::sync {
namespace {

// A few of its regular words went unheard.
constexpr DurationMs follower_silence_ms_max = 4 * limits::tab_word_period_ms;

}  // namespace

TabOwner::TabOwner(platform::Tabs& tabs, Id own_name, std::int64_t generation, store::ReplicaStore& store,
                   const Clock& clock, std::function<bool(const vm::Intent&, store::Viewer&)> take)
    : m_tabs(tabs),
      m_own_name(std::move(own_name)),
      m_generation(generation),
      m_store(store),
      m_clock(clock),
      m_take(std::move(take)) {
    tell_all(here());
}

TabOwner::~TabOwner() {
    for (const auto& [name, follower] : m_followers)
        m_store.remove_viewer(*follower.viewer);
}

void TabOwner::tell(const Id& name, decltype(TabMessage::what) what) {
    m_tabs.send(name, encode({m_own_name, std::move(what)}));
}

Here TabOwner::here() const {
    const vm::SyncPart& sync = *m_store.snapshot()->sync;
    return {sync.client, sync.epoch, sync.cursor, m_generation};
}

void TabOwner::hear(const TabMessage& message) {
    if (const auto* wanted = std::get_if<Look>(&message.what)) return look(message.from, *wanted);
    const auto* wish = std::get_if<Wish>(&message.what);
    if (!wish) return;
    const auto found = m_followers.find(message.from);
    // One that was let go, or that followed another, tells where it looks first.
    if (found == m_followers.end()) return tell(message.from, here());
    Follower& follower = found->second;
    follower.heard_ms = m_clock.monotonic_ms();
    if (wish->number <= follower.last_number) return;
    follower.last_number = wish->number;
    follower.wishes.push_back(*wish);
}

void TabOwner::look(const Id& name, const Look& look) {
    Follower& follower = m_followers[name];
    if (!follower.viewer) {
        follower.viewer = &m_store.add_viewer();
        // Parts that are still to be built replace those that it shows one by one; hidden rows go at once.
        if (!m_store.is_hidden()) follower.told = std::make_shared<const vm::Snapshot>();
        follower.viewer->published = [this, name, &follower](std::shared_ptr<const vm::Snapshot> snapshot) {
            tell(name, Shown{vm::change_between(follower.told.get(), *snapshot)});
            follower.told = std::move(snapshot);
        };
    }
    follower.heard_ms = m_clock.monotonic_ms();
    follower.is_visible = look.is_visible;
    follower.viewer->set_visible(look.is_visible);
    follower.viewer->choose(look.scope);
    follower.viewer->show(look.query);
    tell(name, here());
}

void TabOwner::take_wishes(const Id& name, Follower& follower) {
    std::int64_t taken = 0;
    while (!follower.wishes.empty() && m_take(follower.wishes.front().intent, *follower.viewer)) {
        taken = follower.wishes.front().number;
        follower.wishes.pop_front();
    }
    if (taken > 0) tell(name, Stored{taken});
}

void TabOwner::step() {
    const DurationMs now_ms = m_clock.monotonic_ms();
    for (auto position = m_followers.begin(); position != m_followers.end();) {
        auto& [name, follower] = *position;
        take_wishes(name, follower);
        if (now_ms - follower.heard_ms < follower_silence_ms_max) {
            ++position;
            continue;
        }
        m_store.remove_viewer(*follower.viewer);
        position = m_followers.erase(position);
    }
}

std::optional<DurationMs> TabOwner::due_ms() const {
    std::optional<DurationMs> due;
    for (const auto& [name, follower] : m_followers) {
        const DurationMs silent_ms = follower.heard_ms + follower_silence_ms_max;
        due = std::min(due.value_or(silent_ms), silent_ms);
    }
    return due;
}

bool TabOwner::has_visible_follower() const {
    return std::any_of(m_followers.begin(), m_followers.end(),
                       [](const auto& entry) { return entry.second.is_visible; });
}

}  // namespace portal::sync
