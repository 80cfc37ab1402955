// The mutation of prospects: who sends a lead, into whose book, and what a lead may say.
#include <catch2/catch_test_macros.hpp>

#include "shared/base/limits.hpp"
#include "tests/rules/world.hpp"

namespace portal {
namespace {

using namespace test;

FieldValues lead_fields() {
    return {{"name", text("Peña Dental")},
            {"contact", text("Ada Núñez")},
            {"email", text("ada@pena.example")},
            {"note", text("Call 702-555-0142 after 3 PM")}};
}

struct ProspectWorld : World {
    const Id id = id_of("lead");
    MutationOutcome send(const Caller& caller, FieldValues set = lead_fields()) {
        return create(caller, Entity::prospect, id, std::move(set));
    }
    Prospect prospect() { return from_row<Prospect>(rows.get(Entity::prospect, id).value()); }
};

const Caller team_lead = caller_with(Role::lead, ScopeKind::team, id_of("team1"), "lead");

}  // namespace

TEST_CASE(
    "a manager's lead lies in their book, a team lead's in the first of the team's, which a browser cannot tell") {
    for (const bool in_browser : {false, true}) {
        ProspectWorld world;
        world.in_browser = in_browser;
        REQUIRE(world.send(world.manager).kind == OutcomeKind::applied);
        CHECK(world.prospect().book == id_of("book1"));
        CHECK(world.prospect().name == "Peña Dental");
        CHECK(world.prospect().created_by == world.manager.user);
        CHECK(world.prospect().created_ms == world.now);
        ProspectWorld teams;
        teams.in_browser = in_browser;
        REQUIRE(teams.send(team_lead).kind == OutcomeKind::applied);
        CHECK(teams.prospect().book == (in_browser ? Id() : id_of("book1")));
    }
}

TEST_CASE("a book without practices is passed over, and who has none sends nothing") {
    ProspectWorld world;
    Caller caller = caller_with(Role::account_manager, ScopeKind::book, id_of("emptybook"), "manager");
    expect_refusal(world, world.send(caller), RejectionCode::access_denied, "place");
    caller.grants.push_back(world.manager.grants.front());
    CHECK(world.send(caller).kind == OutcomeKind::applied);
    CHECK(world.prospect().book == id_of("book1"));
    ProspectWorld other;
    expect_refusal(other, other.send(caller_with(Role::account_manager, ScopeKind::practice, id_of("willow"))),
                   RejectionCode::access_denied);
}

TEST_CASE("nobody but managers and leads sends any") {
    for (const Caller& caller : {World().front_desk, World().desk, World().auditor, World().vendor, World().engineer,
                                 caller_with(Role::practice_admin, ScopeKind::practice, id_of("willow")),
                                 caller_with(Role::admin, ScopeKind::tenant, {})})
        for (const bool in_browser : {false, true}) {
            ProspectWorld world;
            world.in_browser = in_browser;
            INFO(text_of(caller.grants.front().role));
            expect_refusal(world, world.send(caller), RejectionCode::access_denied);
        }
}

TEST_CASE("a lead that is sent again is there once, and is never changed") {
    ProspectWorld world;
    REQUIRE(world.send(world.manager).kind == OutcomeKind::applied);
    world.rows.writes = 0;
    CHECK(world.send(world.manager).kind == OutcomeKind::nothing_to_do);
    FieldValues other = lead_fields();
    other.front().second = text("Another practice");
    expect_refusal(world, world.send(world.manager, other), RejectionCode::duplicate_row);
    expect_refusal(world,
                   world.update(world.manager, Entity::prospect, world.id, {{"note", text("else")}},
                                {{"note", text("Call 702-555-0142 after 3 PM")}}),
                   RejectionCode::access_denied);
}

TEST_CASE("a lead names a practice and an address, and neither a person's number nor what is the server's") {
    struct Case {
        std::string_view field;
        Value value;
        std::string_view part;
    };
    for (const Case& one : std::vector<Case>{
             {"name", text(" \t"), "name"},
             {"name", text(std::string(limits::short_text_bytes_max + 1, 'x')), "name"},
             {"name", text("two\nlines"), "name"},
             {"email", text("ada"), "email"},
             {"email", text("ada@@pena.example"), "email"},
             {"note", text("patient 123-45-6789"), "number"},
             {"contact", text("4111 1111 1111 1111"), "number"},
             {"book", text(id_of("book2")), "book"},
             {"created_by", text(id_of("manager")), "created_by"},
             {"created_ms", Value{std::int64_t{1}}, "created_ms"},
         }) {
        ProspectWorld world;
        FieldValues set = lead_fields();
        std::erase_if(set, [&](const auto& field) { return field.first == one.field; });
        set.emplace_back(one.field, one.value);
        INFO(one.field);
        expect_refusal(world, world.send(world.manager, set), RejectionCode::invalid, one.part);
    }
}

}  // namespace portal
