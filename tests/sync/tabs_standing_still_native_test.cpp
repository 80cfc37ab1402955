// Tabs of which one stands still, sleeps, or is not let in.
#include "app/platform/transport_answer.hpp"
#include "tests/sync/tabs_of_a_browser.hpp"

namespace portal::sync {

using test::Browser;
using test::Tab;

namespace {

// The server knows nobody.
class RefusingTransport final : public test::AnsweringTransport {
    void answer(const platform::TransportRequest&, const platform::TransportHandlers& handlers) override {
        handlers.head({platform::http_unauthorized, 0});
        handlers.done({});
    }
};

}  // namespace

TEST_CASE("An owner that does not answer is told, and what was done meanwhile is kept for it", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    browser.pass_for(follower, limits::tab_word_period_ms);
    CHECK(follower.problem() == vm::LocalProblem::none);
    const Id ticket = follower.file_ticket("While the other stood still");
    browser.pass_for(follower, limits::tab_answer_ms_max);
    CHECK(follower.problem() == vm::LocalProblem::other_tab);
    CHECK(follower.snapshot()->session);
    browser.settle();
    CHECK(follower.problem() == vm::LocalProblem::none);
    CHECK(owner.shows(ticket));
}

TEST_CASE("A tab that finds the place taken and nobody to speak with says so", "[tabs]") {
    Browser browser;
    browser.device.holder = &browser;
    Tab& tab = browser.open();
    CHECK(tab.snapshot()->sync->phase == vm::SyncPhase::starting);
    browser.pass(limits::tab_answer_ms_max);
    CHECK(tab.snapshot()->sync->phase == vm::SyncPhase::failed);
    CHECK(tab.problem() == vm::LocalProblem::other_tab);
    browser.device.let_go(&browser);
    browser.settle();
    CHECK(tab.snapshot()->session);
    CHECK(tab.problem() == vm::LocalProblem::none);
}

TEST_CASE("A tab that has been silent is let go, and comes back with a word", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    browser.device.clock.advance(10 * limits::tab_word_period_ms);
    owner.work();
    const Id ticket = owner.file_ticket("While the other slept");
    owner.work();
    CHECK_FALSE(follower.shows(ticket));
    browser.settle();
    CHECK(follower.shows(ticket));
}

TEST_CASE("When an owner that stood still goes, its place is taken and what was done meanwhile is stored", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    const Id ticket = follower.file_ticket("While the other stood still");
    browser.pass_for(follower, limits::tab_word_period_ms);
    browser.pass_for(follower, limits::tab_answer_ms_max);
    REQUIRE(follower.problem() == vm::LocalProblem::other_tab);
    const void* const holder = browser.device.holder;
    browser.pass_for(follower, 10 * limits::tab_answer_ms_max);
    CHECK(browser.device.holder == holder);
    browser.close(owner);
    browser.settle();
    CHECK(follower.problem() == vm::LocalProblem::none);
    CHECK(follower.shows(ticket));
    CHECK(browser.edits().size() == 1);
}

TEST_CASE("What is done in a tab that has been let go is stored, whatever comes after it", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    browser.device.clock.advance(10 * limits::tab_word_period_ms);
    owner.work();
    follower.file_ticket("first");
    SECTION("alone") {
        browser.settle();
        CHECK(browser.edits().size() == 1);
    }
    SECTION("and before the next thing that is done there") {
        follower.work();
        owner.hear();
        owner.work();
        follower.file_ticket("second");
        browser.settle();
        const auto edits = browser.edits();
        REQUIRE(edits.size() == 2);
        CHECK(edits[0].about == "first");
        CHECK(edits[1].about == "second");
    }
}

TEST_CASE("A tab that the server does not know says so, whoever has the place", "[tabs]") {
    Browser browser;
    browser.open();
    Tab& second = browser.open(std::make_unique<RefusingTransport>());
    browser.pass(limits::tab_word_period_ms + limits::tab_answer_ms_max);
    CHECK(second.snapshot()->sync->phase == vm::SyncPhase::signed_out);
    CHECK(second.problem() == vm::LocalProblem::none);
    CHECK_FALSE(second.snapshot()->session);
}

TEST_CASE("Working offline is the user's wish in every tab", "[tabs]") {
    Browser browser;
    Tab& first = browser.open();
    Tab& second = browser.open();
    second.want(vm::SetOffline{true});
    browser.settle();
    CHECK(first.snapshot()->sync->forced_offline);
    first.client().set_visible(false);
    browser.settle();
    CHECK(second.snapshot()->sync->forced_offline);
    second.want(vm::SetOffline{false});
    browser.settle();
    browser.close(second);
    first.client().set_visible(true);
    browser.settle();
    REQUIRE(first.snapshot()->session);
    CHECK_FALSE(first.snapshot()->sync->forced_offline);
}

}  // namespace portal::sync
