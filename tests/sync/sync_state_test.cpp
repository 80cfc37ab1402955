#include "app/sync/sync_state.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

#include "shared/base/limits.hpp"

namespace portal::sync {
namespace {

SyncState started(RandomSource& random) {
    SyncState state(random);
    REQUIRE(state.next(0) == Act::pull);
    state.on_exchange_end(ExchangeEnd::done, 0);
    return state;
}

}  // namespace

TEST_CASE("A client pulls at its start, then by its period", "[sync]") {
    SeededRandom random(1);
    SyncState state = started(random);
    CHECK(state.phase() == Phase::idle);
    CHECK(state.next(limits::pull_period_ms - 1) == Act::none);
    CHECK(state.due_ms() == limits::pull_period_ms);
    CHECK(state.next(limits::pull_period_ms) == Act::pull);
    CHECK(state.phase() == Phase::pulling);
    CHECK(state.next(limits::pull_period_ms) == Act::none);
}

TEST_CASE("What an end of an exchange leads to", "[sync]") {
    struct Case {
        std::string name;
        ExchangeEnd end;
        Phase phase;
        Act next;  // At once.
        bool waits_on_timer;
        bool offline = false;
    };
    const std::vector<Case> cases = {
        {"done", ExchangeEnd::done, Phase::idle, Act::pull, true},
        {"more", ExchangeEnd::more, Phase::idle, Act::push, true},
        {"transient", ExchangeEnd::transient, Phase::waiting, Act::none, true, true},
        {"unsaved", ExchangeEnd::unsaved, Phase::waiting, Act::none, true},
        {"refused", ExchangeEnd::refused, Phase::waiting, Act::none, true},
        {"signed out", ExchangeEnd::signed_out, Phase::signed_out, Act::none, false},
        {"reload needed", ExchangeEnd::reload_needed, Phase::reload_needed, Act::none, false},
    };
    for (const Case& row : cases) {
        INFO(row.name);
        SeededRandom random(2);
        SyncState state = started(random);
        state.on_local_edit(10);
        REQUIRE(state.next(10) == Act::push);
        state.on_exchange_end(row.end, 10);
        CHECK(state.phase() == row.phase);
        CHECK(state.is_offline() == row.offline);
        CHECK(state.due_ms().has_value() == row.waits_on_timer);
        CHECK(state.next(10) == row.next);
    }
}

TEST_CASE("Where the server's rows have another form by now, edits go out all the same", "[sync]") {
    SeededRandom random(3);
    SyncState state(random);
    REQUIRE(state.next(0) == Act::pull);
    state.on_exchange_end(ExchangeEnd::reload_needed, 0);
    CHECK(state.phase() == Phase::reload_needed);
    CHECK_FALSE(state.due_ms());
    state.on_hint(5);
    CHECK(state.next(5) == Act::none);
    CHECK_FALSE(state.due_ms());
    state.on_local_edit(10);
    CHECK(state.due_ms() == 0);
    REQUIRE(state.next(10) == Act::push);
    state.on_exchange_end(ExchangeEnd::transient, 10);
    CHECK(state.next(10) == Act::none);
    REQUIRE(state.due_ms());
    REQUIRE(state.next(*state.due_ms()) == Act::push);
    state.on_exchange_end(ExchangeEnd::done, 20'000);
    CHECK(state.next(20'000) == Act::none);
    CHECK(state.phase() == Phase::reload_needed);
    // Until those are too old as well.
    state.on_local_edit(30'000);
    REQUIRE(state.next(30'000) == Act::push);
    state.on_exchange_end(ExchangeEnd::reload_needed, 30'000);
    state.on_local_edit(40'000);
    CHECK(state.next(40'000) == Act::none);
    CHECK_FALSE(state.due_ms());
}

TEST_CASE("A failed push is tried again without a new edit, after pulls have had their turn", "[sync]") {
    SeededRandom random(3);
    SyncState state = started(random);
    state.on_local_edit(0);
    REQUIRE(state.next(0) == Act::push);
    state.on_hint(0);
    state.on_exchange_end(ExchangeEnd::transient, 0);
    const DurationMs due = state.due_ms().value();
    CHECK(due >= 1);
    CHECK(due <= limits::retry_delay_ms_base);
    CHECK(state.next(due) == Act::pull);
    state.on_exchange_end(ExchangeEnd::done, due);
    CHECK(state.next(due) == Act::push);
}

TEST_CASE("Waits grow to the cap with full jitter, and obey Retry-After", "[sync]") {
    SeededRandom random(4);
    SyncState state = started(random);
    state.on_hint(0);
    DurationMs now = 0, longest = 0;
    for (int failure = 0; failure < 200; ++failure) {
        REQUIRE(state.next(now) == Act::pull);
        state.on_exchange_end(ExchangeEnd::transient, now);
        const DurationMs wait = state.due_ms().value() - now;
        CHECK(wait >= 1);
        CHECK(wait <= limits::retry_delay_ms_max);
        longest = std::max(longest, wait);
        now += wait;
    }
    CHECK(longest > limits::retry_delay_ms_max / 2);
    REQUIRE(state.next(now) == Act::pull);
    state.on_exchange_end(ExchangeEnd::transient, now, 600'000);
    CHECK(state.due_ms().value() >= now + 600'000);
    CHECK(state.link() == Link::up);  // A server that asks us to wait is there.
}

TEST_CASE("An edit during a push and a hint during a pull are not forgotten", "[sync]") {
    SeededRandom random(5);
    SyncState state = started(random);
    state.on_local_edit(0);
    REQUIRE(state.next(0) == Act::push);
    state.on_local_edit(0);
    state.on_exchange_end(ExchangeEnd::done, 0);
    CHECK(state.next(0) == Act::push);
    state.on_exchange_end(ExchangeEnd::done, 0);
    REQUIRE(state.next(0) == Act::pull);
    state.on_hint(0);
    state.on_exchange_end(ExchangeEnd::done, 0);
    CHECK(state.next(0) == Act::pull);
}

TEST_CASE("The offline switch stops everything and loses nothing", "[sync]") {
    SeededRandom random(6);
    SyncState state = started(random);
    state.on_local_edit(0);
    REQUIRE(state.next(0) == Act::push);
    state.on_forced_offline(true, 0);
    CHECK(state.phase() == Phase::offline);
    CHECK(state.next(1'000'000) == Act::none);
    CHECK_FALSE(state.due_ms().has_value());
    state.on_forced_offline(false, 1'000'000);
    CHECK(state.next(1'000'000) == Act::push);
}

TEST_CASE("A lost stream of hints brings the next pull forward, and never puts it off", "[sync]") {
    SeededRandom random(8);
    SyncState state = started(random);
    state.on_live(true);
    state.on_hint(0);
    REQUIRE(state.next(0) == Act::pull);
    state.on_exchange_end(ExchangeEnd::done, 0);
    REQUIRE(state.due_ms() == limits::pull_period_live_ms);
    state.on_live(false);
    state.pull_by(900);
    CHECK(state.due_ms() == 900);
    state.pull_by(60'000);
    CHECK(state.due_ms() == 900);
    CHECK(state.next(899) == Act::none);
    CHECK(state.next(900) == Act::pull);
}

TEST_CASE("Going online and a wish end a wait; a hidden page pulls seldom", "[sync]") {
    SeededRandom random(7);
    SyncState state = started(random);
    state.on_hint(0);
    REQUIRE(state.next(0) == Act::pull);
    state.on_exchange_end(ExchangeEnd::transient, 0, 30'000);
    REQUIRE(state.next(1) == Act::none);
    state.on_online(true, 1);
    CHECK(state.next(1) == Act::pull);
    state.on_visibility(Visibility::hidden, 1);
    state.on_exchange_end(ExchangeEnd::done, 1);
    CHECK(state.due_ms() == 1 + limits::pull_period_hidden_ms);
    state.on_visibility(Visibility::visible, 2);
    CHECK(state.next(2) == Act::pull);
}

}  // namespace portal::sync
