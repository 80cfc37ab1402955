// The mutations of action items: who, what, how two edits of one item meet, and whose word counts for time and place.
#include <catch2/catch_test_macros.hpp>

#include "shared/base/limits.hpp"
#include "tests/rules/world.hpp"

namespace portal {
namespace {

using namespace test;

const Caller lead = caller_with(Role::lead, ScopeKind::team, id_of("team1"), "lead");
const Caller other_manager = caller_with(Role::account_manager, ScopeKind::book, id_of("book2"), "agent");

Value number(std::int64_t value) {
    return Value{value};
}

FieldValues new_item() {
    return {{"practice", text(id_of("willow"))},
            {"title", text("Ask Canino for the fix date")},
            {"note", text("Call before noon.")},
            {"due_on", number(20'520)}};
}

FieldValues with(FieldValues fields, std::string_view name, Value value) {
    for (auto& [field, present] : fields)
        if (field == name) {
            present = std::move(value);
            return fields;
        }
    fields.emplace_back(name, std::move(value));
    return fields;
}

struct ItemWorld : World {
    MutationOutcome add(const Caller& caller, FieldValues set = new_item()) {
        return create(caller, Entity::action_item, id_of("action"), std::move(set));
    }
    MutationOutcome change(const Caller& caller, FieldValues set, FieldValues was) {
        return update(caller, Entity::action_item, id_of("action"), std::move(set), std::move(was));
    }
    ActionItem item() { return from_row<ActionItem>(rows.get(Entity::action_item, id_of("action")).value()); }
};

TEST_CASE("an action item gets its book, owner, author and time from the rules") {
    for (const bool in_browser : {false, true}) {
        ItemWorld world;
        world.in_browser = in_browser;
        REQUIRE(world.add(world.manager).kind == OutcomeKind::applied);
        const ActionItem item = world.item();
        CHECK(item.book == id_of("book1"));
        CHECK(item.owner == world.manager.user);
        CHECK(item.created_by == world.manager.user);
        CHECK(item.created_ms == world.now);
        CHECK_FALSE(item.done);
        CHECK_FALSE(item.done_ms);
        CHECK(world.add(world.manager).kind == OutcomeKind::nothing_to_do);
        CHECK(world.add(world.manager, with(new_item(), "title", text("Another"))).code ==
              RejectionCode::duplicate_row);
        CHECK(world.rows.writes == 1);
    }
}

TEST_CASE("an action item that is refused, and why") {
    const struct {
        FieldValues set;
        RejectionCode code;
        std::string_view part;
    } cases[] = {
        {with(new_item(), "title", text("  ")), RejectionCode::invalid, "title is required"},
        {with(new_item(), "title", text(std::string(limits::action_title_bytes_max + 1, 'x'))), RejectionCode::invalid,
         "title is longer"},
        {with(new_item(), "note", text(std::string(limits::action_note_bytes_max + 1, 'x'))), RejectionCode::invalid,
         "note is longer"},
        {with(new_item(), "due_on", number(0)), RejectionCode::invalid, "due_on is required"},
        {with(new_item(), "due_on", number(std::int64_t{1} << 40)), RejectionCode::invalid, "due_on"},
        {with(new_item(), "practice", text(id_of("nowhere"))), RejectionCode::invalid, "practice is not known"},
        {with(new_item(), "practice", text("")), RejectionCode::invalid, "practice is not known"},
        {with(new_item(), "owner", text(id_of("frontdesk"))), RejectionCode::invalid, "owner is not one of the staff"},
        {with(new_item(), "owner", text(id_of("vendoruser"))), RejectionCode::invalid, "owner is not one of the staff"},
        {with(new_item(), "integration", text(id_of("cedarpms"))), RejectionCode::invalid,
         "integration does not belong"},
        {with(new_item(), "ticket", text(id_of("nothing"))), RejectionCode::invalid, "ticket does not belong"},
        {with(new_item(), "book", text(id_of("book2"))), RejectionCode::invalid, "book cannot be set"},
        {with(new_item(), "done_ms", number(7)), RejectionCode::invalid, "done_ms cannot be set"},
        {with(new_item(), "created_by", text(id_of("agent"))), RejectionCode::invalid, "created_by cannot be set"},
    };
    for (const bool in_browser : {false, true})
        for (const auto& [set, code, part] : cases) {
            ItemWorld world;
            world.in_browser = in_browser;
            expect_refusal(world, world.add(world.manager, set), code, part);
        }
    ItemWorld world;
    expect_refusal(world, world.add(world.manager, with(new_item(), "owner", text(id_of("nobody")))),
                   RejectionCode::invalid, "owner is not known");
    User gone = from_row<User>(world.rows.get(Entity::user, id_of("agent")).value());
    gone.disabled = true;
    world.rows.seed(gone);
    expect_refusal(world, world.add(world.manager, with(new_item(), "owner", text(id_of("agent")))),
                   RejectionCode::invalid, "owner is not one of the staff");
}

TEST_CASE("an action item is written by those who have its book, and unknown to the rest") {
    ItemWorld world;
    for (const Caller* caller : {&world.front_desk, &world.stranger, &world.vendor, &world.desk, &world.engineer})
        expect_refusal(world, world.add(*caller), RejectionCode::access_denied);
    expect_refusal(world, world.add(world.auditor), RejectionCode::access_denied, "your role");
    expect_refusal(world, world.add(other_manager), RejectionCode::access_denied, "no access to the place");
    REQUIRE(world.add(world.manager).kind == OutcomeKind::applied);
    world.rows.writes = 0;
    const FieldValues set = {{"title", text("Taken over")}}, was = {{"title", text("Ask Canino for the fix date")}};
    for (const Caller* caller : {&world.front_desk, &world.stranger, &world.vendor, &world.desk, &world.engineer})
        expect_refusal(world, world.change(*caller, set, was), RejectionCode::missing_row);
    expect_refusal(world, world.change(world.auditor, set, was), RejectionCode::access_denied, "your role");
    expect_refusal(world, world.change(other_manager, set, was), RejectionCode::missing_row);
    CHECK(world.change(lead, set, was).kind == OutcomeKind::applied);
    CHECK(world.item().title == "Taken over");
}

TEST_CASE("a practice without a book has nobody who could write its action items") {
    ItemWorld world;
    Practice practice = from_row<Practice>(world.rows.get(Entity::practice, id_of("willow")).value());
    practice.book.clear();
    world.rows.seed(practice);
    expect_refusal(world, world.add(world.manager), RejectionCode::access_denied, "no access to the place");
}

TEST_CASE("done, reopened and done again: the server tells when and by whom") {
    ItemWorld world;
    REQUIRE(world.add(world.manager).kind == OutcomeKind::applied);
    world.now += hour;
    REQUIRE(world.change(lead, {{"done", number(1)}}, {{"done", number(0)}}).kind == OutcomeKind::applied);
    CHECK(world.item().done_ms == world.now);
    CHECK(world.item().done_by == lead.user);
    // The other's tap says the same: nothing is left to do, and the first one's time stands.
    world.now += hour;
    CHECK(world.change(world.manager, {{"done", number(1)}}, {{"done", number(0)}}).kind == OutcomeKind::nothing_to_do);
    CHECK(world.item().done_ms == world.now - hour);
    REQUIRE(world.change(world.manager, {{"done", number(0)}}, {{"done", number(1)}}).kind == OutcomeKind::applied);
    CHECK_FALSE(world.item().done_ms);
    CHECK(world.item().done_by.empty());
    REQUIRE(world.change(world.manager, {{"done", number(1)}}, {{"done", number(0)}}).kind == OutcomeKind::applied);
    CHECK(world.item().done_by == world.manager.user);
}

TEST_CASE("two edits of one action item: other fields merge, the same field clashes and shows both values") {
    const struct {
        std::string_view field;
        Value was, first, second;
    } cases[] = {
        {"title", text("Ask Canino for the fix date"), text("Ask twice"), text("Write to Canino")},
        {"note", text("Call before noon."), text("Call Thursday."), text("")},
        {"due_on", number(20'520), number(20'525), number(20'530)},
        {"owner", text(id_of("manager")), text(id_of("agent")), text(id_of("lead"))},
    };
    for (const auto& [field, was, first, second] : cases) {
        INFO(field);
        ItemWorld world;
        world.add_user("lead", "", "");
        REQUIRE(world.add(world.manager).kind == OutcomeKind::applied);
        const std::string name(field);
        REQUIRE(world.change(world.manager, {{name, first}}, {{name, was}}).kind == OutcomeKind::applied);
        world.rows.writes = 0;
        const MutationOutcome clash = world.change(lead, {{name, second}}, {{name, was}});
        expect_refusal(world, clash, RejectionCode::clash, name);
        CHECK(clash.theirs == FieldValues{{name, first}});
        expect_refusal(world, world.change(lead, {{name, second}}, {}), RejectionCode::invalid, "what it was");
        CHECK(world.change(lead, {{"done", number(1)}}, {{"done", number(0)}}).kind == OutcomeKind::applied);
        CHECK(value_of(to_row(world.item()), field) == first);
    }
}

TEST_CASE("an action item stays at its practice and with what it came from") {
    ItemWorld world;
    const auto sourced =
        with(with(new_item(), "ticket", text(id_of("ticket"))), "integration", text(id_of("willowpms")));
    REQUIRE(world.add(world.manager, sourced).kind == OutcomeKind::applied);
    CHECK(world.item().ticket == id_of("ticket"));
    world.rows.writes = 0;
    for (const auto& [field, value] :
         FieldValues{{"practice", text(id_of("cedar"))}, {"ticket", text("")}, {"integration", text("")}})
        expect_refusal(world, world.change(world.manager, {{field, value}}, {{field, value}}), RejectionCode::invalid,
                       "cannot be set");
    expect_refusal(world, world.change(world.manager, {{"title", text("")}}, {{"title", text(world.item().title)}}),
                   RejectionCode::invalid, "title is required");
    expect_refusal(
        world, world.change(world.manager, {{"owner", text(id_of("frontdesk"))}}, {{"owner", text(id_of("manager"))}}),
        RejectionCode::invalid, "owner is not one of the staff");
}

}  // namespace
}  // namespace portal
