// A practice's consent: who gives it, what else of a practice nobody sets, and two who differ.
#include <catch2/catch_test_macros.hpp>

#include "tests/rules/world.hpp"

namespace portal {
namespace {

using namespace test;

FieldValues consent(std::int64_t value) {
    return {{"vendor_consent", Value{value}}};
}

bool has_agreed(World& world) {
    return from_row<Practice>(world.rows.get(Entity::practice, id_of("willow")).value()).vendor_consent;
}

MutationOutcome say(World& world, const Caller& caller, std::int64_t was, std::int64_t wanted) {
    return world.update(caller, Entity::practice, id_of("willow"), consent(wanted), consent(was));
}

const Caller willow_owner = caller_with(Role::practice_admin, ScopeKind::practice, id_of("willow"), "owner");

TEST_CASE("an owner gives the practice's consent and takes it back, in the browser as on the server") {
    for (const bool in_browser : {false, true}) {
        World world;
        world.in_browser = in_browser;
        CHECK(say(world, willow_owner, 0, 1).kind == OutcomeKind::applied);
        CHECK(has_agreed(world));
        CHECK(say(world, willow_owner, 0, 1).kind == OutcomeKind::nothing_to_do);
        CHECK(say(world, willow_owner, 1, 0).kind == OutcomeKind::applied);
        CHECK_FALSE(has_agreed(world));
        World untouched;
        untouched.in_browser = in_browser;
        expect_refusal(untouched, say(untouched, willow_owner, 0, 2), RejectionCode::invalid, "vendor_consent");
    }
}

TEST_CASE("a practice whose book bears the key of another system can agree, too") {
    World world;
    auto willow = from_row<Practice>(world.rows.get(Entity::practice, id_of("willow")).value());
    willow.book = "BOOK-1";
    world.rows.seed(willow);
    CHECK(say(world, willow_owner, 0, 1).kind == OutcomeKind::applied);
    CHECK(has_agreed(world));
}

TEST_CASE("nobody else says it, and an owner sets nothing else of the practice") {
    World world;
    for (const Caller& caller :
         {world.front_desk, world.manager, world.vendor, world.auditor, caller_with(Role::admin, ScopeKind::tenant, {}),
          caller_with(Role::practice_admin, ScopeKind::practice, id_of("cedar"))})
        CHECK(say(world, caller, 0, 1).kind == OutcomeKind::rejected);
    CHECK_FALSE(has_agreed(world));
    expect_refusal(world,
                   world.update(willow_owner, Entity::practice, id_of("willow"), {{"book", text(id_of("book9"))}},
                                {{"book", text(id_of("book1"))}}),
                   RejectionCode::invalid, "book");
    expect_refusal(world, world.update(willow_owner, Entity::practice, id_of("nowhere"), consent(1), consent(0)),
                   RejectionCode::missing_row);
    expect_refusal(world, world.create(willow_owner, Entity::practice, id_of("another"), consent(1)),
                   RejectionCode::access_denied);
}

}  // namespace
}  // namespace portal
