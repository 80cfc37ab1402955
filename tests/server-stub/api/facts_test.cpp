// The page of single facts: what it holds, and who is told nothing.
#include <catch2/catch_test_macros.hpp>

#include "shared/wire/fact_page_json.hpp"
#include "tests/server-stub/api/server_fixture.hpp"

using namespace portal;
using namespace portal::server;
using namespace portal::server::test;

namespace {

constexpr Day march_first = 20'513;

Server& with_facts(Server& server) {
    server.write([](WriteTransaction& writes) {
        for (const char* name : {"opal", "lena"}) {
            writes.put(to_row(user_of(name)));
            writes.accounts().set_password_hash(id_of(name), "plain:" + password);
        }
        writes.put(to_row(grant_of("grantopal", "opal", Role::operations, ScopeKind::tenant)));
        writes.put(to_row(grant_of("grantlena", "lena", Role::lead, ScopeKind::team, id_of("team"))));
        std::vector<FinancingFact> facts;
        for (int serial = 0; serial < 7; ++serial)
            facts.push_back(
                fact_of("w" + std::to_string(serial), "willow", "north", march_first + serial, 100 + serial));
        facts.back().plan = id_of("other");
        facts.front().channel = FactChannel::phone;
        facts.push_back(fact_of("c0", "cedar", "main", march_first, 999));
        const BatchId batch = writes.imports().begin(march_first + 30, start_ms).value();
        REQUIRE(writes.imports().stage_facts(batch, facts).has_value());
        while (writes.imports().prepare(batch, 100).value() > 0) {
        }
        REQUIRE(writes.imports().publish(batch, start_ms).has_value());
    });
    return server;
}

wire::FactPageQuery march_of(std::string_view practice) {
    wire::FactPageQuery query;
    query.practice = id_of(practice);
    query.first_day = march_first;
    query.last_day = march_first + 30;
    return query;
}

Response ask(Server& server, const std::string& token, const std::string& query) {
    Request request = server.request(Method::get, std::string(wire::facts_path), {}, token);
    request.query = query;
    return server.send(std::move(request));
}

}  // namespace

TEST_CASE("a page holds the facts that were asked for, newest first", "[server][api]") {
    Server server;
    const std::string mona = with_facts(server).sign_in("mona");
    const auto page_of = [&](const wire::FactPageQuery& query) {
        const Response response = ask(server, mona, wire::encode(query));
        REQUIRE(response.status == 200);
        auto page = wire::decode_fact_page(response.body, query.practice);
        REQUIRE(page.has_value());
        return *page;
    };
    const auto cents_of = [](const wire::FactPage& page) {
        std::vector<std::int64_t> cents;
        for (const FinancingFact& fact : page.facts)
            cents.push_back(fact.settled_cents);
        return cents;
    };
    wire::FactPageQuery query = march_of("willow");
    CHECK(cents_of(page_of(query)) == std::vector<std::int64_t>{106, 105, 104, 103, 102, 101, 100});
    CHECK(page_of(query).facts.back() == *server.repository->read()->fact("w0"));
    CHECK(page_of(query).as_of_ms == server.clock.now_ms());
    query.offset = 5;
    query.count = 1;
    CHECK(cents_of(page_of(query)) == std::vector<std::int64_t>{101});
    CHECK(page_of(query).total == 7);
    query.offset = 50;
    CHECK(page_of(query).facts.empty());
    query = march_of("willow");
    query.last_day = march_first + 1;
    CHECK(cents_of(page_of(query)) == std::vector<std::int64_t>{101, 100});
    query = march_of("willow");
    query.plan = id_of("other");
    CHECK(cents_of(page_of(query)) == std::vector<std::int64_t>{106});
    query = march_of("willow");
    query.channel = FactChannel::phone;
    CHECK(cents_of(page_of(query)) == std::vector<std::int64_t>{100});
    query = march_of("willow");
    query.location = id_of("north");
    CHECK(page_of(query).total == 7);
}

TEST_CASE("who may not see rows, or not of this practice, is told nothing of it", "[server][api]") {
    Server server;
    with_facts(server);
    struct Case {
        const char* name;
        int willow, cedar;
    };
    for (const Case& one : {Case{"frida", 403, 403}, Case{"olga", 403, 200}, Case{"mona", 200, 403},
                            Case{"sam", 403, 403}, Case{"vera", 403, 403}, Case{"ada", 403, 403},
                            Case{"audrey", 200, 200}, Case{"opal", 200, 200}, Case{"lena", 200, 200}}) {
        CAPTURE(one.name);
        const std::string token = server.sign_in(one.name);
        const Response willow = ask(server, token, wire::encode(march_of("willow")));
        const Response cedar = ask(server, token, wire::encode(march_of("cedar")));
        CHECK(willow.status == one.willow);
        CHECK(cedar.status == one.cedar);
        CHECK((cedar.body.find("999") != std::string::npos) == (one.cedar == 200));
        const Response nowhere = ask(server, token, wire::encode(march_of("nowhere")));
        CHECK(nowhere.status == 403);
        if (one.cedar == 403) CHECK(nowhere.body == cedar.body);
        // A location of another practice is no way around.
        wire::FactPageQuery around = march_of(one.willow == 200 ? "willow" : "cedar");
        around.location = id_of(one.willow == 200 ? "main" : "north");
        CHECK(ask(server, token, wire::encode(around)).status == 403);
    }
    CHECK(ask(server, {}, wire::encode(march_of("willow"))).status == 401);
    // A grant that is gone is gone with the next question.
    const std::string audrey = server.sign_in("audrey");
    server.write([](WriteTransaction& writes) { writes.remove(Entity::grant, id_of("grantaudrey")); });
    CHECK(ask(server, audrey, wire::encode(march_of("willow"))).status == 403);
}

TEST_CASE("a question that is none is refused by its parameter's name", "[server][api]") {
    Server server;
    const std::string mona = with_facts(server).sign_in("mona");
    const std::string good = wire::encode(march_of("willow"));
    const auto refused = [&](const std::string& query, const std::string& name) {
        const Response response = ask(server, mona, query);
        INFO(query << ": " << response.body);
        CHECK(response.status == 400);
        CHECK(response.body.find("'" + name + "'") != std::string::npos);
    };
    CHECK(ask(server, mona, good).status == 200);
    refused("", "practice");
    refused("practice=willow", "practice");
    refused("practice=" + id_of("willow") + "&until=2026-03-01", "from");
    refused("practice=" + id_of("willow") + "&from=2026-03-01&until=later", "until");
    refused(good.substr(0, good.find("&offset")) + "&offset=-1", "offset");
    refused(good.substr(0, good.find("&count")) + "&count=201", "count");
    refused(good.substr(0, good.find("&count")) + "&count=0", "count");
    refused(good + "&plan=%20", "plan");
    refused(good + "&channel=pigeon", "channel");
}
