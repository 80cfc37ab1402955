#include "shared/db/database.hpp"

#include <sqlite3.h>

#include <catch2/catch_test_macros.hpp>

namespace portal::db {
namespace {

TEST_CASE("SQLite's results become the product's errors") {
    const struct {
        int result;
        ErrorCode code;
    } cases[] = {
        {SQLITE_FULL, ErrorCode::storage_full},          {SQLITE_CORRUPT, ErrorCode::corrupted},
        {SQLITE_NOTADB, ErrorCode::corrupted},           {SQLITE_BUSY, ErrorCode::unavailable},
        {SQLITE_BUSY_SNAPSHOT, ErrorCode::unavailable},  {SQLITE_LOCKED, ErrorCode::unavailable},
        {SQLITE_IOERR_WRITE, ErrorCode::unavailable},    {SQLITE_CANTOPEN, ErrorCode::not_found},
        {SQLITE_READONLY, ErrorCode::permission_denied}, {SQLITE_CONSTRAINT_UNIQUE, ErrorCode::conflict},
        {SQLITE_TOOBIG, ErrorCode::resource_exhausted},  {SQLITE_MISUSE, ErrorCode::internal},
    };
    for (const auto& [result, code] : cases) {
        const Error error = error_of(SQLite::Exception("the step", result));
        CHECK(error.code == code);
        CHECK(error.message.find("the step") != std::string::npos);
    }
}

TEST_CASE("a full disk is told as such") {
    const Result<Connection> database = open_database({});
    REQUIRE(database);
    (*database)->exec("CREATE TABLE t (a)");
    (*database)->exec("PRAGMA max_page_count = 3");
    const Status status = guarded([&] { (*database)->exec("INSERT INTO t VALUES (zeroblob(100000))"); });
    REQUIRE_FALSE(status);
    CHECK(status.error().code == ErrorCode::storage_full);
}

constexpr std::string_view second_step = "ALTER TABLE thing ADD COLUMN b";

void make_things(SQLite::Database& database) {
    database.exec("CREATE TABLE thing (a); CREATE INDEX thing_by_a ON thing (a)");
}

void make_things_of_today(SQLite::Database& database) {
    database.exec("CREATE TABLE thing (a, b); CREATE INDEX thing_by_a ON thing (a)");
}

TEST_CASE("an older database is migrated once, a new one is made as it is today") {
    const Result<Connection> database = open_database({});
    REQUIRE(database);
    REQUIRE(migrate(**database, {make_things, {}}));
    CHECK(stored_version(**database) == 1);
    (*database)->exec("INSERT INTO thing (a) VALUES (7)");
    const Schema today{make_things_of_today, {second_step}};
    REQUIRE(migrate(**database, today));
    REQUIRE(migrate(**database, today));
    CHECK(stored_version(**database) == 2);
    CHECK((*database)->execAndGet("SELECT count(*) FROM thing WHERE a = 7 AND b IS NULL").getInt() == 1);
    const Result<Connection> fresh = open_database({});
    REQUIRE(migrate(**fresh, today));
    CHECK(stored_version(**fresh) == 2);
    CHECK((*fresh)->execAndGet("SELECT count(b) FROM thing").getInt() == 0);
}

TEST_CASE("what is missing is applied in order") {
    const Result<Connection> database = open_database({});
    REQUIRE(migrate(**database, {make_things, {}}));
    REQUIRE(migrate(**database, {make_things_of_today, {second_step, "UPDATE thing SET b = 1", "DROP TABLE thing"}}));
    CHECK(stored_version(**database) == 4);
    CHECK((*database)->execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0);
}

TEST_CASE("a migration that fails leaves nothing behind") {
    const Result<Connection> database = open_database({});
    REQUIRE(migrate(**database, {make_things, {}}));
    REQUIRE_FALSE(migrate(**database, {make_things, {"CREATE TABLE other (a); SELECT nonsense()"}}));
    CHECK(stored_version(**database) == 1);
    CHECK((*database)->execAndGet("SELECT count(*) FROM sqlite_schema WHERE name = 'other'").getInt() == 0);
    CHECK(migrate(**database, {make_things_of_today, {second_step}}));
}

TEST_CASE("a new database that cannot be made leaves nothing behind") {
    const Result<Connection> database = open_database({});
    const auto make_half = [](SQLite::Database& half) { half.exec("CREATE TABLE other (a); SELECT nonsense()"); };
    REQUIRE_FALSE(migrate(**database, {make_half, {}}));
    CHECK(stored_version(**database) == 0);
    CHECK((*database)->execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0);
}

TEST_CASE("a database of a newer version is refused untouched") {
    const Result<Connection> database = open_database({});
    REQUIRE(database);
    (*database)->exec("PRAGMA user_version = 9");
    const Status status = migrate(**database, {make_things, {}});
    REQUIRE_FALSE(status);
    CHECK(status.error().code == ErrorCode::unsupported_version);
    CHECK(status.error().message.find("newer version") != std::string::npos);
    CHECK(stored_version(**database) == 9);
    CHECK((*database)->execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0);
}

}  // namespace
}  // namespace portal::db
