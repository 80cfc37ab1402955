#include <catch2/catch_test_macros.hpp>

#include "shared/rules/transitions.hpp"
#include "tests/rules/world.hpp"

namespace portal {
namespace {

using namespace test;

TEST_CASE("a new ticket gets what the server alone knows") {
    World world;
    const auto outcome = world.create(world.front_desk, Entity::ticket, id_of("new1"), new_ticket_fields());
    INFO(outcome.message);
    REQUIRE(outcome.kind == OutcomeKind::applied);
    const Ticket ticket = world.ticket("new1");
    CHECK(ticket.number == 1042);
    CHECK(ticket.practice == id_of("willow"));
    CHECK(ticket.requester == world.front_desk.user);
    CHECK(ticket.requester_name == "frontdesk");
    CHECK(ticket.practice_name == "willow");
    CHECK(ticket.created_ms == start);
    CHECK(ticket.state_since_ms == start);
    CHECK(ticket.state == TicketState::new_);
    CHECK(ticket.labels == "ledger,reader");
    CHECK(ticket.updated_by == world.front_desk.user);
    // High is eight open hours: 10-12 and 13-17 today are six, two more tomorrow from nine.
    CHECK(ticket.due_ms == start + 25 * hour);
    CHECK_FALSE(ticket.first_response_ms);
}

TEST_CASE("the browser's guess of a new ticket has no number") {
    World world;
    world.in_browser = true;
    REQUIRE(world.create(world.front_desk, Entity::ticket, id_of("new1"), new_ticket_fields()).kind ==
            OutcomeKind::applied);
    CHECK(world.ticket("new1").number == 0);
}

TEST_CASE("a creation sent again changes nothing; another body under its id is refused") {
    World world;
    world.create(world.front_desk, Entity::ticket, id_of("new1"), new_ticket_fields());
    world.rows.writes = 0;
    world.now += hour;
    const auto again = world.create(world.front_desk, Entity::ticket, id_of("new1"), new_ticket_fields());
    CHECK(again.kind == OutcomeKind::nothing_to_do);
    CHECK(world.rows.writes == 0);
    auto other = new_ticket_fields();
    other[1].second = text("Something else");
    expect_refusal(world, world.create(world.front_desk, Entity::ticket, id_of("new1"), other),
                   RejectionCode::duplicate_row);
}

TEST_CASE("new tickets that are refused, and why") {
    const auto with = [](std::string_view name, Value value) {
        auto fields = new_ticket_fields();
        for (auto& [field, present] : fields)
            if (field == name) {
                present = value;
                return fields;
            }
        fields.emplace_back(name, value);
        return fields;
    };
    const struct {
        FieldValues set;
        RejectionCode code;
        std::string_view part;
    } cases[] = {
        {with("subject", text("")), RejectionCode::invalid, "subject is required"},
        {with("subject", text(std::string(300, 'x'))), RejectionCode::invalid, "subject is longer"},
        {with("description", text(std::string(30'000, 'x'))), RejectionCode::too_large, "description"},
        {with("description", text(std::string("a\0b", 3))), RejectionCode::invalid, "NUL"},
        {with("subject", Value{std::int64_t{7}}), RejectionCode::invalid, "wrong type"},
        {with("subject", Value{}), RejectionCode::invalid, "wrong type"},
        {with("priority", text("asap")), RejectionCode::invalid, "priority has a value"},
        {with("number", Value{std::int64_t{1}}), RejectionCode::invalid, "number cannot be set"},
        {with("requester", text(id_of("agent"))), RejectionCode::invalid, "requester cannot be set"},
        {with("created_ms", Value{std::int64_t{1}}), RejectionCode::invalid, "created_ms cannot be set"},
        {with("patient", text("x")), RejectionCode::invalid, "no such field"},
        {with("state", text("resolved")), RejectionCode::not_allowed_move, "begins as new"},
        {with("due_ms", Value{std::int64_t{1}}), RejectionCode::access_denied, "due_ms is set by staff"},
        {with("assignee", text(id_of("agent"))), RejectionCode::access_denied, "assignee is set by staff"},
        {with("location", text(id_of("nowhere"))), RejectionCode::invalid, "location is not known"},
        {with("location", text(id_of("strangermain"))), RejectionCode::access_denied, "no access"},
        {with("practice", text(id_of("stranger"))), RejectionCode::invalid, "another practice"},
        {with("integration", text(id_of("strangerpms"))), RejectionCode::invalid, "does not belong"},
        {with("integration", text("x")), RejectionCode::invalid, "does not belong"},
        {{}, RejectionCode::invalid, "nothing is set"},
    };
    for (const auto& [set, code, part] : cases) {
        World world;
        expect_refusal(world, world.create(world.front_desk, Entity::ticket, id_of("new1"), set), code, part);
    }
    World world;
    expect_refusal(world, world.create(world.front_desk, Entity::ticket, "short", new_ticket_fields()),
                   RejectionCode::invalid, "id is malformed");
    expect_refusal(world, world.create(world.auditor, Entity::ticket, id_of("new1"), new_ticket_fields()),
                   RejectionCode::access_denied, "role");
    expect_refusal(world, world.create(world.vendor, Entity::ticket, id_of("new1"), new_ticket_fields()),
                   RejectionCode::access_denied);
    expect_refusal(world, world.create(Caller{}, Entity::ticket, id_of("new1"), new_ticket_fields()),
                   RejectionCode::access_denied);
    auto twice = new_ticket_fields();
    twice.push_back(twice.front());
    expect_refusal(world, world.create(world.front_desk, Entity::ticket, id_of("new1"), twice), RejectionCode::invalid,
                   "twice");
}

TEST_CASE("nothing but the listed operations is a client's") {
    for (const EntityDescriptor& descriptor : all_entities())
        for (const MutationKind kind : {MutationKind::create, MutationKind::update}) {
            const std::string operation = operation_text(kind, descriptor.entity);
            const bool known = operation == "ticket.create" || operation == "ticket.update" ||
                               operation == "message.create" || operation == "message.update" ||
                               operation == "integration.update" || operation == "user.update" ||
                               operation == "notice.update" || operation == "action_item.create" ||
                               operation == "action_item.update" || operation == "practice.update" ||
                               operation == "deposit_review.create" || operation == "deposit_review.update" ||
                               operation == "prospect.create";
            World world;
            INFO(operation);
            const auto outcome = world.apply(world.manager, kind, descriptor.entity, id_of("row"), {});
            CHECK(outcome.kind == OutcomeKind::rejected);
            CHECK((outcome.code == RejectionCode::access_denied) == !known);
        }
}

TEST_CASE("the merge of a strict field, case by case") {
    const struct {
        std::string_view was, ours, theirs;
        OutcomeKind kind;
    } cases[] = {
        {"A", "B", "A", OutcomeKind::applied},       {"A", "B", "B", OutcomeKind::nothing_to_do},
        {"A", "A", "A", OutcomeKind::nothing_to_do}, {"A", "B", "C", OutcomeKind::rejected},
        {"A", "A", "C", OutcomeKind::rejected},
    };
    for (const auto& [was, ours, theirs, kind] : cases) {
        World world;
        world.change_ticket([&](Ticket& ticket) { ticket.subject = theirs; });
        const auto outcome = world.update(world.front_desk, Entity::ticket, id_of("ticket"), {{"subject", text(ours)}},
                                          {{"subject", text(was)}});
        INFO(was << " " << ours << " " << theirs << ": " << outcome.message);
        CHECK(outcome.kind == kind);
        CHECK(world.ticket().subject == (kind == OutcomeKind::rejected ? theirs : ours));
        CHECK(world.rows.writes == (kind == OutcomeKind::applied ? 1 : 0));
        if (kind != OutcomeKind::rejected) continue;
        CHECK(outcome.code == RejectionCode::clash);
        CHECK(outcome.theirs == FieldValues{{"subject", text(theirs)}});
    }
}

TEST_CASE("labels merge as sets") {
    const struct {
        std::string_view was, ours, theirs, merged;
        OutcomeKind kind;
    } cases[] = {
        {"a,b", "a,b,c", "a,b", "a,b,c", OutcomeKind::applied},
        {"a,b", "a,b,c", "a,b,d", "a,b,c,d", OutcomeKind::merged},
        {"a,b", "a", "a,b,d", "a,d", OutcomeKind::merged},
        {"a,b", "b,c", "a,b,d", "b,c,d", OutcomeKind::merged},
        {"a,b", "a,b,c", "a,b,c", "a,b,c", OutcomeKind::nothing_to_do},
        {"a,b", "a,b", "x", "x", OutcomeKind::nothing_to_do},
        {"", "c", "", "c", OutcomeKind::applied},
    };
    for (const auto& [was, ours, theirs, merged, kind] : cases) {
        World world;
        world.change_ticket([&](Ticket& ticket) { ticket.labels = theirs; });
        const auto outcome = world.update(world.front_desk, Entity::ticket, id_of("ticket"), {{"labels", text(ours)}},
                                          {{"labels", text(was)}});
        INFO(was << " | " << ours << " | " << theirs << ": " << outcome.message);
        CHECK(outcome.kind == kind);
        CHECK(world.ticket().labels == merged);
    }
}

TEST_CASE("one clash refuses the whole mutation and tells every clashing field") {
    World world;
    world.change_ticket([](Ticket& ticket) {
        ticket.subject = "theirs";
        ticket.description = "theirs too";
    });
    const auto outcome =
        world.update(world.front_desk, Entity::ticket, id_of("ticket"),
                     {{"subject", text("ours")}, {"description", text("ours")}, {"category", text("training")}},
                     {{"subject", text("old")}, {"description", text("old")}, {"category", text("other")}});
    expect_refusal(world, outcome, RejectionCode::clash, "subject, description");
    CHECK(outcome.theirs.size() == 2);
    CHECK(world.ticket().category == TicketCategory::other);
}

TEST_CASE("a strict field needs to tell what it was, an immutable one never changes") {
    World world;
    const Id id = id_of("ticket");
    expect_refusal(world, world.update(world.front_desk, Entity::ticket, id, {{"subject", text("new")}}),
                   RejectionCode::invalid, "what it was");
    expect_refusal(world,
                   world.update(world.front_desk, Entity::ticket, id, {{"location", text(id_of("cedarmain"))}},
                                {{"location", text(id_of("willownorth"))}}),
                   RejectionCode::invalid, "cannot be set");
}

TEST_CASE("another practice's ticket looks like none") {
    World world;
    const FieldValues set = {{"subject", text("mine now")}}, was = {{"subject", text("Ledger match broke")}};
    expect_refusal(world, world.update(world.stranger, Entity::ticket, id_of("ticket"), set, was),
                   RejectionCode::missing_row, "no such ticket");
    expect_refusal(world, world.update(world.stranger, Entity::ticket, id_of("nothing"), set, was),
                   RejectionCode::missing_row, "no such ticket");
    expect_refusal(world, world.update(world.auditor, Entity::ticket, id_of("ticket"), set, was),
                   RejectionCode::access_denied);
    const FieldValues reply = {{"ticket", text(id_of("ticket"))}, {"body", text("hello")}};
    expect_refusal(world, world.create(world.stranger, Entity::message, id_of("message"), reply),
                   RejectionCode::missing_row, "no such ticket");
    expect_refusal(world, world.create(world.auditor, Entity::message, id_of("message"), reply),
                   RejectionCode::access_denied);
}

TEST_CASE("a ticket walks its states, and its clocks with it") {
    World world;
    const InstantMs due = *world.ticket().due_ms;
    world.now += hour;
    REQUIRE(world.move_to(world.desk, "triaged").kind == OutcomeKind::applied);
    CHECK(world.ticket().state_since_ms == world.now);
    const auto refused = world.move_to(world.desk, "resolved");
    CHECK(refused.code == RejectionCode::not_allowed_move);
    CHECK(refused.message == "cannot move from triaged to resolved; allowed: in_progress");
    REQUIRE(world.move_to(world.desk, "in_progress").kind == OutcomeKind::applied);

    // The pause runs from 11:00 to 14:00 of the same day, of which 11-12 and 13-14 are open. The promise stands at
    // 14:00 on Sunday, so two open hours more are Monday's first two.
    REQUIRE(world.move_to(world.desk, "waiting_practice").kind == OutcomeKind::applied);
    world.now += 3 * hour;
    REQUIRE(world.move_to(world.front_desk, "in_progress").kind == OutcomeKind::applied);
    CHECK(*world.ticket().due_ms > due);
    const InstantMs sunday_14h = due, monday_9h = start + 5 * 24 * hour - 2 * hour;
    CHECK(sunday_14h < monday_9h);
    CHECK(*world.ticket().due_ms == monday_9h + 2 * hour);

    REQUIRE(world.move_to(world.desk, "resolved").kind == OutcomeKind::applied);
    CHECK(world.ticket().resolved_ms == world.now);
    world.now += ticket_reopen_window_ms;
    REQUIRE(world.move_to(world.front_desk, "in_progress").kind == OutcomeKind::applied);
    CHECK_FALSE(world.ticket().resolved_ms);
    REQUIRE(world.move_to(world.desk, "resolved").kind == OutcomeKind::applied);
    world.now += ticket_reopen_window_ms + 1;
    CHECK(world.move_to(world.front_desk, "in_progress").code == RejectionCode::not_allowed_move);
    CHECK(world.move_to(world.front_desk, "closed").kind == OutcomeKind::applied);
    CHECK(world.move_to(world.desk, "in_progress").code == RejectionCode::not_allowed_move);
}

TEST_CASE("a pause does not save a promise that was broken before it") {
    World world;
    world.change_ticket([](Ticket& ticket) {
        ticket.state = TicketState::waiting_practice;
        ticket.state_since_ms = start;
        ticket.due_ms = start - hour;
    });
    world.now += 5 * hour;
    REQUIRE(world.move_to(world.desk, "in_progress").kind == OutcomeKind::applied);
    CHECK(world.ticket().due_ms == start - hour);
}

TEST_CASE("who files tickets answers, accepts and reopens; the rest is the desk's") {
    World world;
    // The agent of another practice who is also this one's front desk moves as the front desk.
    Caller visitor = caller_with(Role::practice_user, ScopeKind::practice, id_of("willow"), "frontdesk");
    visitor.grants.push_back(
        caller_with(Role::support_agent, ScopeKind::practice, id_of("cedar"), "frontdesk").grants[0]);
    for (const Caller& filer : {world.front_desk, world.manager, visitor}) {
        const auto refused = world.move_to(filer, "triaged");
        CHECK(refused.code == RejectionCode::not_allowed_move);
        CHECK(refused.message == "cannot move from new to triaged; no move is allowed");
    }
    world.change_ticket([](Ticket& ticket) { ticket.state = TicketState::in_progress; });
    CHECK(world.move_to(world.manager, "resolved").code == RejectionCode::not_allowed_move);
    CHECK(world.move_to(visitor, "waiting_vendor").code == RejectionCode::not_allowed_move);
    for (const Caller& filer : {world.front_desk, world.manager, visitor}) {
        REQUIRE(world.move_to(world.desk, "waiting_practice").kind == OutcomeKind::applied);
        REQUIRE(world.move_to(filer, "in_progress").kind == OutcomeKind::applied);
        REQUIRE(world.move_to(world.desk, "resolved").kind == OutcomeKind::applied);
        REQUIRE(world.move_to(filer, "in_progress").kind == OutcomeKind::applied);
    }
    SECTION("a browser, which cannot place its grants, offers what one of them allows") {
        world.in_browser = true;
        REQUIRE(world.move_to(visitor, "resolved").kind == OutcomeKind::applied);
    }
    SECTION("the server knows that it does not reach") {
        CHECK(world.move_to(visitor, "resolved").code == RejectionCode::not_allowed_move);
    }
}

TEST_CASE("another priority moves the promise by the policies' difference") {
    World world;
    world.create(world.front_desk, Entity::ticket, id_of("new1"), new_ticket_fields());
    const auto outcome = world.update(world.front_desk, Entity::ticket, id_of("new1"), {{"priority", text("urgent")}},
                                      {{"priority", text("high")}});
    REQUIRE(outcome.kind == OutcomeKind::applied);
    // Urgent is four open hours: 10-12 and 13-15.
    CHECK(world.ticket("new1").due_ms == start + 5 * hour);
}

TEST_CASE("an assignee is somebody whose work the ticket may be") {
    const struct {
        const char* user;
        bool taken;
    } cases[] = {{"agent", true}, {"vendoruser", true}, {"felinouser", false}, {"frontdesk", false}, {"nobody", false}};
    for (const auto& [user, taken] : cases) {
        World world;
        const auto outcome = world.update(world.manager, Entity::ticket, id_of("ticket"),
                                          {{"assignee", text(id_of(user))}}, {{"assignee", text("")}});
        INFO(user << ": " << outcome.message);
        CHECK((outcome.kind == OutcomeKind::applied) == taken);
        CHECK(world.ticket().assignee_name == (taken ? user : ""));
    }
    World world;
    expect_refusal(world,
                   world.update(world.front_desk, Entity::ticket, id_of("ticket"), {{"assignee", text(id_of("agent"))}},
                                {{"assignee", text("")}}),
                   RejectionCode::access_denied, "staff");
}

TEST_CASE("browser and server agree wherever the browser has the rows") {
    const auto run = [](bool in_browser) {
        World world;
        world.in_browser = in_browser;
        std::vector<MutationOutcome> outcomes;
        outcomes.push_back(world.create(world.front_desk, Entity::ticket, id_of("new1"), new_ticket_fields()));
        outcomes.push_back(world.move_to(world.manager, "triaged"));
        outcomes.push_back(world.move_to(world.manager, "closed"));
        outcomes.push_back(world.create(world.manager, Entity::message, id_of("m1"),
                                        {{"ticket", text(id_of("ticket"))}, {"body", text("hello")}}));
        world.change_ticket([](Ticket& ticket) { ticket.number = 0; });
        Ticket created = world.ticket("new1");
        created.number = 0;
        world.rows.seed(created);
        return std::pair(outcomes, world.rows.rows);
    };
    CHECK(run(false) == run(true));
}

}  // namespace
}  // namespace portal
