#include "server-stub/import/importer.hpp"

#include <catch2/catch_test_macros.hpp>
#include <set>

#include "shared/wire/columnar.hpp"
#include "tests/server-stub/import/import_world.hpp"

using namespace portal;
using namespace portal::import;
using namespace portal::tests;

namespace {

std::int64_t settled_sum(server::ReadSnapshot& view) {
    std::int64_t cents = 0;
    view.each_row(Entity::fact_segment, [&](Row row) {
        const auto segment = from_row<FactSegment>(row);
        const auto facts = wire::decode_segment(segment.columns.data, segment.practice, segment.location);
        REQUIRE(facts);
        CHECK(static_cast<std::int64_t>(facts->size()) == segment.fact_count);
        for (const FinancingFact& fact : *facts)
            cents += fact.settled_cents;
    });
    return cents;
}

const std::string ticket_header = "external_key,location,subject,state,priority,created_at\n";

}  // namespace

TEST_CASE("rows of every kind are imported and refer to each other", "[import]") {
    ImportWorld world;
    world.import_places();
    world.must_import(Kind::calendars,
                      "external_key,name,hours\nC-1,Weekdays,09:00-17:00|09:00-17:00|09:00-17:00|||| \n");
    world.must_import(Kind::vendors, "external_key,name,kind,product\nV-1,Canino,practice_management,Canino PMS\n");
    world.must_import(Kind::users,
                      "external_key,email,name,title,practice\nU-1,ana@example.org,Ana D\xC3\xAD"
                      "az,Front desk,P-1\n"
                      "U-2,eng@example.org,Sam Poe,Engineer,\n");
    world.must_import(Kind::integrations,
                      "external_key,practice,vendor,name,stage,stage_since,blocked,engineer\nI-1,P-"
                      "1,V-1,Canino at Willow,live,2026-01-05,no,U-2\n");
    world.must_import(Kind::check_runs,
                      "external_key,integration,day,calls,calls_succeeded,last_success_at\nR-1,I-1,"
                      "2026-05-01,10,9,2026-05-01T10:00:00Z\n");
    world.must_import(Kind::targets, "practice,month,cents\nP-1,2026-05,500000\nP-1,2026-06,600000\n");
    world.must_import(Kind::deposits, "external_key,location,day,cents,reference\nD-1,L-1,2026-05-02,12345,=SUM(A1)\n");
    world.must_import(Kind::tickets,
                      "external_key,location,integration,subject,requester,created_at\n"
                      "T-1,L-1,I-1,\"Ledger, broken\",U-1,2026-05-03T08:00:00Z\n");
    world.must_import(Kind::messages,
                      "external_key,ticket,visibility,author_kind,author,body,created_at\n"
                      "M-1,T-1,public,practice,U-1,\"First line\nSecond line\",2026-05-03T08:00:00Z\n");

    const auto view = world.read();
    const auto ticket = from_row<Ticket>(*view->row_by_external_key(Entity::ticket, "T-1"));
    const auto location = *view->row_by_external_key(Entity::location, "L-1");
    CHECK(ticket.practice == text_value(location, "practice"));
    CHECK(ticket.practice_name == text_value(*view->row(Entity::practice, ticket.practice), "name"));
    CHECK(ticket.requester_name ==
          "Ana D\xC3\xAD"
          "az");
    CHECK(ticket.number > 0);
    CHECK(ticket.state_since_ms == ticket.created_ms);
    const auto message = from_row<Message>(*view->row_by_external_key(Entity::message, "M-1"));
    CHECK(message.ticket == ticket.id);
    CHECK(message.location == ticket.location);
    CHECK(message.author_name ==
          "Ana D\xC3\xAD"
          "az");
    CHECK(message.body == "First line\nSecond line");
    CHECK(text_value(*view->row_by_external_key(Entity::deposit, "D-1"), "reference") == "=SUM(A1)");
    CHECK(view->row_count(Entity::target) == 2);
    CHECK(world.repository().check_integrity().problems.empty());
}

TEST_CASE("an import is idempotent by external key, and absent columns stay", "[import]") {
    ImportWorld world;
    world.import_places();
    const auto before = world.read()->head().seq;
    const auto again = world.must_import(
        Kind::practices, "external_key,name,specialty,enrolled_on\nP-1,Willow Creek Dental,dental,2024-01-02\n");
    CHECK(again.unchanged == 1);
    CHECK(world.read()->head().seq == before);
    const auto changed = world.must_import(Kind::practices, "external_key,region\nP-1,South\nP-2,\n");
    CHECK(changed.changed == 1);
    CHECK(changed.unchanged == 1);
    const auto practice = from_row<Practice>(*world.read()->row_by_external_key(Entity::practice, "P-1"));
    CHECK(practice.region == "South");
    CHECK(practice.name == "Willow Creek Dental");
    CHECK(practice.rev == 2);
    world.must_import(Kind::targets, "practice,month,cents\nP-1,2026-05,500000\n");
    CHECK(world.must_import(Kind::targets, "practice,month,cents\nP-1,2026-05,500000\nP-1,2026-06,1\n").unchanged == 1);
    CHECK(world.must_import(Kind::targets, "practice,month,cents\nP-1,2026-05,500001\n").changed == 1);
    CHECK(world.read()->row_count(Entity::target) == 2);
}

