// The console by way of the store; natively the analyst answers within the store's own steps.
#include <catch2/catch_test_macros.hpp>

#include "tests/store/demo_replica.hpp"
#include "tests/store/replica_fixture.hpp"

namespace portal::store::test {
namespace {

using SqlState = vm::SqlPart::State;

std::string one_cell_of(const vm::SqlPart& part) {
    REQUIRE(part.state == SqlState::answered);
    CAPTURE(part.answer->problem);
    REQUIRE(part.answer->rows.size() == 1);
    return part.answer->rows[0][0].text;
}

TEST_CASE("a question is asked of a copy that is as new as the replica", "[store][sql]") {
    DemoStore demo("practice_owner");
    CHECK(demo.after(vm::ShowScreen{vm::SqlQuery{}}).sql->state == SqlState::idle);
    const vm::RunSql count{"SELECT count(*) FROM ticket"};
    const auto before = std::stoll(one_cell_of(*demo.after(count).sql));
    CHECK(demo.store.snapshot()->sql->as_of_ms == DemoTenant::today * 86'400'000LL);
    CHECK(demo.store.snapshot()->sql->history == std::vector<std::string>{count.sql});
    vm::FileTicket ticket;
    ticket.intent = id_of(1);
    ticket.ticket = id_of(2);
    ticket.location = demo.store.snapshot()->session->locations.front().id;
    ticket.subject = "Printer";
    demo.after(ticket);
    // The answer that is shown stays what it was; a pending edit is in the next one.
    CHECK(one_cell_of(*demo.store.snapshot()->sql) == std::to_string(before));
    CHECK(one_cell_of(*demo.after(count).sql) == std::to_string(before + 1));
    DemoStore again(demo.store.detach());
    CHECK(again.store.snapshot()->sql->state == SqlState::idle);
    CHECK(again.store.snapshot()->sql->history == std::vector<std::string>{count.sql});
}

TEST_CASE("a stopped question has no answer, and another can be asked", "[store][sql]") {
    DemoStore demo("practice_owner");
    REQUIRE(demo.store.take(vm::RunSql{"SELECT 1"}));
    CHECK(demo.after(vm::StopSql{}).sql->answer->outcome == vm::SqlAnswer::Outcome::too_long);
    REQUIRE(demo.store.take(vm::RunSql{"SELECT 1"}));
    (void)demo.store.step([] { return true; });
    CHECK(one_cell_of(*demo.after(vm::RunSql{"SELECT 2"}).sql) == "2");
    demo.after(vm::StopSql{});
    CHECK(one_cell_of(*demo.store.snapshot()->sql) == "2");
}

TEST_CASE("who may not read single rows is answered nothing", "[store][sql]") {
    DemoStore demo("front_desk");
    CHECK_FALSE(demo.store.snapshot()->session->sees_sql);
    const auto taken = demo.store.take(vm::RunSql{"SELECT count(*) FROM ticket"});
    REQUIRE_FALSE(taken.has_value());
    CHECK(taken.error().code == ErrorCode::permission_denied);
    demo.settle();
    CHECK(demo.store.snapshot()->sql->tables.empty());
}

TEST_CASE("rows that were lost stay neither in an answer nor in a copy", "[store][sql]") {
    DemoStore demo("practice_owner");
    one_cell_of(*demo.after(vm::RunSql{"SELECT count(*) FROM ticket"}).sql);
    demo.store.set_hidden(true);
    demo.store.set_hidden(false);
    demo.settle();
    CHECK(demo.store.snapshot()->sql->state == SqlState::idle);
    CHECK(demo.store.snapshot()->sql->answer == nullptr);
}

TEST_CASE("the answer is exported as it is shown, and no text of it is a formula", "[store][sql]") {
    DemoStore demo("practice_owner");
    demo.after(vm::RunSql{"SELECT '=1+1' AS told, 12 AS amount, 1.5 AS rate, NULL AS none"});
    demo.after(vm::ExportData{.what = vm::Export::sql, .query = vm::SqlQuery{}});
    const auto& file = demo.store.snapshot()->ready_export;
    REQUIRE(file);
    CHECK(file->name.starts_with("sql-answer"));
    CHECK(file->bytes.find("told,amount,rate,none") != std::string::npos);
    CHECK(file->bytes.find("'=1+1,12,1.5,") != std::string::npos);
}

TEST_CASE("a file of an answer that was cut says so, and its heads are no formulas", "[store][sql]") {
    DemoStore demo("practice_owner");
    const vm::ExportData export_answer{.what = vm::Export::sql, .query = vm::SqlQuery{}};
    demo.after(
        vm::RunSql{"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000) "
                   "SELECT max(i, 0), i AS '=1+1' FROM n"});
    const std::string cut = demo.after(export_answer).ready_export->bytes;
    CHECK(cut.find("Not complete,\"The first 5,000 rows; there are more\"") != std::string::npos);
    CHECK(cut.find("\r\n\"max(i, 0)\",'=1+1\r\n") != std::string::npos);
    demo.after(vm::RunSql{"SELECT 1"});
    CHECK(demo.after(export_answer).ready_export->bytes.find("Not complete") == std::string::npos);
}

}  // namespace
}  // namespace portal::store::test
