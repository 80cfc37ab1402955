// The mutations of messages, integrations, notices and settings; mutate_test.cpp has those of tickets.
#include <catch2/catch_test_macros.hpp>

#include "tests/rules/world.hpp"

namespace portal {
namespace {

using namespace test;

TEST_CASE("messages know their author and stop the first-response clock") {
    World world;
    const auto reply = [&](const Caller& caller, const char* id, const char* visibility) {
        return world.create(
            caller, Entity::message, id_of(id),
            {{"ticket", text(id_of("ticket"))}, {"visibility", text(visibility)}, {"body", text("hello")}});
    };
    const auto message = [&](const char* id) {
        return from_row<Message>(world.rows.get(Entity::message, id_of(id)).value());
    };
    REQUIRE(reply(world.front_desk, "m1", "public").kind == OutcomeKind::applied);
    CHECK(message("m1").author_kind == MessageAuthorKind::practice);
    CHECK(message("m1").practice == id_of("willow"));
    CHECK(message("m1").location == id_of("willownorth"));
    CHECK_FALSE(world.ticket().first_response_ms);
    REQUIRE(reply(world.manager, "m2", "internal").kind == OutcomeKind::applied);
    CHECK_FALSE(world.ticket().first_response_ms);
    world.directory.put_assignment(id_of("ticket"), world.vendor.user);
    REQUIRE(reply(world.vendor, "m3", "public").kind == OutcomeKind::applied);
    CHECK(message("m3").author_kind == MessageAuthorKind::vendor);
    CHECK_FALSE(world.ticket().first_response_ms);
    world.now += hour;
    REQUIRE(reply(world.manager, "m4", "public").kind == OutcomeKind::applied);
    CHECK(message("m4").author_kind == MessageAuthorKind::staff);
    CHECK(message("m4").author_name == "manager");
    CHECK(world.ticket().first_response_ms == world.now);
    world.now += hour;
    REQUIRE(reply(world.manager, "m5", "public").kind == OutcomeKind::applied);
    CHECK(world.ticket().first_response_ms == world.now - hour);
    CHECK(reply(world.manager, "m5", "public").kind == OutcomeKind::nothing_to_do);
    CHECK(reply(world.front_desk, "m5", "public").code == RejectionCode::duplicate_row);
    CHECK(world.ticket().state == TicketState::new_);
}

TEST_CASE("messages that are refused, and why") {
    const auto fields = [](std::string_view visibility, std::string_view body) {
        return FieldValues{{"ticket", text(id_of("ticket"))}, {"visibility", text(visibility)}, {"body", text(body)}};
    };
    for (const bool in_browser : {false, true}) {
        World world;
        world.in_browser = in_browser;
        const auto create = [&](const Caller& caller, FieldValues set) {
            return world.create(caller, Entity::message, id_of("message"), std::move(set));
        };
        expect_refusal(world, create(world.front_desk, fields("internal", "psst")), RejectionCode::access_denied,
                       "staff");
        expect_refusal(world, create(world.front_desk, fields("secret", "x")), RejectionCode::invalid, "visibility");
        expect_refusal(world, create(world.front_desk, fields("public", " \n")), RejectionCode::invalid, "body");
        expect_refusal(world, create(world.front_desk, fields("public", std::string(20'001, 'x'))),
                       RejectionCode::too_large, "body");
        expect_refusal(world, create(world.front_desk, {{"body", text("x")}}), RejectionCode::missing_row);
        auto forged = fields("public", "x");
        forged.emplace_back("author", text(id_of("manager")));
        expect_refusal(world, create(world.front_desk, forged), RejectionCode::invalid, "author cannot be set");
        forged.back() = {"author_kind", text("staff")};
        expect_refusal(world, create(world.front_desk, forged), RejectionCode::invalid, "author_kind cannot be set");
        forged.back() = {"practice", text(id_of("stranger"))};
        expect_refusal(world, create(world.front_desk, forged), RejectionCode::invalid, "practice cannot be set");
    }
}

TEST_CASE("only its author edits a message") {
    World world;
    world.create(world.front_desk, Entity::message, id_of("m1"),
                 {{"ticket", text(id_of("ticket"))}, {"body", text("hello")}});
    world.rows.writes = 0;
    const FieldValues set = {{"body", text("hello again")}}, was = {{"body", text("hello")}};
    expect_refusal(world, world.update(world.manager, Entity::message, id_of("m1"), set, was),
                   RejectionCode::access_denied, "author");
    CHECK(world.update(world.front_desk, Entity::message, id_of("m1"), set, was).kind == OutcomeKind::applied);
}

TEST_CASE("an integration's stage and blocker") {
    World world;
    const Id id = id_of("willowpms");
    const auto integration = [&] { return from_row<Integration>(world.rows.get(Entity::integration, id).value()); };
    const auto set_stage = [&](const Caller& caller, std::string_view to) {
        return world.update(caller, Entity::integration, id, {{"stage", text(to)}},
                            {{"stage", text(text_of(integration().stage))}});
    };
    expect_refusal(world, set_stage(world.front_desk, "live"), RejectionCode::access_denied);
    expect_refusal(world, set_stage(world.stranger, "live"), RejectionCode::missing_row);
    expect_refusal(world, set_stage(world.engineer, "steady"), RejectionCode::not_allowed_move, "allowed: live");
    REQUIRE(set_stage(world.engineer, "live").kind == OutcomeKind::applied);
    CHECK(integration().stage_since == 20'516);
    CHECK(integration().stage_history == "certification:20500,pilot:20510,live:20516");

    world.rows.writes = 0;
    const FieldValues free = {
        {"blocked", Value{std::int64_t{0}}}, {"blocked_reason", text("")}, {"blocked_owner", text("")}};
    const auto block = [&](std::string_view reason, const Id& owner) {
        return world.update(
            world.engineer, Entity::integration, id,
            {{"blocked", Value{std::int64_t{1}}}, {"blocked_reason", text(reason)}, {"blocked_owner", text(owner)}},
            free);
    };
    expect_refusal(world, block(" ", id_of("agent")), RejectionCode::invalid, "reason and an owner");
    expect_refusal(world, block("no keys", ""), RejectionCode::invalid, "reason and an owner");
    expect_refusal(world, block("no keys", id_of("nobody")), RejectionCode::invalid, "blocked_owner is not known");
    REQUIRE(block("no keys", id_of("agent")).kind == OutcomeKind::applied);
    REQUIRE(world
                .update(world.engineer, Entity::integration, id, {{"blocked", Value{std::int64_t{0}}}},
                        {{"blocked", Value{std::int64_t{1}}}})
                .kind == OutcomeKind::applied);
    CHECK(integration().blocked_reason.empty());
    CHECK(integration().blocked_owner.empty());
}

TEST_CASE("notices are read and settings changed by their owner alone") {
    World world;
    Notice notice;
    notice.id = id_of("notice");
    notice.user = world.front_desk.user;
    world.rows.seed(notice);
    const FieldValues read = {{"read", Value{std::int64_t{1}}}};
    expect_refusal(world, world.update(world.manager, Entity::notice, notice.id, read), RejectionCode::missing_row);
    expect_refusal(world, world.update(world.front_desk, Entity::notice, notice.id, {{"text", text("forged")}}),
                   RejectionCode::invalid, "cannot be set");
    expect_refusal(world, world.update(world.front_desk, Entity::notice, notice.id, {{"read", Value{std::int64_t{3}}}}),
                   RejectionCode::invalid);
    // A last-wins field needs no former value; when it was not told, the outcome says that it was laid over another.
    CHECK(world.update(world.front_desk, Entity::notice, notice.id, read).kind == OutcomeKind::merged);
    CHECK(world.update(world.front_desk, Entity::notice, notice.id, read).kind == OutcomeKind::nothing_to_do);

    const FieldValues spanish = {{"language", text("es")}};
    CHECK(world.update(world.manager, Entity::user, id_of("frontdesk"), spanish).code == RejectionCode::missing_row);
    CHECK(world.update(world.front_desk, Entity::user, id_of("frontdesk"), spanish, {{"language", text("")}}).kind ==
          OutcomeKind::applied);
    CHECK(
        world.update(world.front_desk, Entity::user, id_of("frontdesk"), {{"disabled", Value{std::int64_t{1}}}}).code ==
        RejectionCode::invalid);
}

}  // namespace
}  // namespace portal
