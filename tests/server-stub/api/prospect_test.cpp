// Leads of pitches through the API: who gets them, whose stand, and that one that is sent twice is there once.
#include <catch2/catch_test_macros.hpp>

#include "tests/server-stub/api/replica.hpp"

using namespace portal;
using namespace portal::server;
using namespace portal::server::test;

namespace {

Mutation sent_lead(std::int64_t mid) {
    Mutation mutation;
    mutation.mid = mid;
    mutation.intent = id_of("lead");
    mutation.kind = MutationKind::create;
    mutation.entity = Entity::prospect;
    mutation.row = id_of("lead");
    mutation.set = {{"contact", Value{std::string("Ada")}},
                    {"email", Value{std::string("ada@pena.example")}},
                    {"name", Value{std::string("Secret Dental")}},
                    {"note", Value{std::string()}}};
    return mutation;
}

MutationOutcome pushed_lead(Server& server, const std::string& name, std::int64_t mid = 1,
                            const std::string& client = "one") {
    wire::PushRequest request;
    request.client = id_of(client + name);
    request.mutations = {sent_lead(mid)};
    const Response response =
        server.send(Method::post, "/api/v1/sync/push", wire::encode(request), server.sign_in(name));
    CAPTURE(response.body);
    REQUIRE(response.status == 200);
    return wire::decode_push_response(response.body).value().results.at(0).outcome;
}

}  // namespace

TEST_CASE("a lead reaches the manager of the book, the team's lead and the auditor, and nobody else", "[server][api]") {
    Server server;
    server.write([](WriteTransaction& writes) {
        for (const char* name : {"lena", "egon"}) {
            writes.put(to_row(user_of(name)));
            writes.accounts().set_password_hash(id_of(name), "plain:" + password);
        }
        writes.put(to_row(grant_of("grantlena", "lena", Role::lead, ScopeKind::team, id_of("team"))));
        writes.put(to_row(grant_of("grantegon", "egon", Role::account_manager, ScopeKind::book, id_of("east"))));
    });
    REQUIRE(pushed_lead(server, "mona").kind == OutcomeKind::applied);
    const auto prospect = from_row<Prospect>(*server.repository->read()->row(Entity::prospect, id_of("lead")));
    CHECK(prospect.book == id_of("west"));
    CHECK(prospect.created_by == id_of("mona"));
    for (const char* name : {"mona", "lena", "audrey", "frida", "olga", "sam", "vera", "ada", "egon"}) {
        CAPTURE(name);
        Replica replica(server, name, server.sign_in(name));
        replica.pull();
        const bool may_see = std::string_view("mona lena audrey").find(name) != std::string_view::npos;
        CHECK(replica.holds(Entity::prospect, "lead") == may_see);
        CHECK((replica.last_body.find("Secret Dental") != std::string::npos) == may_see);
        replica.require_equals_server();
    }
    CHECK(server.repository->check_integrity().problems.empty());
}

TEST_CASE("whoever has no book sends no lead", "[server][api]") {
    for (const char* name : {"frida", "olga", "sam", "vera", "ada", "audrey"}) {
        CAPTURE(name);
        Server server;
        CHECK(pushed_lead(server, name).code == RejectionCode::access_denied);
        CHECK(server.repository->read()->row_count(Entity::prospect) == 0);
    }
}

TEST_CASE("a lead that comes again, from another device too, is answered as before and is there once",
          "[server][api]") {
    Server server;
    REQUIRE(pushed_lead(server, "mona").kind == OutcomeKind::applied);
    const auto head = server.repository->read()->head().seq;
    CHECK(pushed_lead(server, "mona").kind == OutcomeKind::applied);
    CHECK(pushed_lead(server, "mona", 1, "two").kind == OutcomeKind::applied);
    CHECK(server.repository->read()->row_count(Entity::prospect) == 1);
    CHECK(server.repository->read()->head().seq == head);
}
