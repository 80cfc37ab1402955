// Deposit reviews through the API: who may say them, who reads them, and how two who review one day meet.
#include <catch2/catch_test_macros.hpp>

#include "shared/rules/deposits.hpp"
#include "tests/server-stub/api/replica.hpp"

using namespace portal;
using namespace portal::server;
using namespace portal::server::test;

namespace {

constexpr Day day_in_question = 20'500;

Mutation said_of_deposit(const std::string& note) {
    Mutation mutation;
    mutation.mid = 1;
    mutation.kind = MutationKind::create;
    mutation.entity = Entity::deposit_review;
    mutation.row = deposit_review_id(id_of("north"), day_in_question);
    mutation.set = {{"day", Value{std::int64_t{day_in_question}}},
                    {"deposited_cents", Value{std::int64_t{100}}},
                    {"expected_cents", Value{std::int64_t{250}}},
                    {"location", Value{id_of("north")}},
                    {"note", Value{note}},
                    {"reviewed", Value{std::int64_t{1}}}};
    return mutation;
}

MutationOutcome push_review(Server& server, const std::string& name, Mutation mutation) {
    wire::PushRequest request;
    request.client = id_of("reviewer" + name);
    mutation.intent = id_of("review" + name);
    request.mutations = {std::move(mutation)};
    const Response response =
        server.send(Method::post, "/api/v1/sync/push", wire::encode(request), server.sign_in(name));
    CAPTURE(response.body);
    REQUIRE(response.status == 200);
    return wire::decode_push_response(response.body).value().results.at(0).outcome;
}

}  // namespace

TEST_CASE("a review reaches those who see the deposit, and one day has one review", "[server][api]") {
    Server server;
    const MutationOutcome first = push_review(server, "mona", said_of_deposit("secret plan"));
    CAPTURE(first.message);
    REQUIRE(first.kind == OutcomeKind::applied);
    CHECK(push_review(server, "frida", said_of_deposit("mine")).code == RejectionCode::access_denied);
    for (const char* name : {"mona", "frida"}) {
        Replica replica(server, name, server.sign_in(name));
        replica.pull();
        replica.require_equals_server();
        CHECK(replica.last_body.find("secret plan") != std::string::npos);
    }
    server.write([](WriteTransaction& writes) {
        writes.put(to_row(user_of("otto")));
        writes.accounts().set_password_hash(id_of("otto"), "plain:" + password);
        writes.put(to_row(grant_of("grantotto", "otto", Role::practice_admin, ScopeKind::practice, id_of("willow"))));
    });
    CHECK(push_review(server, "otto", said_of_deposit("secret plan")).kind == OutcomeKind::nothing_to_do);
    const auto row = server.repository->read()->row(Entity::deposit_review, said_of_deposit("").row);
    REQUIRE(row.has_value());
    CHECK(from_row<DepositReview>(*row).reviewed_by == id_of("mona"));
    CHECK(server.repository->check_integrity().problems.empty());
}

TEST_CASE("a second review of a day with other words is refused", "[server][api]") {
    Server server;
    server.write([](WriteTransaction& writes) {
        writes.put(to_row(user_of("otto")));
        writes.accounts().set_password_hash(id_of("otto"), "plain:" + password);
        writes.put(to_row(grant_of("grantotto", "otto", Role::practice_admin, ScopeKind::practice, id_of("willow"))));
    });
    REQUIRE(push_review(server, "mona", said_of_deposit("Paid by check.")).kind == OutcomeKind::applied);
    CHECK(push_review(server, "otto", said_of_deposit("It came late.")).code == RejectionCode::duplicate_row);
    const auto row = server.repository->read()->row(Entity::deposit_review, said_of_deposit("").row);
    CHECK(from_row<DepositReview>(*row).note == "Paid by check.");
}
