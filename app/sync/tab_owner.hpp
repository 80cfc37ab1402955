// The tabs that follow this one, which owns the store: their viewers, their wishes, and what they are told.
// Thread: the store's.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "app/platform/tabs.hpp"
#include "app/store/replica_store.hpp"
#include "app/sync/tab_messages.hpp"
#include "shared/base/clock.hpp"

namespace portal::sync {

class TabOwner {
  public:
    // All outlive it; the store has a replica attached. `take` gives an intent to the client for a viewer; false: it
    // must wait.
    TabOwner(platform::Tabs& tabs, Id own_name, std::int64_t generation, store::ReplicaStore& store, const Clock& clock,
             std::function<bool(const vm::Intent&, store::Viewer&)> take);
    ~TabOwner();

    void hear(const TabMessage& message);
    // Takes the wishes that waited and lets go of tabs that have fallen silent.
    void step();
    std::optional<DurationMs> due_ms() const;
    bool has_visible_follower() const;

    void tell_signed_out() { tell_all(SignedOut{}); }
    void tell_keeps_nothing() { tell_all(KeepsNothing{}); }

  private:
    struct Follower {
        store::Viewer* viewer = nullptr;
        std::shared_ptr<const vm::Snapshot> told;  // Null: what it shows is all to be replaced.
        std::deque<Wish> wishes;
        std::int64_t last_number = 0;  // The newest wish that was heard.
        bool is_visible = true;
        DurationMs heard_ms = 0;
    };

    Here here() const;
    void look(const Id& name, const Look& look);
    void take_wishes(const Id& name, Follower& follower);
    void tell(const Id& name, decltype(TabMessage::what) what);
    void tell_all(decltype(TabMessage::what) what) { tell({}, std::move(what)); }

    platform::Tabs& m_tabs;
    const Id m_own_name;
    const std::int64_t m_generation;
    store::ReplicaStore& m_store;
    const Clock& m_clock;
    const std::function<bool(const vm::Intent&, store::Viewer&)> m_take;
    std::map<Id, Follower> m_followers;
};

}  // namespace portal::sync