TEST_CASE("a refused row stops the whole file, with line, column and reason", "[import]") {
    struct Case {
        const char* name;
        Kind kind;
        std::string text;
        std::int64_t line, column;
        const char* reason_has;
    };
    const Case cases[] = {
        {"unknown location", Kind::financing_facts,
         fact_header + "F,A,sale,settled,L-9,D12,2025-01-01,2025-01-01,1,0,0,5,0\n", 2, 18, "unknown location 'L-9'"},
        {"unknown plan", Kind::financing_facts,
         fact_header + "F,A,sale,settled,L-1,X,2025-01-01,2025-01-01,1,0,0,5,0\n", 2, 22, "unknown promo_plan 'X'"},
        {"negative cents", Kind::financing_facts,
         fact_header + "F,A,sale,settled,L-1,D12,2025-01-01,2025-01-01,1,0,0,-5,0\n", 2, 54, "negative"},
        {"bad date", Kind::financing_facts, fact_header + "F,A,sale,settled,L-1,D12,01/02/2025,2025-01-01,1,0,0,5,0\n",
         2, 26, "not a date"},
        {"future", Kind::financing_facts, fact_header + "F,A,sale,settled,L-1,D12,2027-01-01,2027-01-01,1,0,0,5,0\n", 2,
         26, "future"},
        {"posted first", Kind::financing_facts,
         fact_header + "F,A,sale,settled,L-1,D12,2025-01-02,2025-01-01,1,0,0,5,0\n", 2, 37, "before it happened"},
        {"beyond every amount", Kind::financing_facts,
         fact_header + "F,A,sale,settled,L-1,D12,2025-01-01,2025-01-01,1,0,0,4294967296,0\n", 2, 54, "as large"},
        {"before all calendars", Kind::financing_facts,
         fact_header + "F,A,sale,settled,L-1,D12,1969-12-31,2025-01-01,1,0,0,5,0\n", 2, 26, "before 1970"},
        {"status of another kind", Kind::financing_facts,
         fact_header + "F,A,sale,declined,L-1,D12,2025-01-01,2025-01-01,1,0,0,5,0\n", 2, 10, "only an application"},
        {"twice in the file", Kind::deposits,
         "external_key,location,day,cents\nD,L-1,2025-01-01,5\nD,L-1,2025-01-01,6\n", 3, 1, "stands on line 2"},
        {"unknown practice", Kind::targets, "practice,month,cents\nP-9,2026-01,5\n", 2, 1, "unknown practice 'P-9'"},
        {"new row without name", Kind::practices, "external_key,region\nP-3,South\n", 2, 1, "needs 'name'"},
        {"too few cells", Kind::deposits, "external_key,location,day,cents\nD,L-1\n", 2, 3, "2 cells but the header 4"},
        {"moved location", Kind::locations, "external_key,practice\nL-1,P-2\n", 2, 5, "cannot change"},
        {"more successes than calls", Kind::check_runs,
         "external_key,integration,day,calls,calls_succeeded\nR,I-1,2025-01-01,1,2\n", 2, 3, "unknown integration"},
    };
    ImportWorld world;
    world.import_places();
    const auto before = world.read()->head().seq;
    for (const Case& item : cases) {
        INFO(item.name);
        const auto report = world.import_text(item.kind, item.text);
        REQUIRE(report);
        CHECK(!report->published);
        REQUIRE(report->refused >= 1);
        const RowReport& refusal = report->refusals.front();
        INFO(refusal.reason);
        CHECK(refusal.line == item.line);
        CHECK(refusal.column == item.column);
        CHECK(refusal.reason.find(item.reason_has) != std::string::npos);
        CHECK(world.read()->head().seq == before);
    }
    // Nothing that was staged before the refusal stays behind, and the next import may begin.
    CHECK(world.must_import(Kind::deposits, "external_key,location,day,cents\nD,L-1,2025-01-01,5\n").inserted == 1);
}

TEST_CASE("good rows can be published although others are refused", "[import]") {
    ImportWorld world;
    world.import_places();
    ImportOptions options;
    options.refused_rows = RefusedRows::skip;
    const auto report = world.import_text(Kind::deposits,
                                          "external_key,location,day,cents\nD-1,L-1,2025-01-01,"
                                          "5\nD-2,L-9,2025-01-01,5\nD-3,L-2,2025-01-01,7\n",
                                          options);
    REQUIRE(report);
    CHECK(report->published);
    CHECK(report->inserted == 2);
    CHECK(report->refused == 1);
    CHECK(world.read()->row_count(Entity::deposit) == 2);
}

