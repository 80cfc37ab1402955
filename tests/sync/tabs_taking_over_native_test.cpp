// Tabs of which one answers nobody for so long that another takes its place, and what becomes of what was done in both.
#include "tests/sync/tabs_of_a_browser.hpp"

namespace portal::sync {

using test::Browser;
using test::Tab;

namespace {

// The follower is awake all the while.
void wait_for_a_word(Browser& browser, Tab& tab, DurationMs ms) {
    for (DurationMs passed_ms = 0; passed_ms < ms; passed_ms += limits::tab_tick_ms)
        browser.pass_for(tab, limits::tab_tick_ms);
}

// Until it has asked in vain and waited for as long as it is to.
void take_over(Browser& browser, Tab& tab) {
    wait_for_a_word(browser, tab, limits::tab_word_period_ms + limits::tab_takeover_ms + limits::tab_tick_ms);
}

std::vector<std::string> subjects_of(Browser& browser) {
    std::vector<std::string> subjects;
    for (const store::OutboxEntry& entry : browser.edits())
        subjects.push_back(entry.about);
    return subjects;
}

using Subjects = std::vector<std::string>;

}  // namespace

TEST_CASE("The place of an owner that answers nobody is taken by a tab that is seen", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    const Id before = owner.file_ticket("before");
    browser.settle();
    const void* const holder = browser.device.holder;
    const Id meanwhile = follower.file_ticket("meanwhile");
    wait_for_a_word(browser, follower, limits::tab_word_period_ms + limits::tab_takeover_ms - limits::tab_tick_ms);
    CHECK(browser.device.holder == holder);
    CHECK(follower.problem() == vm::LocalProblem::other_tab);
    take_over(browser, follower);
    CHECK(browser.device.holder != holder);
    CHECK(follower.problem() == vm::LocalProblem::none);
    CHECK(follower.shows(before));
    CHECK(follower.shows(meanwhile));
    CHECK(subjects_of(browser) == Subjects{"before", "meanwhile"});
}

TEST_CASE("A tab that is not seen leaves the owner's place alone", "[tabs]") {
    Browser browser;
    browser.open();
    Tab& follower = browser.open();
    follower.client().set_visible(false);
    browser.settle();
    const void* const holder = browser.device.holder;
    take_over(browser, follower);
    CHECK(browser.device.holder == holder);
    follower.client().set_visible(true);
    take_over(browser, follower);
    CHECK(browser.device.holder != holder);
}

TEST_CASE("Where nobody can be replaced, the tab goes on to say so and to keep what is done in it", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    browser.device.open_generations.clear();
    const Id ticket = follower.file_ticket("While the other stood still");
    take_over(browser, follower);
    CHECK(follower.problem() == vm::LocalProblem::other_tab);
    browser.settle();
    CHECK(follower.problem() == vm::LocalProblem::none);
    CHECK(owner.shows(ticket));
    CHECK(subjects_of(browser) == Subjects{"While the other stood still"});
}

TEST_CASE("An owner that was replaced follows when it wakes, whether it is told or asks", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    browser.device.tells_of_replacing = GENERATE(true, false);
    take_over(browser, follower);
    const void* const holder = browser.device.holder;
    // Done while it stood still, before it could know.
    const Id ticket = owner.file_ticket("in the former owner");
    owner.work();
    CHECK(browser.device.holder == holder);
    browser.settle();
    CHECK(owner.shows(ticket));
    CHECK(follower.shows(ticket));
    CHECK(owner.snapshot()->sync->client == follower.snapshot()->sync->client);
    CHECK(browser.device.formers.empty());
    CHECK(subjects_of(browser) == Subjects{"in the former owner"});
}

TEST_CASE("What a replaced owner has stored beyond the copy is taken from its files, once", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    browser.device.tells_of_replacing = false;
    owner.file_ticket("in both");
    browser.settle();
    take_over(browser, follower);
    REQUIRE(browser.device.formers.size() == 1);
    // As the commit in whose middle it was stopped: it does not look at the clock before it goes on.
    browser.device.live = browser.device.formers.front();
    const Id late = owner.file_ticket("in the former one alone");
    owner.work();
    browser.device.live = browser.device.formers.front() + 1;
    follower.file_ticket("in the later one alone");
    follower.work();
    CHECK_FALSE(follower.shows(late));
    Tab* left = &follower;
    SECTION("when it follows") {
        browser.pass_for(owner, limits::tab_answer_ms_max + 1);
        browser.settle();
        CHECK(owner.shows(late));
    }
    SECTION("when it dies") {
        browser.close(owner);
    }
    SECTION("when the other one has gone before it") {
        browser.close(follower);
        browser.close(owner);
        left = &browser.open();
    }
    browser.settle();
    CHECK(browser.device.formers.empty());
    // What was taken has numbers; what comes after it has others.
    const Id after = left->file_ticket("after that");
    browser.settle();
    CHECK(left->shows(after));
    CHECK(subjects_of(browser) ==
          Subjects{"in both", "in the later one alone", "in the former one alone", "after that"});
}

TEST_CASE("What was answered in the tray does not come back from the files of a replaced owner", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    owner.file_ticket(std::string(500, 'x'));
    browser.settle();
    REQUIRE(owner.snapshot()->sync->tray_count == 1);
    take_over(browser, follower);
    REQUIRE(follower.snapshot()->sync->tray_count == 1);
    follower.want(vm::AnswerTray{follower.snapshot()->sync->tray.front().intent, {}, vm::TrayAnswer::discard});
    follower.work();
    REQUIRE(follower.snapshot()->sync->tray_count == 0);
    browser.settle();
    CHECK(browser.device.formers.empty());
    CHECK(follower.snapshot()->sync->tray_count == 0);
}

TEST_CASE("What a former owner says late is not believed, however much it has seen", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    Tab& third = browser.open();
    take_over(browser, follower);
    third.hear();
    third.work();
    REQUIRE(third.snapshot()->sync->client == follower.snapshot()->sync->client);
    // It still takes itself for the owner, and says so to everybody who asks.
    browser.device.tells_of_replacing = false;
    third.client().set_visible(true);
    third.work();
    owner.hear();
    const Id ticket = third.file_ticket("to the later owner");
    third.hear();
    third.work();
    follower.hear();
    follower.work();
    CHECK(follower.shows(ticket));
    browser.settle();
    CHECK(subjects_of(browser) == Subjects{"to the later owner"});
}

TEST_CASE("A tab can be replaced again and again", "[tabs]") {
    Browser browser;
    Tab& one = browser.open();
    Tab& two = browser.open();
    one.file_ticket("first");
    browser.settle();
    take_over(browser, two);
    two.file_ticket("second");
    two.work();
    one.hear();
    one.work();
    one.hear();
    one.work();
    take_over(browser, one);
    one.file_ticket("third");
    one.work();
    browser.settle();
    CHECK(browser.device.live == 3);
    CHECK(browser.device.formers.empty());
    CHECK(subjects_of(browser) == Subjects{"first", "second", "third"});
}

}  // namespace portal::sync
