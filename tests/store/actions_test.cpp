// Action items in the store: groups, filters, edits that wait, clashes in the tray, and the export.
#include <algorithm>

#include "app/store/builders.hpp"
#include "tests/store/demo_replica.hpp"

namespace portal::store::test {
namespace {

vm::AddAction addition(DemoStore& demo, std::string title, Day due_on = DemoTenant::today + 1) {
    vm::AddAction add;
    add.intent = make_id(1, demo.random);
    add.action = make_id(2, demo.random);
    add.practice = demo.store.snapshot()->session->practices.front().id;
    add.values = {std::move(title), "Before noon.", demo.store.snapshot()->session->user, due_on};
    return add;
}

const vm::ActionBrief* row_of(const vm::Snapshot& snapshot, const Id& action) {
    for (const vm::ActionBrief& row : snapshot.actions->rows)
        if (row.id == action) return &row;
    return nullptr;
}

// Somebody else's change, as a pull would bring it.
void change_base(DemoStore& demo, const Id& action, std::string_view column, Value value) {
    Replica& replica = demo.store.replica();
    Row row = *replica.get(Entity::action_item, action);
    set_value(row, column, std::move(value));
    ++row.rev;
    replica.begin();
    replica.put_base(row, {"b:" + std::string(text_value(row, "book"))});
    replica.commit();
}

}  // namespace

TEST_CASE("Action items stand in the group that their day says", "[store]") {
    const Day wednesday = 20'516;
    REQUIRE(weekday_of_day(wednesday) == 2);
    const struct {
        Day due_on;
        bool done;
        vm::ActionGroup group;
    } cases[] = {{wednesday - 1, false, vm::ActionGroup::overdue},   {wednesday, false, vm::ActionGroup::this_week},
                 {wednesday + 4, false, vm::ActionGroup::this_week}, {wednesday + 5, false, vm::ActionGroup::later},
                 {wednesday - 1, true, vm::ActionGroup::done},       {wednesday + 5, true, vm::ActionGroup::done}};
    for (const auto& [due_on, done, group] : cases) {
        ActionItem item;
        item.due_on = due_on;
        item.done = done;
        CHECK(group_of(item, wednesday) == group);
    }
    ActionItem sunday;
    sunday.due_on = wednesday + 4;
    CHECK(group_of(sunday, wednesday + 4) == vm::ActionGroup::this_week);
    CHECK(group_of(sunday, wednesday + 5) == vm::ActionGroup::overdue);
}

TEST_CASE("The manager's list is whole, in order, and narrows by practice, owner and words", "[store]") {
    DemoStore demo("account_manager");
    REQUIRE(demo.store.snapshot()->session->sees_actions);
    REQUIRE(demo.store.snapshot()->session->writes_actions);
    const auto all = demo.after(vm::ShowScreen{vm::ActionsQuery{}}).actions;
    const auto told = std::count_if(DemoTenant::instance().rows.begin(), DemoTenant::instance().rows.end(),
                                    [](const Row& row) { return row.entity == Entity::action_item; });
    CHECK(static_cast<std::ptrdiff_t>(all->rows.size()) == told);
    std::array<std::int64_t, 4> counts{};
    for (std::size_t index = 0; index < all->rows.size(); ++index) {
        ++counts[static_cast<std::size_t>(all->rows[index].group)];
        CHECK_FALSE(all->rows[index].practice_name.empty());
        CHECK_FALSE(all->rows[index].owner_name.empty());
        if (index > 0) CHECK(all->rows[index - 1].group <= all->rows[index].group);
    }
    CHECK(counts == all->count_by_group);
    CHECK(all->overdue_of_all == counts[0]);
    CHECK(counts[0] >= 4);
    CHECK(all->staff.front().id == demo.store.snapshot()->session->user);

    const Id practice = all->rows.front().practice;
    const auto narrowed = demo.after(vm::ShowScreen{vm::ActionsQuery{.practice = practice}}).actions;
    CHECK(!narrowed->rows.empty());
    CHECK(narrowed->rows.size() < all->rows.size());
    for (const vm::ActionBrief& row : narrowed->rows)
        CHECK(row.practice == practice);
    CHECK(narrowed->overdue_of_all == counts[0]);
    CHECK(demo.after(vm::ShowScreen{vm::ActionsQuery{.search = "LEDGER fix"}}).actions->rows.size() == 1);
    CHECK(demo.after(vm::ShowScreen{vm::ActionsQuery{.owner = practice}}).actions->rows.empty());
}

TEST_CASE("The book's lines count the practice's open action items", "[store]") {
    DemoStore demo("account_manager");
    std::int64_t open = 0, overdue = 0;
    for (const vm::PracticeStanding& row : demo.store.snapshot()->overview->book) {
        CHECK(row.overdue_actions <= row.open_actions.value);
        open += row.open_actions.value.value_or(0);
        overdue += row.overdue_actions;
    }
    const auto& actions = *demo.store.snapshot()->actions;
    CHECK(overdue == actions.count_by_group[0]);
    CHECK(open == actions.count_by_group[0] + actions.count_by_group[1] + actions.count_by_group[2]);
}

TEST_CASE("An item is added, changed, marked done and reopened before the server knows", "[store]") {
    DemoStore demo("account_manager");
    const vm::AddAction add = addition(demo, "Send the sheet");
    const auto* row = row_of(demo.after(add), add.action);
    REQUIRE(row);
    CHECK(row->pending);
    demo.after(vm::ShowScreen{vm::ActionsQuery{.selected = add.action}});
    vm::ActionValues wanted = add.values;
    wanted.due_on = DemoTenant::today - 3;
    demo.after(vm::EditAction{make_id(3, demo.random), add.action, add.values, wanted});
    CHECK(demo.store.snapshot()->actions->detail->brief.group == vm::ActionGroup::overdue);
    CHECK(demo.store.snapshot()->actions->detail->note == "Before noon.");
    demo.after(vm::MarkAction{make_id(4, demo.random), add.action, true});
    const auto detail = demo.store.snapshot()->actions->detail;
    CHECK(detail->brief.group == vm::ActionGroup::done);
    CHECK(detail->brief.done_ms == demo.store.server_now_ms());
    CHECK_FALSE(detail->done_by_name.empty());
    demo.after(vm::MarkAction{make_id(5, demo.random), add.action, false});
    CHECK_FALSE(demo.store.snapshot()->actions->detail->brief.done_ms);
    CHECK(demo.store.snapshot()->sync->pending_count == 4);
    CHECK(demo.store.snapshot()->sync->tray.empty());
    // Nothing was changed: nothing is sent.
    demo.after(vm::EditAction{make_id(6, demo.random), add.action, wanted, wanted});
    CHECK(demo.store.snapshot()->sync->pending_count == 4);
}

TEST_CASE("An edit from what somebody else has changed meanwhile waits in the tray with both values", "[store]") {
    DemoStore demo("account_manager");
    const auto before = *demo.store.snapshot()->actions;
    const vm::ActionBrief row = before.rows.front();
    const vm::ActionValues seen{row.title, "", row.owner, row.due_on};
    vm::ActionValues wanted = seen;
    wanted.due_on = row.due_on + 3;
    wanted.title = "Mine";
    change_base(demo, row.id, "due_on", Value{std::int64_t{row.due_on + 9}});
    change_base(demo, row.id, "title", Value{std::string("Theirs")});
    demo.after(vm::EditAction{make_id(3, demo.random), row.id, seen, wanted});
    const auto& tray = demo.store.snapshot()->sync->tray;
    REQUIRE(tray.size() == 1);
    CHECK(tray.front().code == "clash");
    // Every field that clashes, not the first one alone: applying again overwrites them all.
    std::vector<std::array<std::string, 3>> fields;
    for (const vm::TrayField& field : tray.front().fields)
        fields.push_back({field.name, field.yours, field.theirs});
    std::sort(fields.begin(), fields.end());
    CHECK(fields == std::vector<std::array<std::string, 3>>{
                        {"due_on", iso_day(row.due_on + 3), iso_day(row.due_on + 9)}, {"title", "Mine", "Theirs"}});
    demo.after(vm::AnswerTray{tray.front().intent, make_id(4, demo.random), vm::TrayAnswer::reapply_mine});
    CHECK(demo.store.snapshot()->sync->tray.empty());
    CHECK(integer_value(*demo.store.replica().get(Entity::action_item, row.id), "due_on") == row.due_on + 3);
}

TEST_CASE("An auditor reads action items, a front desk has none", "[store]") {
    DemoStore auditor("auditor");
    REQUIRE(auditor.store.snapshot()->session->sees_actions);
    CHECK_FALSE(auditor.store.snapshot()->session->writes_actions);
    const Id item = auditor.store.snapshot()->actions->rows.front().id;
    CHECK_FALSE(auditor.after(vm::ShowScreen{vm::ActionsQuery{.selected = item}}).actions->detail->may_edit);
    DemoStore desk("front_desk");
    CHECK_FALSE(desk.store.snapshot()->session->sees_actions);
    CHECK(desk.store.snapshot()->actions->rows.empty());
    // A wish that no screen offers is refused, not sent.
    vm::AddAction add = addition(desk, "Mine");
    desk.after(add);
    CHECK(desk.store.snapshot()->sync->pending_count == 0);
    CHECK(desk.store.snapshot()->sync->tray.size() == 1);
}

TEST_CASE("A new item knows what it comes from, and whose that is", "[store]") {
    DemoStore demo("account_manager");
    const Id ticket = demo.store.snapshot()->tickets->rows.front().id;
    const Id integration = demo.store.snapshot()->integrations->rows.front().id;
    const auto practice_of = [&](Entity entity, const Id& id) {
        return std::string(text_value(*demo.store.replica().get(entity, id), "practice"));
    };
    const auto from_ticket =
        demo.after(vm::ShowScreen{vm::ActionsQuery{.composing = true, .about_ticket = ticket}}).actions;
    CHECK(from_ticket->source_name == demo.store.snapshot()->tickets->rows.front().subject);
    CHECK(from_ticket->source_practice == practice_of(Entity::ticket, ticket));
    const auto from_integration =
        demo.after(vm::ShowScreen{vm::ActionsQuery{.composing = true, .about_integration = integration}}).actions;
    CHECK(from_integration->source_practice == practice_of(Entity::integration, integration));
    vm::AddAction add = addition(demo, "Ask for the date");
    add.practice = from_ticket->source_practice;
    add.ticket = ticket;
    demo.after(add);
    const auto detail = demo.after(vm::ShowScreen{vm::ActionsQuery{.selected = add.action}}).actions->detail;
    CHECK(detail->ticket == ticket);
    CHECK(detail->ticket_subject == from_ticket->source_name);
}

TEST_CASE("The export has every item of the list, and no formula", "[store]") {
    DemoStore demo("account_manager");
    demo.after(addition(demo, "=SUM(A1), \"quoted\""));
    const std::string file = demo.after(vm::ExportData{vm::Export::actions, vm::ActionsQuery{}}).ready_export->bytes;
    const std::string rows = file.substr(file.find("\r\n\r\n") + 4);
    const auto lines = std::count(rows.begin(), rows.end(), '\n');
    CHECK(lines == static_cast<std::ptrdiff_t>(demo.store.snapshot()->actions->rows.size()) + 1);
    CHECK(file.find("\"'=SUM(A1), \"\"quoted\"\"\"") != std::string::npos);
    CHECK(file.find(",overdue,") != std::string::npos);
    CHECK(demo.store.snapshot()->ready_export->name == "action-items.csv");
}

TEST_CASE("Who may block an integration is told, blocks it, and frees it again", "[store]") {
    // The demo offers no engineer's account: the manager is granted the role besides.
    const Id user(tenant::find_demo_account("account_manager")->id);
    Grant grant;
    grant.id = "01J0000000000000000000000G";
    grant.rev = 1;
    grant.user = user;
    grant.role = Role::integration_engineer;
    grant.scope_kind = ScopeKind::tenant;
    auto granted = replica_of("account_manager");
    granted->begin();
    granted->put_base(to_row(grant), {"u:" + user});
    granted->commit();
    DemoStore demo(std::move(granted)), plain("account_manager");
    const Id integration = demo.store.snapshot()->integrations->rows.front().id;
    const vm::ShowScreen look{vm::IntegrationsQuery{.selected = integration}};
    CHECK_FALSE(plain.after(look).integrations->detail->may_block);
    const auto of = [&] { return demo.after(look).integrations->detail; };
    REQUIRE(of()->may_block);
    REQUIRE_FALSE(of()->brief.blocked);
    const vm::Blocker wanted{true, "No keys", demo.store.snapshot()->session->user};
    demo.after(vm::SetBlocker{make_id(3, demo.random), integration, {}, wanted});
    CHECK(of()->brief.blocked);
    CHECK(of()->brief.blocked_reason == "No keys");
    CHECK(of()->brief.blocked_owner == wanted.owner);
    CHECK(of()->may_block);
    demo.after(vm::SetBlocker{make_id(4, demo.random), integration, wanted, {}});
    CHECK_FALSE(of()->brief.blocked);
    CHECK(of()->brief.blocked_reason.empty());
    CHECK(demo.store.snapshot()->sync->tray.empty());
    CHECK(demo.store.snapshot()->sync->pending_count == 2);
}

}  // namespace portal::store::test
