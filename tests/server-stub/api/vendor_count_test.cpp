// A vendor's counts on their way: given and taken back by the practice's owner through the usual mutation, made anew by
// what changes the facts, and nobody else's to see.
#include <catch2/catch_test_macros.hpp>

#include "tests/server-stub/api/replica.hpp"

using namespace portal;
using namespace portal::server;
using namespace portal::server::test;

namespace {

constexpr Day month_day = 20'000;

void import_sales(Server& server, int from, int count) {
    server.write([&](WriteTransaction& writes) {
        std::vector<FinancingFact> facts;
        for (int serial = from; serial < from + count; ++serial)
            facts.push_back(fact_of("s" + std::to_string(serial), "willow", "north", month_day, 1'234));
        const Day closed_until = first_day_of_month(month_of_day(month_day) + 1) - 1;
        const BatchId batch = writes.imports().begin(closed_until, start_ms).value();
        REQUIRE(writes.imports().stage_facts(batch, facts).has_value());
        while (writes.imports().prepare(batch, 100).value() > 0) {
        }
        REQUIRE(writes.imports().publish(batch, start_ms).has_value());
    });
}

// Willow gets an owner, who signs in.
struct Owner {
    explicit Owner(Server& server_in) : server(server_in) {
        server.write([](WriteTransaction& writes) {
            writes.put(to_row(user_of("wanda", id_of("willow"))));
            writes.put(
                to_row(grant_of("grantwanda", "wanda", Role::practice_admin, ScopeKind::practice, id_of("willow"))));
            writes.accounts().set_password_hash(id_of("wanda"), "plain:" + password);
        });
    }

    MutationOutcome say(const std::string& user, std::string_view practice, bool wanted) {
        wire::PushRequest request;
        request.client = id_of("client" + user);
        Mutation mutation;
        mutation.mid = ++mids[user];
        mutation.intent = id_of("say" + user + std::to_string(mutation.mid));
        mutation.kind = MutationKind::update;
        mutation.entity = Entity::practice;
        mutation.row = id_of(practice);
        mutation.was = {{"vendor_consent", Value{std::int64_t{!wanted}}}};
        mutation.set = {{"vendor_consent", Value{std::int64_t{wanted}}}};
        request.mutations = {mutation};
        const Response response =
            server.send(Method::post, "/api/v1/sync/push", wire::encode(request), server.sign_in(user));
        REQUIRE(response.status == 200);
        const auto answer = wire::decode_push_response(response.body);
        REQUIRE(answer.has_value());
        REQUIRE(answer->results.size() == 1);
        return answer->results.front().outcome;
    }

    Server& server;
    std::map<std::string, std::int64_t> mids;
};

std::vector<VendorCount> counts_in(const Replica& replica) {
    std::vector<VendorCount> counts;
    for (const auto& [key, held] : replica.rows)
        if (key.first == Entity::vendor_count) counts.push_back(from_row<VendorCount>(held.row));
    return counts;
}

}  // namespace

TEST_CASE("a vendor has counts while the practice's owner agrees, and no longer", "[server][api]") {
    Server server;
    Owner owner(server);
    import_sales(server, 0, 12);
    Replica vera(server, "vera", server.sign_in("vera")), ada(server, "ada", server.sign_in("ada"));
    vera.pull();
    CHECK(counts_in(vera).empty());
    CHECK(owner.say("wanda", "willow", true).kind == OutcomeKind::applied);
    vera.pull();
    REQUIRE(counts_in(vera).size() == 1);
    CHECK(counts_in(vera)[0].sales == 12);
    CHECK(counts_in(vera)[0].month == month_of_day(month_day));
    CHECK(counts_in(vera)[0].integration == id_of("willowpms"));
    vera.require_equals_server();
    // No amount has come, whatever the counts.
    CHECK(vera.last_body.find("cents") == std::string::npos);
    CHECK(vera.last_body.find("fact_") == std::string::npos);
    // Who manages users sees no volumes.
    ada.pull();
    CHECK(counts_in(ada).empty());
    ada.require_equals_server();
    SECTION("new facts change them in the same transaction") {
        import_sales(server, 12, 3);
        vera.pull();
        REQUIRE(counts_in(vera).size() == 1);
        CHECK(counts_in(vera)[0].sales == 15);
        vera.require_equals_server();
    }
    SECTION("consent that is taken back takes them away at the next pull") {
        CHECK(owner.say("wanda", "willow", false).kind == OutcomeKind::applied);
        vera.pull();
        CHECK(counts_in(vera).empty());
        CHECK_FALSE(vera.last_reset);
        vera.require_equals_server();
        CHECK(server.repository->read()->row_count(Entity::vendor_count) == 0);
    }
    SECTION("an integration that goes to another vendor takes its counts there") {
        server.write([](WriteTransaction& writes) {
            Vendor felino;
            felino.id = id_of("felino");
            writes.put(to_row(felino));
            auto integration = from_row<Integration>(*writes.get(Entity::integration, id_of("willowpms")));
            integration.vendor = felino.id;
            writes.put(to_row(integration));
        });
        vera.pull();
        CHECK(counts_in(vera).empty());
        vera.require_equals_server();
        CHECK(server.repository->read()->row_count(Entity::vendor_count) == 1);
    }
    CHECK(server.repository->check_integrity().problems.empty());
}

TEST_CASE("only the practice's own owner says what its vendor sees, and nothing else of the practice",
          "[server][api]") {
    Server server;
    Owner owner(server);
    for (const char* user : {"frida", "mona", "sam", "vera", "ada", "audrey", "olga"}) {
        CAPTURE(user);
        CHECK(owner.say(user, "willow", true).kind == OutcomeKind::rejected);
    }
    CHECK(owner.say("wanda", "cedar", true).code == RejectionCode::missing_row);
    CHECK(integer_value(*server.repository->read()->row(Entity::practice, id_of("willow")), "vendor_consent") == 0);
    wire::PushRequest request;
    request.client = id_of("clientrename");
    Mutation rename;
    rename.mid = 1;
    rename.intent = id_of("rename");
    rename.kind = MutationKind::update;
    rename.entity = Entity::practice;
    rename.row = id_of("willow");
    rename.was = {{"name", Value{std::string("willow")}}};
    rename.set = {{"name", Value{std::string("Another")}}};
    request.mutations = {rename};
    const Response response =
        server.send(Method::post, "/api/v1/sync/push", wire::encode(request), server.sign_in("wanda"));
    CHECK(response.body.find("rejected") != std::string::npos);
    CHECK(text_value(*server.repository->read()->row(Entity::practice, id_of("willow")), "name") == "willow");
}
