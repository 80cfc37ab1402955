// The mutations of deposit reviews: who, for which day, that something is said, and how two reviewers meet.
#include <catch2/catch_test_macros.hpp>

#include "shared/base/limits.hpp"
#include "shared/rules/deposits.hpp"
#include "tests/rules/world.hpp"

namespace portal {
namespace {

using namespace test;

constexpr Day looked_at = 20'500;

FieldValues found(std::string_view note = "Paid by check.", std::int64_t reviewed = 1) {
    return {{"location", text(id_of("willownorth"))},
            {"day", Value{std::int64_t{looked_at}}},
            {"expected_cents", Value{std::int64_t{5'000}}},
            {"deposited_cents", Value{std::int64_t{2'500}}},
            {"reviewed", Value{reviewed}},
            {"note", text(note)}};
}

struct ReviewWorld : World {
    const Id id = deposit_review_id(id_of("willownorth"), looked_at);
    MutationOutcome add(const Caller& caller, FieldValues set = found()) {
        return create(caller, Entity::deposit_review, id, std::move(set));
    }
    MutationOutcome change(const Caller& caller, FieldValues set, FieldValues was) {
        return update(caller, Entity::deposit_review, id, std::move(set), std::move(was));
    }
    DepositReview review() { return from_row<DepositReview>(rows.get(Entity::deposit_review, id).value()); }
};

const Caller reviewing_owner = caller_with(Role::practice_admin, ScopeKind::practice, id_of("willow"), "owner");
const Caller reviewing_lead = caller_with(Role::lead, ScopeKind::team, id_of("team1"), "lead");

}  // namespace

TEST_CASE("owner, manager and lead review a day, and the rules say who and when") {
    for (const Caller& caller : {reviewing_owner, World().manager, reviewing_lead})
        for (const bool in_browser : {false, true}) {
            ReviewWorld world;
            world.in_browser = in_browser;
            REQUIRE(world.add(caller).kind == OutcomeKind::applied);
            CHECK(world.review().reviewed);
            CHECK(world.review().reviewed_by == caller.user);
            CHECK(world.review().reviewed_ms == world.now);
            CHECK(world.add(caller).kind == OutcomeKind::nothing_to_do);
            CHECK(world.add(caller, found("Another note")).code == RejectionCode::duplicate_row);
        }
}

TEST_CASE("nobody else reviews, and nobody elsewhere") {
    const Caller cedar_owner = caller_with(Role::practice_admin, ScopeKind::practice, id_of("cedar"));
    for (const Caller& caller : {World().front_desk, World().desk, World().auditor, World().vendor, cedar_owner,
                                 caller_with(Role::admin, ScopeKind::tenant, {})}) {
        ReviewWorld world;
        expect_refusal(world, world.add(caller), RejectionCode::access_denied);
    }
    ReviewWorld world;
    REQUIRE(world.add(world.manager).kind == OutcomeKind::applied);
    world.rows.writes = 0;
    expect_refusal(
        world,
        world.change(world.front_desk, {{"reviewed", Value{std::int64_t{0}}}}, {{"reviewed", Value{std::int64_t{1}}}}),
        RejectionCode::access_denied);
    expect_refusal(
        world,
        world.change(cedar_owner, {{"reviewed", Value{std::int64_t{0}}}}, {{"reviewed", Value{std::int64_t{1}}}}),
        RejectionCode::missing_row);
}

TEST_CASE("a review is of a known location's day, says something, and nothing that is the server's") {
    struct Case {
        std::string_view field;
        Value value;
        std::string_view part;
    };
    for (const Case& one : std::vector<Case>{
             {"day", Value{std::int64_t{looked_at + 1}}, "id"},
             {"location", text(id_of("cedarmain")), ""},
             {"note", text(" \n"), "note"},
             {"note", text(std::string(limits::review_note_bytes_max + 1, 'x')), "note"},
             {"reviewed", Value{std::int64_t{2}}, "reviewed"},
             {"reviewed_by", text(id_of("manager")), "reviewed_by"},
             {"reviewed_ms", Value{std::int64_t{1}}, "reviewed_ms"},
         }) {
        ReviewWorld world;
        FieldValues set = found();
        std::erase_if(set, [&](const auto& field) { return field.first == one.field; });
        set.emplace_back(one.field, one.value);
        const auto outcome = world.add(world.manager, set);
        INFO(one.field);
        CHECK(outcome.kind == OutcomeKind::rejected);
        CHECK(outcome.message.find(one.part) != std::string::npos);
        CHECK(world.rows.writes == 0);
    }
}

TEST_CASE("a review is taken back and given again, and two who differ are told") {
    ReviewWorld world;
    REQUIRE(world.add(world.manager).kind == OutcomeKind::applied);
    world.now += test::hour;
    const FieldValues reviewed{{"reviewed", Value{std::int64_t{1}}}}, taken_back{{"reviewed", Value{std::int64_t{0}}}};
    CHECK(world.change(reviewing_owner, taken_back, reviewed).kind == OutcomeKind::applied);
    CHECK_FALSE(world.review().reviewed);
    CHECK(world.review().reviewed_by == reviewing_owner.user);
    CHECK(world.review().reviewed_ms == world.now);
    CHECK(world.change(world.manager, taken_back, reviewed).kind == OutcomeKind::nothing_to_do);
    CHECK(world
              .change(world.manager, {{"reviewed", Value{std::int64_t{1}}}, {"note", text("Again")}},
                      {{"reviewed", Value{std::int64_t{0}}}, {"note", text("Paid by check.")}})
              .kind == OutcomeKind::applied);
    const auto clash = world.change(reviewing_owner, {{"note", text("Otherwise")}}, {{"note", text("Paid by check.")}});
    CHECK(clash.code == RejectionCode::clash);
    CHECK(world.review().note == "Again");
    world.rows.writes = 0;
    expect_refusal(world, world.change(world.manager, {{"note", text("")}}, {{"note", text("Again")}}),
                   RejectionCode::invalid, "note");
    expect_refusal(world, world.change(world.manager, {{"day", Value{std::int64_t{1}}}}, {}), RejectionCode::invalid,
                   "day");
    expect_refusal(world, world.update(world.manager, Entity::deposit_review, id_of("nowhere"), taken_back, reviewed),
                   RejectionCode::missing_row);
}

}  // namespace portal
