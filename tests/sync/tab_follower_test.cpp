#include "app/sync/tab_follower.hpp"

#include <catch2/catch_test_macros.hpp>

#include "app/vm/snapshot_change.hpp"

namespace portal::sync {
namespace {

// Nobody hears what the tab says.
class DeafTabs final : public platform::Tabs {
  public:
    void join(const std::string&, const std::string&, std::function<void(std::string_view)>) override {}
    void send(const std::string&, std::string_view) override {}
    void leave() override {}
};

Shown shown_at(const Here& here) {
    vm::SyncPart sync;
    sync.client = here.client;
    sync.epoch = here.epoch;
    sync.cursor = here.cursor;
    vm::Snapshot snapshot;
    snapshot.sync = std::make_shared<const vm::SyncPart>(std::move(sync));
    return {vm::change_between(nullptr, snapshot)};
}

}  // namespace

TEST_CASE("Last words of a former owner that come late take no tab back to what it showed", "[tabs]") {
    DeafTabs tabs;
    store::Viewer viewer;
    ManualClock clock{0};
    TabFollower follower(tabs, "follower", viewer, clock, {});
    const auto hear = [&](const Id& from, const Here& here) {
        follower.hear({from, here});
        follower.hear({from, shown_at(here)});
        return viewer.snapshot()->sync->cursor;
    };
    CHECK(hear("former", {"copy", "epoch", 4}) == 4);
    CHECK(hear("next", {"copy", "epoch", 5}) == 5);
    CHECK(hear("former", {"copy", "epoch", 4}) == 5);
    CHECK(hear("next", {"copy", "epoch", 6}) == 6);
    // Another past begins where it begins.
    CHECK(hear("third", {"copy", "restored", 2}) == 2);
    CHECK(hear("fourth", {"new copy", "restored", 1}) == 1);
}

}  // namespace portal::sync
