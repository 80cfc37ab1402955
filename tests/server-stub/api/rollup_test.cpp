// Rollups on their way: who is given them instead of facts, when that changes, and that they follow every change of
// facts and places.
#include <catch2/catch_test_macros.hpp>

#include "shared/facts/rollup_table.hpp"
#include "tests/server-stub/api/replica.hpp"

using namespace portal;
using namespace portal::server;
using namespace portal::server::test;

namespace {

constexpr Day march = 20'513;

SqliteOptions few_facts(std::int64_t facts_max) {
    SqliteOptions options;
    options.replica_facts_max = facts_max;
    return options;
}

void import_facts(Server& server, const std::vector<FinancingFact>& facts) {
    server.write([&](WriteTransaction& writes) {
        const BatchId batch = writes.imports().begin(march + 30, start_ms).value();
        REQUIRE(writes.imports().stage_facts(batch, facts).has_value());
        while (writes.imports().prepare(batch, 100).value() > 0) {
        }
        REQUIRE(writes.imports().publish(batch, start_ms).has_value());
        while (!writes.imports().sweep(100).value()) {
        }
    });
}

std::vector<FinancingFact> sales(std::string_view practice, std::string_view location, int from, int count) {
    std::vector<FinancingFact> facts;
    for (int serial = from; serial < from + count; ++serial)
        facts.push_back(fact_of("f" + std::to_string(serial), practice, location, march + serial % 20, 100 + serial));
    return facts;
}

std::int64_t count_of(const Replica& replica, Entity entity) {
    std::int64_t count = 0;
    for (const auto& [key, held] : replica.rows)
        count += key.first == entity ? 1 : 0;
    return count;
}

std::int64_t net_of_rollups(const Replica& replica) {
    RollupTable table;
    for (const auto& [key, held] : replica.rows)
        if (key.first == Entity::fact_rollup) REQUIRE(table.put(from_row<FactRollup>(held.row)).has_value());
    FactFilter filter;
    filter.days = {0, 100'000};
    std::int64_t cents = 0;
    for (const FactGroup& group : table.group({filter, FactKey::none}))
        cents += group.sums.net_cents();
    return cents;
}

void give(Server& server, const std::string& user, Role role, ScopeKind kind, const Id& scope = {}) {
    server.write([&](WriteTransaction& writes) {
        writes.put(to_row(user_of(user)));
        writes.put(to_row(grant_of("grant" + user, user, role, kind, scope)));
        writes.accounts().set_password_hash(id_of(user), "plain:" + password);
    });
}

}  // namespace

TEST_CASE("an auditor's facts become rollups above the cap, at the next pull, and facts again clearly below it",
          "[server][api]") {
    Server server(few_facts(16));
    Replica audrey(server, "audrey", server.sign_in("audrey"));
    import_facts(server, sales("willow", "north", 0, 10));
    import_facts(server, sales("cedar", "main", 100, 6));
    const auto facts_of = [&](int from, int count) {
        std::int64_t cents = 0;
        for (int serial = from; serial < from + count; ++serial)
            cents += 100 + serial;
        return cents;
    };
    audrey.pull();
    CHECK(count_of(audrey, Entity::fact_segment) == 2);
    CHECK(count_of(audrey, Entity::fact_rollup) == 0);
    import_facts(server, sales("cedar", "main", 106, 1));
    audrey.pull();
    CHECK_FALSE(audrey.last_reset);
    CHECK(audrey.last_body.find(R"("k":"drop")") != std::string::npos);
    CHECK(count_of(audrey, Entity::fact_segment) == 0);
    CHECK(count_of(audrey, Entity::fact_rollup) == 2);
    CHECK(net_of_rollups(audrey) == facts_of(0, 10) + facts_of(100, 7));
    audrey.require_equals_server();
    // Facts move to a place that she does not lose: the sum falls below the cap, but not clearly.
    server.write([](WriteTransaction& writes) { writes.remove(Entity::grant, id_of("grantaudrey")); });
    server.write([](WriteTransaction& writes) {
        writes.put(to_row(grant_of("grantaudrey2", "audrey", Role::auditor, ScopeKind::practice, id_of("willow"))));
    });
    import_facts(server, sales("willow", "north", 10, 5));
    audrey.pull();
    CHECK(count_of(audrey, Entity::fact_rollup) == 1);
    CHECK(net_of_rollups(audrey) == facts_of(0, 15));
    audrey.require_equals_server();
    // An eighth below the cap is 14.
    std::vector<FinancingFact> moved = sales("willow", "north", 0, 1);
    moved[0].practice = id_of("cedar");
    moved[0].location = id_of("main");
    import_facts(server, moved);
    audrey.pull();
    CHECK_FALSE(audrey.last_reset);
    CHECK(count_of(audrey, Entity::fact_rollup) == 0);
    CHECK(count_of(audrey, Entity::fact_segment) == 1);
    audrey.require_equals_server();
    // And not back at once: 15 are more than fourteen, and fewer than the cap.
    import_facts(server, sales("willow", "north", 0, 1));
    audrey.pull();
    CHECK(count_of(audrey, Entity::fact_segment) == 1);
    CHECK(count_of(audrey, Entity::fact_rollup) == 0);
    audrey.require_equals_server();
}

TEST_CASE("operations have rollups however few the facts are, and lose them with the grant", "[server][api]") {
    Server server;
    import_facts(server, sales("willow", "north", 0, 10));
    give(server, "opal", Role::operations, ScopeKind::tenant);
    Replica opal(server, "opal", server.sign_in("opal"));
    opal.pull();
    CHECK(count_of(opal, Entity::fact_rollup) == 1);
    CHECK(count_of(opal, Entity::fact_segment) == 0);
    opal.require_equals_server();
    import_facts(server, sales("willow", "north", 3, 9));
    opal.pull();
    CHECK(opal.last_rows == 1);
    opal.require_equals_server();
    server.write([](WriteTransaction& writes) { writes.remove(Entity::grant, id_of("grantopal")); });
    opal.pull();
    CHECK(count_of(opal, Entity::fact_rollup) == 0);
    opal.require_equals_server();
}

TEST_CASE("a location that changes its practice takes its facts and rollups along", "[server][api]") {
    Server server;
    import_facts(server, sales("willow", "north", 0, 10));
    import_facts(server, sales("cedar", "main", 100, 4));
    give(server, "leo", Role::auditor, ScopeKind::practice, id_of("willow"));
    give(server, "opal", Role::operations, ScopeKind::tenant);
    Replica opal(server, "opal", server.sign_in("opal")), leo(server, "leo", server.sign_in("leo"));
    opal.pull();
    leo.pull();
    CHECK(count_of(leo, Entity::fact_segment) == 1);
    const std::int64_t net = net_of_rollups(opal);
    const auto move_north = [&](std::string_view practice) {
        server.write([&](WriteTransaction& writes) {
            auto north = from_row<Location>(*writes.get(Entity::location, id_of("north")));
            north.practice = id_of(practice);
            writes.put(to_row(north));
        });
    };
    const auto facts_at = [&](std::string_view practice) {
        std::int64_t facts = 0;
        for (const auto& [key, held] : opal.rows)
            if (key.first == Entity::fact_rollup && text_value(held.row, "practice") == id_of(practice))
                facts += integer_value(held.row, "fact_count");
        return facts;
    };
    move_north("cedar");
    opal.pull();
    leo.pull();
    opal.require_equals_server();
    leo.require_equals_server();
    CHECK(facts_at("willow") == 0);
    CHECK(facts_at("cedar") == 14);
    CHECK(net_of_rollups(opal) == net);
    CHECK(count_of(leo, Entity::fact_segment) == 0);
    // What is imported then meets what was there before, also when it goes back.
    import_facts(server, sales("cedar", "north", 10, 3));
    move_north("willow");
    import_facts(server, sales("willow", "north", 13, 2));
    opal.pull();
    leo.pull();
    opal.require_equals_server();
    leo.require_equals_server();
    CHECK(facts_at("willow") == 15);
    CHECK(facts_at("cedar") == 4);
    CHECK(server.repository->read()->fact_count() == 19);
    CHECK(server.repository->check_integrity().problems.empty());
}

TEST_CASE("rollups that a replica has lost come back by its stream alone", "[server][api]") {
    Server server;
    import_facts(server, sales("willow", "north", 0, 10));
    give(server, "opal", Role::operations, ScopeKind::tenant);
    Replica opal(server, "opal", server.sign_in("opal"));
    opal.pull();
    std::erase_if(opal.rows, [](const auto& entry) { return entry.first.first == Entity::fact_rollup; });
    opal.repair = {"r:" + id_of("willow")};
    opal.pull();
    CHECK(opal.last_rows == 2);
    CHECK(count_of(opal, Entity::fact_rollup) == 1);
    opal.repair.clear();
    opal.require_equals_server();
}

TEST_CASE("a rollup that says another thing than its facts is found by the check", "[server][api]") {
    Server server;
    import_facts(server, sales("willow", "north", 0, 10));
    CHECK(server.repository->check_integrity().problems.empty());
    server.write([](WriteTransaction& writes) {
        std::optional<Row> rollup;
        writes.view().each_row(Entity::fact_rollup, [&](Row row) { rollup = std::move(row); });
        REQUIRE(rollup.has_value());
        set_value(*rollup, "fact_count", std::int64_t{11});
        writes.put(*rollup);
    });
    const auto problems = server.repository->check_integrity().problems;
    REQUIRE(problems.size() == 1);
    CHECK(problems.front().find("not what its facts add up to") != std::string::npos);
}
