#include "shared/db/statement_cache.hpp"

#include <sqlite3.h>

#include <catch2/catch_test_macros.hpp>

#include "shared/db/database.hpp"

namespace portal::db {
namespace {

TEST_CASE("statements come back reset and without bindings") {
    const Connection database = open_database({}).value();
    StatementCache cache(*database);
    {
        const auto statement = cache.take("SELECT ?1");
        statement->bind(1, 7);
        REQUIRE(statement->executeStep());
        CHECK(statement->getColumn(0).getInt() == 7);
    }
    CHECK(cache.size() == 1);
    const auto statement = cache.take("SELECT ?1");
    CHECK(cache.size() == 0);
    REQUIRE(statement->executeStep());
    CHECK(statement->getColumn(0).isNull());
}

TEST_CASE("a statement is planned once, whatever is bound to it") {
    const Connection database = open_database({}).value();
    database->exec("CREATE TABLE t (a, b); CREATE INDEX t_by_a ON t (a); INSERT INTO t VALUES (1, 2), (3, 4)");
    StatementCache cache(*database);
    for (const char* sql :
         {"SELECT b FROM t WHERE a >= ? ORDER BY a LIMIT ?", "SELECT b FROM t WHERE a = ? AND b < ?"}) {
        for (int round = 0; round < 3; ++round) {
            const auto statement = cache.take(sql);
            statement->bind(1, round);
            statement->bind(2, 10 - round);
            while (statement->executeStep()) {
            }
        }
        // The cache keeps it, so it is the connection's newest.
        sqlite3_stmt* prepared = sqlite3_next_stmt(database->getHandle(), nullptr);
        REQUIRE(std::string(sqlite3_sql(prepared)) == sql);
        CHECK(sqlite3_stmt_status(prepared, SQLITE_STMTSTATUS_REPREPARE, 0) == 0);
    }
}

TEST_CASE("a query inside its own loop has its own cursor") {
    const Connection database = open_database({}).value();
    database->exec("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)");
    StatementCache cache(*database);
    int pairs = 0;
    const auto outer = cache.take("SELECT a FROM t");
    while (outer->executeStep()) {
        const auto inner = cache.take("SELECT a FROM t");
        while (inner->executeStep())
            ++pairs;
    }
    CHECK(pairs == 9);
}

TEST_CASE("the cache keeps its cap and drops the longest unused") {
    const Connection database = open_database({}).value();
    StatementCache cache(*database, 2);
    const SQLite::Statement* first = &*cache.take("SELECT 1");
    cache.take("SELECT 2");
    CHECK(&*cache.take("SELECT 1") == first);
    cache.take("SELECT 3");
    CHECK(cache.size() == 2);
    CHECK(&*cache.take("SELECT 1") == first);
}

TEST_CASE("a statement that failed is usable again") {
    const Connection database = open_database({}).value();
    database->exec("CREATE TABLE t (a UNIQUE); INSERT INTO t VALUES (1)");
    StatementCache cache(*database);
    const std::string sql = "INSERT INTO t VALUES (?)";
    const auto insert = [&](int value) {
        const auto statement = cache.take(sql);
        statement->bind(1, value);
        statement->exec();
    };
    CHECK_THROWS_AS(insert(1), SQLite::Exception);
    CHECK_NOTHROW(insert(2));
    CHECK(cache.size() == 1);
}

}  // namespace
}  // namespace portal::db
