#include "app/console/analyst.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <set>
#include <utility>

#include "app/console/console_tables.hpp"
#include "app/store/replica_image.hpp"
#include "app/store/sql_history.hpp"
#include "shared/facts/fact_sql.hpp"
#include "tests/store/demo_replica.hpp"
#include "tests/tenant/recorded_tenant.hpp"

namespace portal::store::test {
namespace {

using Outcome = vm::SqlAnswer::Outcome;

const auto never = [] { return false; };

std::unique_ptr<console::Analyst> analyst_of(Replica& replica) {
    ReplicaImage image(replica.database());
    // One piece at a time, as the store's steps do it.
    while (!image.step([] { return true; })) {
    }
    auto analyst = console::Analyst::open(std::string(image.bytes()));
    REQUIRE(analyst.has_value());
    return std::move(*analyst);
}

vm::SqlAnswer answer_to(std::string_view sql) {
    static const auto analyst = analyst_of(*replica_of("practice_owner"));
    return analyst->run(sql, never);
}

std::string one_cell(const vm::SqlAnswer& answer) {
    CAPTURE(answer.problem);
    REQUIRE(answer.outcome == Outcome::rows);
    REQUIRE(answer.rows.size() == 1);
    return answer.rows[0][0].text;
}

std::string with_days(std::string_view sql, DayRange days) {
    std::string text(sql);
    for (const auto& [mark, day] : {std::pair("?1", days.first), std::pair("?2", days.last)})
        for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark))
            text.replace(at, 2, std::to_string(day));
    return text;
}

TEST_CASE("figures in SQL over the console's facts equal the engine's to the cent", "[store][sql]") {
    const auto replica = replica_of("account_manager");
    const auto analyst = analyst_of(*replica);
    const DayRange days{DemoTenant::today - 200, DemoTenant::today - 20};
    std::set<Id> practices;
    replica->each(Entity::practice, [&](const Row& row) { practices.insert(row.id); });
    REQUIRE(practices.size() > 1);
    FactSums sums;
    for (const FinancingFact& fact : DemoTenant::instance().facts) {
        if (!practices.contains(fact.practice) || fact.kind == FactKind::application) continue;
        if (!days.contains(fact.posted_day)) continue;
        add_fact(sums, money_event(fact));
    }
    REQUIRE(sums.net_cents() > 0);
    CHECK(one_cell(analyst->run(with_days(fact_sql::net_cents, days), never)) == std::to_string(sums.net_cents()));
    CHECK(one_cell(analyst->run("SELECT sum(net_cents) FROM (" + console::console_examples()[0].sql + ")", never)) ==
          one_cell(analyst->run(with_days(fact_sql::net_cents, {0, 1'000'000}), never)));
}

TEST_CASE("every fact can be asked for, and narrowing reads fewer without losing one", "[store][sql]") {
    const auto& facts = DemoTenant::instance().facts;
    const auto replica = replica_of("account_manager");
    const auto analyst = analyst_of(*replica);
    const auto count = [&](const std::string& where) {
        return one_cell(analyst->run("SELECT count(*) FROM financing_fact " + where, never));
    };
    std::set<Id> practices;
    replica->each(Entity::practice, [&](const Row& row) { practices.insert(row.id); });
    const FinancingFact& some =
        *std::ranges::find_if(facts, [&](const FinancingFact& fact) { return practices.contains(fact.practice); });
    const auto counted = [&](const auto& is_wanted) {
        return std::to_string(std::ranges::count_if(
            facts, [&](const FinancingFact& fact) { return practices.contains(fact.practice) && is_wanted(fact); }));
    };
    const Day day = some.event_day;
    CHECK(count("") == counted([](const FinancingFact&) { return true; }));
    CHECK(count("WHERE practice = '" + some.practice + "'") ==
          counted([&](const FinancingFact& fact) { return fact.practice == some.practice; }));
    CHECK(count("WHERE location = '" + some.location + "' AND event_day >= " + std::to_string(day)) ==
          counted([&](const FinancingFact& fact) { return fact.location == some.location && fact.event_day >= day; }));
    CHECK(count("WHERE event_day > " + std::to_string(day) + " AND event_day <= " + std::to_string(day + 9)) ==
          counted([&](const FinancingFact& fact) { return fact.event_day > day && fact.event_day <= day + 9; }));
    CHECK(count("WHERE event_day = " + std::to_string(day)) ==
          counted([&](const FinancingFact& fact) { return fact.event_day == day; }));
    CHECK(count("WHERE event_day >= 9e18") == "0");
    CHECK(count("WHERE practice = NULL") == "0");
    const vm::SqlAnswer row = analyst->run("SELECT * FROM financing_fact WHERE external_key = '" + some.external_key +
                                               "' AND location = '" + some.location + "'",
                                           never);
    REQUIRE(row.rows.size() == 1);
    CHECK(row.columns.front() == "practice");
    CHECK(row.rows[0][8].text == std::to_string(some.event_day));
    CHECK(row.rows[0][13].text == std::to_string(some.settled_cents));
}

