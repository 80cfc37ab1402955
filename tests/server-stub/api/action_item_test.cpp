// Action items through the API: who gets them, whose edits stand, and what happens when a practice changes hands.
#include <catch2/catch_test_macros.hpp>

#include "tests/server-stub/api/replica.hpp"

using namespace portal;
using namespace portal::server;
using namespace portal::server::test;

namespace {

Mutation new_action(std::int64_t mid, const std::string& name, const std::string& practice = "willow") {
    Mutation mutation;
    mutation.mid = mid;
    mutation.kind = MutationKind::create;
    mutation.entity = Entity::action_item;
    mutation.row = id_of(name);
    mutation.set = {{"due_on", Value{std::int64_t{20'720}}},
                    {"practice", Value{id_of(practice)}},
                    {"title", Value{name + " secret plan"}}};
    return mutation;
}

Mutation retitled(std::int64_t mid, const std::string& name, const std::string& was, const std::string& now) {
    Mutation mutation;
    mutation.mid = mid;
    mutation.entity = Entity::action_item;
    mutation.row = id_of(name);
    mutation.was = {{"title", Value{was}}};
    mutation.set = {{"title", Value{now}}};
    return mutation;
}

MutationOutcome pushed(Server& server, const std::string& name, Mutation mutation) {
    wire::PushRequest request;
    request.client = id_of("pusher" + name);
    mutation.intent = id_of("intent" + name + std::to_string(mutation.mid));
    request.mutations = {std::move(mutation)};
    const Response response =
        server.send(Method::post, "/api/v1/sync/push", wire::encode(request), server.sign_in(name));
    CAPTURE(response.body);
    REQUIRE(response.status == 200);
    return wire::decode_push_response(response.body).value().results.at(0).outcome;
}

// Adds a lead of the whole team and the manager of book east.
void add_colleagues(Server& server) {
    server.write([](WriteTransaction& writes) {
        for (const char* name : {"lena", "egon"}) {
            writes.put(to_row(user_of(name)));
            writes.accounts().set_password_hash(id_of(name), "plain:" + password);
        }
        writes.put(to_row(grant_of("grantlena", "lena", Role::lead, ScopeKind::team, id_of("team"))));
        writes.put(to_row(grant_of("grantegon", "egon", Role::account_manager, ScopeKind::book, id_of("east"))));
    });
}

void move_willow(Server& server, const char* book) {
    server.write([&](WriteTransaction& writes) {
        Row practice = *writes.get(Entity::practice, id_of("willow"));
        set_value(practice, "book", Value{id_of(book)});
        writes.put(practice);
    });
}

}  // namespace

TEST_CASE("an action item reaches the book's manager, the team's lead and the auditor, and nobody else",
          "[server][api]") {
    Server server;
    add_colleagues(server);
    REQUIRE(pushed(server, "mona", new_action(1, "call")).kind == OutcomeKind::applied);
    const auto item = from_row<ActionItem>(*server.repository->read()->row(Entity::action_item, id_of("call")));
    CHECK(item.book == id_of("west"));
    CHECK(item.owner == id_of("mona"));
    CHECK(item.created_ms == item.updated_ms);
    for (const char* name : {"mona", "lena", "audrey", "frida", "olga", "sam", "vera", "ada", "egon"}) {
        CAPTURE(name);
        Replica replica(server, name, server.sign_in(name));
        replica.pull();
        const bool may_see = std::string_view("mona lena audrey").find(name) != std::string_view::npos;
        CHECK(replica.holds(Entity::action_item, "call") == may_see);
        CHECK((replica.last_body.find("secret plan") != std::string::npos) == may_see);
        replica.require_equals_server();
    }
}

TEST_CASE("only those who have the book write its action items, and to others there are none", "[server][api]") {
    Server server;
    add_colleagues(server);
    REQUIRE(pushed(server, "mona", new_action(1, "call")).kind == OutcomeKind::applied);
    for (const char* name : {"frida", "olga", "sam", "vera", "ada", "egon", "audrey"}) {
        CAPTURE(name);
        const MutationOutcome made = pushed(server, name, new_action(1, "made" + std::string(name)));
        CHECK(made.code == RejectionCode::access_denied);
        const MutationOutcome outcome = pushed(server, name, retitled(2, "call", "call secret plan", "taken over"));
        CHECK(outcome.code ==
              (std::string_view(name) == "audrey" ? RejectionCode::access_denied : RejectionCode::missing_row));
        CHECK(outcome.message.find("secret") == std::string::npos);
        CHECK(outcome.theirs.empty());
    }
    CHECK(server.repository->read()->row_count(Entity::action_item) == 1);
    CHECK(pushed(server, "lena", retitled(1, "call", "call secret plan", "by the lead")).kind == OutcomeKind::applied);
    const MutationOutcome clash = pushed(server, "mona", retitled(2, "call", "call secret plan", "by the manager"));
    CHECK(clash.code == RejectionCode::clash);
    CHECK(clash.theirs == FieldValues{{"title", Value{std::string("by the lead")}}});
}

TEST_CASE("a practice that changes hands takes its action items along", "[server][api]") {
    Server server;
    add_colleagues(server);
    REQUIRE(pushed(server, "mona", new_action(1, "call")).kind == OutcomeKind::applied);
    server.write([](WriteTransaction& writes) { writes.put(to_row(action_of("other", "cedar", "east", "egon"))); });
    Replica mona(server, "mona", server.sign_in("mona")), egon(server, "egon", server.sign_in("egon"));
    Replica lena(server, "lena", server.sign_in("lena"));
    for (Replica* replica : {&mona, &egon, &lena})
        replica->pull();
    CHECK(egon.holds(Entity::action_item, "other"));
    move_willow(server, "east");
    for (Replica* replica : {&mona, &egon, &lena}) {
        replica->pull();
        replica->require_equals_server();
    }
    CHECK_FALSE(mona.holds(Entity::action_item, "call"));
    CHECK(egon.holds(Entity::action_item, "call"));
    CHECK(egon.holds(Entity::action_item, "other"));
    CHECK(lena.holds(Entity::action_item, "call"));
    CHECK(server.repository->check_integrity().problems.empty());
    CHECK(pushed(server, "mona", retitled(2, "call", "call secret plan", "still mine")).code ==
          RejectionCode::missing_row);
    CHECK(pushed(server, "egon", retitled(1, "call", "call secret plan", "now mine")).kind == OutcomeKind::applied);
    // Back again, and away from every book: nobody below the tenant sees it then.
    move_willow(server, "west");
    mona.pull();
    CHECK(mona.holds(Entity::action_item, "call"));
    server.write([](WriteTransaction& writes) {
        Row practice = *writes.get(Entity::practice, id_of("willow"));
        set_value(practice, "book", Value{std::string()});
        writes.put(practice);
    });
    for (Replica* replica : {&mona, &egon, &lena}) {
        replica->pull();
        replica->require_equals_server();
        CHECK_FALSE(replica->holds(Entity::action_item, "call"));
    }
}

TEST_CASE("the integrity check finds an action item whose book is not its practice's", "[server][repo]") {
    Server server;
    server.write([](WriteTransaction& writes) { writes.put(to_row(action_of("call", "willow", "east", "mona"))); });
    const auto problems = server.repository->check_integrity().problems;
    REQUIRE(problems.size() == 1);
    CHECK(problems.front().find("another book") != std::string::npos);
}
