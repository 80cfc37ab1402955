// What a practice is told of its peers, and who is told nothing.
#include <catch2/catch_test_macros.hpp>

#include "shared/wire/peers_json.hpp"
#include "tests/server-stub/api/server_fixture.hpp"

using namespace portal;
using namespace portal::server;
using namespace portal::server::test;

namespace {

const Day october_first = parse_iso_day("2026-10-01").value();
const Day october_last = parse_iso_day("2026-10-31").value();

// Twenty applications of October, so many of them approved.
void add_applications(std::vector<FinancingFact>& facts, const std::string& practice, const std::string& location,
                      int approved) {
    for (int serial = 0; serial < 20; ++serial) {
        FinancingFact fact = fact_of(practice + std::to_string(serial), practice, location, october_first + serial, 0);
        fact.kind = FactKind::application;
        fact.status = serial < approved ? FactStatus::approved : FactStatus::declined;
        fact.requested_cents = 1'000'00;
        facts.push_back(fact);
    }
}

// Willow and `others` practices beside it, of one specialty and size, reported to the end of October.
Server& with_peers(Server& server, int others) {
    server.write([&](WriteTransaction& writes) {
        std::vector<FinancingFact> facts;
        add_applications(facts, "willow", "north", 20);
        for (int serial = 0; serial < others; ++serial) {
            const std::string name = "peer" + std::to_string(serial);
            put_place(writes, name, name + "main", "east");
            add_applications(facts, name, name + "main", 10);
        }
        const BatchId batch = writes.imports().begin(october_last, start_ms).value();
        REQUIRE(writes.imports().stage_facts(batch, facts).has_value());
        while (writes.imports().prepare(batch, 100).value() > 0) {
        }
        REQUIRE(writes.imports().publish(batch, start_ms).has_value());
    });
    return server;
}

Response ask_for_peers(Server& server, const std::string& token, std::string_view practice) {
    Request request = server.request(Method::get, std::string(wire::peers_path), {}, token);
    request.query = wire::encode(wire::PeerQuery{id_of(practice)});
    return server.send(std::move(request));
}

}  // namespace

TEST_CASE("a practice is told what ten of its kind do together", "[server][api]") {
    Server server;
    const Response response = ask_for_peers(server, with_peers(server, 9).sign_in("mona"), "willow");
    REQUIRE(response.status == 200);
    const auto told = wire::decode_peer_summary(response.body);
    REQUIRE(told.has_value());
    CHECK(told->practices == 10);
    CHECK(told->last_day == october_last);
    CHECK(told->first_day == parse_iso_day("2025-11-01").value());
    CHECK(told->as_of_ms == server.clock.now_ms());
    REQUIRE(told->figures.size() == 4);
    // 110 of 200, and nobody has sold anything.
    CHECK(told->figures[0] == PeerFigure{FigureId::approval_rate, 5'500, PeerReason::none});
    CHECK(told->figures[2] == PeerFigure{FigureId::average_sale, std::nullopt, PeerReason::too_few_practices});
    // Nothing names anybody.
    CHECK(response.body.find(id_of("peer1")) == std::string::npos);
}

TEST_CASE("of fewer than ten practices nothing is told, not even how many", "[server][api]") {
    Server server;
    const auto told =
        wire::decode_peer_summary(ask_for_peers(server, with_peers(server, 8).sign_in("mona"), "willow").body);
    REQUIRE(told.has_value());
    CHECK(told->practices == 0);
    CHECK(told->figures.empty());
}

TEST_CASE("who sees no figures of a practice is told nothing of its peers", "[server][api]") {
    Server server;
    with_peers(server, 9);
    struct Case {
        const char* name;
        int willow;
    };
    for (const Case& one : {Case{"frida", 200}, Case{"olga", 403}, Case{"mona", 200}, Case{"sam", 403},
                            Case{"vera", 403}, Case{"ada", 403}, Case{"audrey", 200}}) {
        CAPTURE(one.name);
        const std::string token = server.sign_in(one.name);
        const Response willow = ask_for_peers(server, token, "willow");
        CHECK(willow.status == one.willow);
        const Response nowhere = ask_for_peers(server, token, "nowhere");
        CHECK(nowhere.status == 403);
        if (one.willow == 403) CHECK(nowhere.body == willow.body);
    }
    CHECK(ask_for_peers(server, {}, "willow").status == 401);
    Request request = server.request(Method::get, std::string(wire::peers_path), {}, server.sign_in("mona"));
    request.query = "practice=willow";
    const Response refused = server.send(std::move(request));
    CHECK(refused.status == 400);
    CHECK(refused.body.find("'practice'") != std::string::npos);
}