TEST_CASE("a dry run tells and writes nothing", "[import]") {
    ImportWorld world;
    world.import_places();
    world.must_import(Kind::financing_facts, fact_header + fact_rows(0, 10));
    const auto before = world.read()->head().seq;
    ImportOptions options;
    options.mode = RunMode::dry_run;
    std::string text = fact_header + fact_rows(0, 12) + "F-99,A,sale,settled,L-9,,2025-01-01,2025-01-01,1,0,0,5,0\n";
    text.replace(text.find("20003"), 5, "20004");
    const auto report = world.import_text(Kind::financing_facts, text, options);
    REQUIRE(report);
    CHECK(report->inserted == 2);
    CHECK(report->changed == 1);
    CHECK(report->unchanged == 9);
    CHECK(report->refused == 1);
    CHECK(!report->published);
    CHECK(report->rows_told.size() == 12);
    CHECK(report_json(*report).find("\"verdict\": \"changed\"") != std::string::npos);
    CHECK(report_text(*report).find("line 14, column 21 (location)") != std::string::npos);
    CHECK(world.read()->head().seq == before);
    CHECK(world.read()->fact_count() == 10);
}

TEST_CASE("facts become segments, one change each, and only touched ones", "[import]") {
    ImportWorld world;
    world.import_places();
    const auto report = world.must_import(Kind::financing_facts, fact_header + fact_rows(0, 240));
    CHECK(report.inserted == 240);
    CHECK(iso_day(report.closed_until) == "2025-12-28");
    auto view = world.read();
    // Odd numbers are of one location and of every second month.
    CHECK(view->row_count(Entity::fact_segment) == 12);
    CHECK(settled_sum(*view) == 240 * 20'000 + 239 * 240 / 2);
    const auto before = view->head().seq;
    view.reset();

    CHECK(world.must_import(Kind::financing_facts, fact_header + fact_rows(0, 240)).unchanged == 240);
    CHECK(world.read()->head().seq == before);

    std::string corrected = fact_rows(6, 7);
    corrected.replace(corrected.find("20006"), 5, "20007");
    CHECK(world.must_import(Kind::financing_facts, fact_header + corrected).changed == 1);
    view = world.read();
    // The segment and its rollup.
    CHECK(view->head().seq == before + 2);
    CHECK(settled_sum(*view) == 240 * 20'000 + 239 * 240 / 2 + 1);
    CHECK(view->fact("F-6")->settled_cents == 20'007);
    CHECK(world.repository().check_integrity().problems.empty());
}

TEST_CASE("a damaged file publishes nothing", "[import]") {
    ImportWorld world;
    world.import_places();
    const auto before = world.read()->head().seq;
    for (const std::string& text :
         {fact_header + fact_rows(0, 6'000) + "\"cut", fact_header + fact_rows(0, 6'000) + "F-7000,A",
          fact_header + fact_rows(0, 6'000) + "Zo\xEB,A\n"}) {
        const auto report = world.import_text(Kind::financing_facts, text);
        REQUIRE(!report);
        CHECK(report.error().message.find("line 6002") != std::string::npos);
        CHECK(world.read()->head().seq == before);
        CHECK(world.read()->fact_count() == 0);
    }
    CHECK(world.must_import(Kind::financing_facts, fact_header + fact_rows(0, 10)).inserted == 10);
}

TEST_CASE("NDJSON and a mapping lead to the same rows", "[import]") {
    ImportWorld world;
    world.import_places();
    ImportOptions options;
    options.kind = Kind::deposits;
    options.file = world.folder().write("deposits.ndjson",
                                        "{\"Ref\":\"D-1\",\"Store\":\"L-1\",\"When\":\"3/4/"
                                        "2026\",\"Amt\":\"$1,234.50\",\"Clerk\":\"x\"}\n");
    options.mapping_json =
        R"({"columns":{"Ref":"external_key","Store":"location","When":"day","Amt":"cents"},
                               "ignore":["Clerk"],"dollars":["cents"],"dates":"month/day/year"})";
    const auto report = world.run(options);
    REQUIRE(report);
    REQUIRE(report->published);
    const auto deposit = from_row<Deposit>(*world.read()->row_by_external_key(Entity::deposit, "D-1"));
    CHECK(deposit.cents == 123'450);
    CHECK(iso_day(deposit.day) == "2026-03-04");
}

TEST_CASE("imported tickets are numbered once", "[import]") {
    ImportWorld world;
    world.import_places();
    const std::string rows =
        "T-1,L-1,First,in_progress,high,2026-05-01T08:00:00Z\nT-2,L-1,Second,new,low,2026-05-01T09:"
        "00:00Z\n";
    world.must_import(Kind::tickets, ticket_header + rows);
    const auto first = integer_value(*world.read()->row_by_external_key(Entity::ticket, "T-1"), "number");
    CHECK(integer_value(*world.read()->row_by_external_key(Entity::ticket, "T-2"), "number") == first + 1);
    CHECK(world.must_import(Kind::tickets, ticket_header + rows).unchanged == 2);
    CHECK(integer_value(*world.read()->row_by_external_key(Entity::ticket, "T-1"), "number") == first);
}
