#include "app/shell/kept_copy.hpp"

#include <catch2/catch_test_macros.hpp>

#include "app/platform/window_headless.hpp"

namespace portal::shell {
namespace {

const Id user("01J00000000000000000000001"), other_user("01J00000000000000000000002");

enum class Began : std::uint8_t { empty, with_a_copy };

vm::Snapshot snapshot_of(const Id& of, const char* client, Began began, std::int64_t pending = 0) {
    vm::SyncPart sync;
    sync.client = Id(client);
    sync.epoch = "epoch";
    sync.began_empty = began == Began::empty;
    sync.pending_count = pending;
    sync.last_exchange_ms = 1'000;
    vm::SessionPart session;
    session.user = of;
    vm::Snapshot snapshot;
    snapshot.session = std::make_shared<const vm::SessionPart>(session);
    snapshot.sync = std::make_shared<const vm::SyncPart>(sync);
    return snapshot;
}

vm::Snapshot with(vm::Snapshot snapshot, const std::function<void(vm::SyncPart&)>& change) {
    auto sync = std::make_shared<vm::SyncPart>(*snapshot.sync);
    change(*sync);
    snapshot.sync = std::move(sync);
    return snapshot;
}

// One visit that sees these snapshots; whether a loss was found.
bool visit(platform::Window& window, const std::vector<vm::Snapshot>& seen, std::optional<views::LostCopy>* lost = {}) {
    KeptCopy copy(window);
    bool is_found = false;
    for (const vm::Snapshot& snapshot : seen)
        is_found |= copy.look(snapshot);
    if (lost) *lost = copy.lost();
    return is_found;
}

}  // namespace

TEST_CASE("a copy that was there and is not there any more is told once, with what waited in it", "[shell]") {
    platform::HeadlessWindow window;
    CHECK_FALSE(visit(window, {snapshot_of(user, "one", Began::empty), snapshot_of(user, "one", Began::empty, 2)}));
    CHECK_FALSE(visit(window, {snapshot_of(user, "one", Began::with_a_copy, 3)}));
    std::optional<views::LostCopy> lost;
    CHECK(visit(window, {snapshot_of(user, "two", Began::empty)}, &lost));
    CHECK(lost == views::LostCopy{3, 1'000});
    // Another tab of that browser, and the next visit.
    CHECK_FALSE(visit(window, {snapshot_of(user, "two", Began::empty)}));
    CHECK_FALSE(visit(window, {snapshot_of(user, "two", Began::with_a_copy)}));
}

TEST_CASE("what is not the browser's doing is not told as such", "[shell]") {
    platform::HeadlessWindow window;
    REQUIRE_FALSE(visit(window, {snapshot_of(user, "one", Began::empty, 1)}));
    const vm::Snapshot fresh = snapshot_of(user, "two", Began::empty);
    SECTION("a first visit of somebody else") {
        CHECK_FALSE(visit(window, {snapshot_of(other_user, "two", Began::empty)}));
        CHECK(visit(window, {snapshot_of(user, "three", Began::empty)}));
    }
    SECTION("a new client id for the copy that is there") {
        CHECK_FALSE(visit(window, {snapshot_of(user, "two", Began::with_a_copy)}));
        CHECK_FALSE(visit(window, {snapshot_of(user, "three", Began::with_a_copy)}));
    }
    SECTION("signing out") {
        KeptCopy copy(window);
        CHECK_FALSE(copy.look(snapshot_of(user, "one", Began::with_a_copy)));
        copy.forget();
        CHECK(window.load_preference("kept_copy:" + user).empty());
        CHECK_FALSE(visit(window, {fresh}));
    }
    SECTION("the choice to keep nothing") {
        const auto keeps_nothing = [](vm::SyncPart& sync) {
            sync.keeps_data = false;
            sync.storage = vm::StorageKind::memory;
        };
        CHECK_FALSE(visit(window, {with(snapshot_of(user, "one", Began::with_a_copy), keeps_nothing)}));
        CHECK(window.load_preference("kept_copy:" + user).empty());
        CHECK_FALSE(visit(window, {fresh}));
    }
    SECTION("a visit that works from memory, which changes nothing") {
        const auto in_memory = [](vm::SyncPart& sync) { sync.storage = vm::StorageKind::memory; };
        CHECK_FALSE(visit(window, {with(fresh, in_memory)}));
        CHECK_FALSE(visit(window, {snapshot_of(user, "one", Began::with_a_copy)}));
        CHECK(visit(window, {fresh}));
    }
    SECTION("rows that are still on their way") {
        const auto not_whole = [](vm::SyncPart& sync) { sync.epoch.clear(); };
        CHECK_FALSE(visit(window, {with(fresh, not_whole)}));
        CHECK(visit(window, {fresh}));
    }
    SECTION("a memory of the page that cannot be read") {
        window.store_preference("kept_copy:" + user, "nonsense");
        CHECK_FALSE(visit(window, {fresh}));
    }
}

}  // namespace portal::shell
