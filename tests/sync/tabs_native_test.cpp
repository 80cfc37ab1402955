// What the tabs of one user are to each other while all is well, and when one of them goes.
#include "tests/sync/tabs_of_a_browser.hpp"

namespace portal::sync {

using test::Browser;
using test::Tab;

TEST_CASE("Signing out asks first while an edit waits for its author's answer", "[tabs]") {
    Browser browser;
    Tab& tab = browser.open();
    tab.file_ticket(std::string(500, 'x'));
    browser.settle();
    REQUIRE(tab.snapshot()->sync->tray_count == 1);
    tab.want(vm::SignOut{});
    browser.settle();
    CHECK_FALSE(tab.has_left);
    tab.want(vm::SignOut{.discard_pending = true});
    browser.settle();
    CHECK(tab.has_left);
}

TEST_CASE("A second tab shows its own screens, built by the first", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    REQUIRE(follower.snapshot()->session);
    CHECK(follower.snapshot()->session->name == owner.snapshot()->session->name);
    follower.want(vm::ShowScreen{vm::TicketsQuery{.tab = vm::TicketTab::all}});
    browser.settle();
    CHECK(follower.snapshot()->tickets->query.tab == vm::TicketTab::all);
    CHECK(owner.snapshot()->tickets->query.tab == vm::TicketTab::open);
    const Id location = follower.snapshot()->session->locations.front().id;
    follower.want(vm::ChooseScope{{.locations = {location}}});
    browser.settle();
    CHECK(follower.snapshot()->session->scope.locations == std::vector<Id>{location});
    CHECK(owner.snapshot()->session->scope.locations.empty());
}

TEST_CASE("An edit made in a tab that follows is stored once and seen in all", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& one = browser.open();
    Tab& two = browser.open();
    const Id ticket = one.file_ticket("Reader is broken");
    browser.settle();
    for (const Tab* tab : {&owner, &one, &two})
        CHECK(tab->shows(ticket));
    CHECK(two.snapshot()->sync->pending_count == 1);
    CHECK(browser.edits().size() == 1);
}

TEST_CASE("A file is offered only in the tab that asked for it", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    follower.want(vm::ExportData{vm::Export::tickets, vm::TicketsQuery{}});
    browser.settle();
    REQUIRE(follower.snapshot()->ready_export);
    CHECK(follower.snapshot()->ready_export->name == "tickets.csv");
    CHECK_FALSE(owner.snapshot()->ready_export);
}

TEST_CASE("A tab takes over from one that closes, and its screens stay", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    follower.want(vm::ShowScreen{vm::TicketsQuery{.tab = vm::TicketTab::all}});
    browser.settle();
    const auto before = follower.snapshot();
    browser.close(owner);
    for (int step = 0; step < 5; ++step) {
        (void)follower.client().step();
        CHECK(follower.snapshot()->tickets->rows.size() == before->tickets->rows.size());
    }
    browser.settle();
    const Id ticket = follower.file_ticket("After the other has gone");
    browser.settle();
    CHECK(follower.shows(ticket));
    CHECK(follower.snapshot()->tickets->query.tab == vm::TicketTab::all);
    CHECK(browser.edits().size() == 1);
}

TEST_CASE("No edit is lost or doubled when the owner dies", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    Tab& third = browser.open();
    SECTION("before it has heard of it") {
        follower.file_ticket("Written in the moment of death");
        follower.work();
    }
    SECTION("after it was stored, before it could say so") {
        follower.file_ticket("Written in the moment of death");
        follower.work();
        owner.hear();
        owner.work();
        follower.lose();
        third.lose();
    }
    browser.close(owner);
    browser.settle();
    CHECK(third.snapshot()->sync->pending_count == 1);
    const auto edits = browser.edits();
    REQUIRE(edits.size() == 1);
    CHECK(edits.front().about == "Written in the moment of death");
}

TEST_CASE("Edits keep their order through a handover", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    follower.file_ticket("first");
    browser.settle();
    follower.file_ticket("second");
    follower.work();
    browser.close(owner);
    follower.file_ticket("third");
    browser.settle();
    const auto edits = browser.edits();
    REQUIRE(edits.size() == 3);
    CHECK(edits[0].about == "first");
    CHECK(edits[1].about == "second");
    CHECK(edits[2].about == "third");
}

TEST_CASE("A hidden owner hands over to a tab that is seen", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    const void* holder = browser.device.holder;
    owner.file_ticket("kept by the first");
    browser.settle();
    owner.client().set_visible(false);
    browser.settle();
    CHECK(browser.device.holder != holder);
    follower.file_ticket("kept by the second");
    browser.settle();
    // Its screens wait until somebody looks.
    CHECK(owner.snapshot()->sync->pending_count == 2);
    owner.client().set_visible(true);
    browser.settle();
    CHECK(owner.snapshot()->tickets->rows.size() == follower.snapshot()->tickets->rows.size());
    CHECK(browser.edits().size() == 2);
}

TEST_CASE("Signing out in one tab signs all out", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    follower.want(vm::SignOut{});
    browser.pass(1);
    browser.pass(1);
    CHECK(owner.has_left);
    CHECK(follower.has_left);
    CHECK_FALSE(follower.snapshot()->session);
    CHECK_FALSE(std::filesystem::exists(browser.device.path_of(store::test::replica_of(test::account)->state().user)));
}

TEST_CASE("When the device is to keep nothing, no tab keeps anything", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    follower.want(vm::KeepDataOnDevice{false});
    browser.settle();
    browser.settle();
    CHECK(owner.snapshot()->sync->storage == vm::StorageKind::memory);
    CHECK(follower.snapshot()->sync->storage == vm::StorageKind::memory);
    CHECK(browser.device.holder == nullptr);
}

}  // namespace portal::sync
