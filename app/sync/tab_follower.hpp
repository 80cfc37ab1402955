// A tab whose store is owned by another: tells the owner what its user looks at and wants, and shows what the owner
// builds for it. What was wished is kept until the owner has stored it, so that whoever owns next gets it again.
// Thread: the store's.
#pragma once

#include <deque>
#include <memory>
#include <optional>

#include "app/platform/tabs.hpp"
#include "app/store/viewer.hpp"
#include "app/sync/tab_messages.hpp"
#include "shared/base/clock.hpp"

namespace portal::sync {

class TabFollower {
  public:
    // All outlive it. `looks` is where the user is.
    TabFollower(platform::Tabs& tabs, Id own_name, store::Viewer& viewer, const Clock& clock, Look looks);

    void hear(TabMessage message);
    // Says where the user looks, when that is due.
    void step();
    DurationMs due_ms() const;
    // The owner has been silent for limits::tab_takeover_ms while somebody looked at us; true once in that time.
    bool take_patience_end();

    void look(const Look& looks);
    const Look& looks() const { return m_look; }
    // False when too many wait already.
    bool wish(vm::Intent intent);
    // Those that are not known to be stored, in order.
    std::deque<vm::Intent> take_wishes();

  private:
    void tell(const Id& name, decltype(TabMessage::what) what);
    void say_where();
    void tell_wishes();
    void follow(const Id& owner);
    // Of one that was replaced, or of a former owner when a later one has shown more of the same copy.
    bool is_outdated(const Here& here) const;
    // The owner has not been heard for limits::tab_answer_ms_max: the screens stay, and say so.
    void note_silence();
    void count_silence();
    void note_answer();

    platform::Tabs& m_tabs;
    const Id m_own_name;
    store::Viewer& m_viewer;
    const Clock& m_clock;
    Look m_look;
    Id m_owner;
    std::int64_t m_generation = 0;  // Of the owner's files.
    std::deque<Wish> m_wishes;
    std::int64_t m_last_number = 0;
    std::optional<DurationMs> m_asked_ms;  // Since when an answer is waited for.
    DurationMs m_word_due_ms = 0;
    DurationMs m_tick_ms = 0;    // When the last one was.
    DurationMs m_silent_ms = 0;  // By ticks, while an answer is waited for.
    std::shared_ptr<const vm::SyncPart> m_sync_before_silence;
};

}  // namespace portal::sync