TEST_CASE("each example has an answer, and each table that is named can be read", "[store][sql]") {
    for (const vm::SqlExample& example : console::console_examples()) {
        CAPTURE(example.sql);
        const vm::SqlAnswer answer = answer_to(example.sql);
        CHECK(answer.problem.empty());
        CHECK_FALSE(answer.rows.empty());
    }
    for (const vm::SqlTable& table : console::console_tables()) {
        std::string columns;
        for (const vm::SqlColumn& column : table.columns)
            columns += (columns.empty() ? "\"" : ", \"") + column.name + "\"";
        CAPTURE(table.name);
        CHECK(answer_to("SELECT " + columns + " FROM \"" + table.name + "\" LIMIT 1").outcome == Outcome::rows);
    }
    CHECK(one_cell(answer_to("SELECT iso_day(20520)")) == "2026-03-08");
    CHECK(one_cell(answer_to("SELECT iso_time(1772926205000)")) == "2026-03-07T23:30:05Z");
    CHECK(answer_to("SELECT iso_day(-1), iso_day('x'), iso_day(9e30), iso_time(NULL)").rows[0][2].kind ==
          vm::SqlCell::Kind::null);
}

TEST_CASE("nothing can be changed, left or looked into beyond the rows", "[store][sql]") {
    for (const char* sql : {"INSERT INTO base_ticket (id) VALUES ('x')",
                            "DELETE FROM base_ticket",
                            "UPDATE base_ticket SET subject = ''",
                            "DROP TABLE base_ticket",
                            "DROP VIEW ticket",
                            "CREATE TABLE mine (a)",
                            "CREATE TEMP TABLE mine (a)",
                            "ATTACH ':memory:' AS other",
                            "PRAGMA query_only = OFF",
                            "PRAGMA table_info(base_ticket)",
                            "VACUUM",
                            "VACUUM INTO 'x'",
                            "BEGIN",
                            "SAVEPOINT here",
                            "ANALYZE",
                            "REINDEX",
                            "SELECT 1; SELECT 2",
                            "SELECT 1; DROP TABLE base_ticket",
                            "SELECT * FROM meta",
                            "SELECT * FROM outbox",
                            "SELECT body FROM tray",
                            "SELECT * FROM staged_page",
                            "WITH ticket AS (SELECT * FROM meta) SELECT * FROM ticket",
                            "SELECT * FROM (SELECT * FROM stream)",
                            "INSERT INTO financing_fact (kind) VALUES ('sale')",
                            "SELECT * FROM pragma_table_info('base_ticket')",
                            "EXPLAIN DELETE FROM base_ticket"}) {
        CAPTURE(sql);
        const vm::SqlAnswer answer = answer_to(sql);
        CHECK(answer.outcome != Outcome::rows);
        CHECK(answer.rows.empty());
    }
    CHECK(answer_to("DELETE FROM base_ticket").outcome == Outcome::refused);
    CHECK(answer_to("SELECT 1 ; -- and no more\n").outcome == Outcome::rows);
    CHECK(answer_to("  -- nothing\n").outcome == Outcome::failed);
    CHECK(answer_to("").outcome == Outcome::failed);
}

TEST_CASE("what is no SQL is told with its line", "[store][sql]") {
    const vm::SqlAnswer answer = answer_to("SELECT subject,\n       no_such\nFROM ticket");
    CHECK(answer.outcome == Outcome::failed);
    CHECK(answer.problem == "no such column: no_such");
    CHECK(answer.problem_line == 2);
    CHECK(answer_to("SELEC 1").problem == "near \"SELEC\": syntax error");
    CHECK(answer_to(std::string(limits::sql_text_bytes_max + 1, ' ') + "SELECT 1").outcome == Outcome::failed);
}

