#include "app/sync/tab_messages.hpp"

#include <catch2/catch_test_macros.hpp>

#include "app/vm/archive.hpp"
#include "tests/store/demo_replica.hpp"

namespace portal::sync {
namespace {

using store::test::DemoStore;

// Everything a practice owner's screens hold, on their richest routes.
TabMessage everything_shown() {
    DemoStore demo("practice_owner");
    const auto& tickets = demo.store.snapshot()->tickets;
    const auto& integrations = demo.store.snapshot()->integrations;
    REQUIRE(!tickets->rows.empty());
    REQUIRE(!integrations->rows.empty());
    const Id ticket = tickets->rows.front().id, integration = integrations->rows.front().id;
    demo.after(vm::ShowScreen{vm::TicketsQuery{.tab = vm::TicketTab::all, .selected = ticket}});
    demo.after(vm::ShowScreen{vm::IntegrationsQuery{.selected = integration}});
    demo.after(vm::ExportData{vm::Export::tickets, vm::TicketsQuery{}});
    const vm::Snapshot& snapshot = *demo.store.snapshot();
    REQUIRE(snapshot.tickets->detail);
    REQUIRE(snapshot.integrations->detail);
    return {"tab", Shown{vm::change_between(nullptr, snapshot)}};
}

}  // namespace

TEST_CASE("What is shown in one tab reads the same in another") {
    const TabMessage shown = everything_shown();
    const std::string bytes = encode(shown);
    const auto read = decode_tab_message(bytes);
    REQUIRE(read);
    CHECK(encode(*read) == bytes);
    const vm::SnapshotChange& change = std::get<Shown>(read->what).change;
    const vm::SnapshotChange& told = std::get<Shown>(shown.what).change;
    CHECK((*change.session)->locations.size() == (*told.session)->locations.size());
    CHECK((*change.tickets)->detail->messages.size() == (*told.tickets)->detail->messages.size());
    CHECK((*change.tickets)->rows.back().subject == (*told.tickets)->rows.back().subject);
    CHECK((*change.integrations)->detail->history.size() == (*told.integrations)->detail->history.size());
    CHECK((*change.integrations)->detail->history.front().id == (*told.integrations)->detail->history.front().id);
    CHECK((*change.ready_export)->bytes == (*told.ready_export)->bytes);
    CHECK_FALSE(*change.announcement);
}

TEST_CASE("A manager's action items and edits of them read the same in another tab") {
    DemoStore demo("account_manager");
    const Id item = demo.store.snapshot()->actions->rows.front().id;
    demo.after(vm::ShowScreen{vm::ActionsQuery{.selected = item}});
    const TabMessage shown{"tab", Shown{vm::change_between(nullptr, *demo.store.snapshot())}};
    const auto read = decode_tab_message(encode(shown));
    REQUIRE(read);
    const vm::SnapshotChange& change = std::get<Shown>(read->what).change;
    CHECK((*change.actions)->detail->brief.title == demo.store.snapshot()->actions->detail->brief.title);
    CHECK((*change.actions)->rows.size() == demo.store.snapshot()->actions->rows.size());
    const vm::EditAction edit{item, item, {"was", "", item, 20'500}, {"is", "note", item, 20'501}};
    const TabMessage wish{"tab", Wish{1, edit}};
    const auto told = decode_tab_message(encode(wish));
    REQUIRE(told);
    CHECK(std::get<vm::EditAction>(std::get<Wish>(told->what).intent).wanted == edit.wanted);
}

TEST_CASE("A message that is cut, longer or changed in a count is refused or read, never more") {
    const std::string bytes = encode(everything_shown());
    SeededRandom random(3);
    for (int attempt = 0; attempt < 300; ++attempt)
        CHECK_FALSE(decode_tab_message(std::string_view(bytes).substr(0, random.below(bytes.size()))));
    CHECK_FALSE(decode_tab_message(bytes + "x"));
    for (int attempt = 0; attempt < 300; ++attempt) {
        std::string changed = bytes;
        changed[random.below(changed.size())] = static_cast<char>(random.below(256));
        if (const auto read = decode_tab_message(changed)) (void)encode(*read);
    }
}

TEST_CASE("Only the parts that changed travel") {
    DemoStore demo("practice_owner");
    const auto before = demo.store.snapshot();
    demo.after(vm::ShowScreen{vm::TicketsQuery{.tab = vm::TicketTab::all}});
    const vm::SnapshotChange change = vm::change_between(before.get(), *demo.store.snapshot());
    CHECK(change.tickets);
    CHECK_FALSE(change.financing);
    CHECK_FALSE(change.overview);
    vm::Snapshot other = *before;
    vm::apply_change(change, other);
    CHECK(other.tickets == demo.store.snapshot()->tickets);
    CHECK(other.financing == before->financing);
}

}  // namespace portal::sync