TEST_CASE("a question without an end is ended, and the next one is answered", "[store][sql]") {
    const auto analyst = analyst_of(*replica_of("practice_owner"));
    int looks = 0;
    const auto answer =
        analyst->run("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
                     [&] { return ++looks == 5; });
    CHECK(answer.outcome == Outcome::too_long);
    CHECK(looks == 5);
    CHECK(one_cell(analyst->run("SELECT 7", never)) == "7");
    CHECK(answer_to("SELECT zeroblob(1000000000)").outcome == Outcome::failed);
}

// Half a second older at each look.
class HurriedClock final : public Clock {
  public:
    InstantMs now_ms() const override { return monotonic_ms(); }
    DurationMs monotonic_ms() const override {
        ++looks;
        return std::exchange(m_ms, m_ms + 500);
    }
    mutable int looks = 0;

  private:
    mutable DurationMs m_ms = 0;
};

TEST_CASE("a question that is not over after ten seconds is ended at that moment", "[store][sql]") {
    const auto analyst = analyst_of(*replica_of("practice_owner"));
    const std::string_view endless =
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    const HurriedClock clock;
    const vm::SqlAnswer ended = analyst->run_within(endless, limits::sql_ms_max, clock);
    CHECK(limits::sql_ms_max == 10'000);
    CHECK(ended.outcome == Outcome::too_long);
    CHECK(ended.rows.empty());
    // The start, a look every half second, and one for the time that it took.
    CHECK(clock.looks == 22);
    CHECK(ended.elapsed_ms == 10'500);
    CHECK(one_cell(analyst->run_within("SELECT 7", limits::sql_ms_max, ManualClock())) == "7");
}

TEST_CASE("answers are no longer than their caps", "[store][sql]") {
    const vm::SqlAnswer many = answer_to(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000) SELECT i, 1.5, NULL FROM n");
    CHECK(many.rows.size() == limits::sql_rows_max);
    CHECK(many.is_cut);
    CHECK(many.rows[0][1].kind == vm::SqlCell::Kind::number);
    CHECK(many.rows[0][2].kind == vm::SqlCell::Kind::null);
    const vm::SqlAnswer wide = answer_to(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "SELECT printf('%.*c', 1900, 'x') FROM n LIMIT 5000");
    CHECK(wide.is_cut);
    CHECK(wide.rows.size() * 1900 < 2 * limits::sql_answer_bytes_max);
    // 1,999 letters and then one of two bytes.
    const std::string cell = one_cell(answer_to("SELECT printf('%.*c', 1999, 'x') || 'ññ'"));
    CHECK(cell == std::string(1999, 'x') + "...");
    CHECK(answer_to("SELECT x'00ff00'").rows[0][0].text == "3");
}

TEST_CASE("a damaged image or segment is told, not asked", "[store][sql]") {
    CHECK_FALSE(console::Analyst::open("").has_value());
    CHECK_FALSE(console::Analyst::open(std::string(9000, 'x')).has_value());
    const auto replica = replica_of("practice_owner");
    replica->database().exec("UPDATE base_fact_segment SET columns = x'504643'");
    const auto answer = analyst_of(*replica)->run("SELECT count(*) FROM financing_fact", never);
    CHECK(answer.outcome == Outcome::failed);
    CHECK(answer.problem.starts_with("a segment of facts is damaged"));
}

TEST_CASE("former questions are kept once each, the newest first", "[store][sql]") {
    std::string kept;
    for (int number = 0; number < 40; ++number)
        kept = history_with(kept, "SELECT " + std::to_string(number));
    kept = history_with(kept, "SELECT\n30");
    kept = history_with(kept, "SELECT 35");
    const auto questions = read_history(kept);
    CHECK(questions.size() == limits::sql_history_max);
    CHECK(questions[0] == "SELECT 35");
    CHECK(questions[1] == "SELECT\n30");
    CHECK(questions[2] == "SELECT 39");
    CHECK(read_history(history_with("",
                                    "a\x1e"
                                    "b")) == std::vector<std::string>{"ab"});
    CHECK(read_history("").empty());
}

}  // namespace
}  // namespace portal::store::test
