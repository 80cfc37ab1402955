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

const Migration first_step = sql_migration(1, "things", "CREATE TABLE thing (a); CREATE INDEX thing_by_a ON thing (a)");
const Migration second_step = sql_migration(2, "more", "ALTER TABLE thing ADD COLUMN b");

TEST_CASE("migrations run once, in order, and only what is missing") {
    const Result<Connection> database = open_database({});
    REQUIRE(database);
    const Migration old_version[] = {first_step};
    REQUIRE(migrate(**database, old_version));
    CHECK(stored_version(**database) == 1);
    (*database)->exec("INSERT INTO thing (a) VALUES (7)");
    const Migration new_version[] = {first_step, second_step};
    REQUIRE(migrate(**database, new_version));
    REQUIRE(migrate(**database, new_version));
    CHECK(stored_version(**database) == 2);
    CHECK((*database)->execAndGet("SELECT count(*) FROM thing WHERE a = 7 AND b IS NULL").getInt() == 1);
}

TEST_CASE("a migration that fails leaves nothing behind") {
    const Result<Connection> database = open_database({});
    REQUIRE(database);
    const Migration steps[] = {first_step, sql_migration(2, "broken", "CREATE TABLE other (a); SELECT nonsense()")};
    const Status status = migrate(**database, steps);
    REQUIRE_FALSE(status);
    CHECK(stored_version(**database) == 0);
    CHECK((*database)->execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0);
    const Migration repaired[] = {first_step, second_step};
    CHECK(migrate(**database, repaired));
}

TEST_CASE("a database of a newer version is refused untouched") {
    const Result<Connection> database = open_database({});
    REQUIRE(database);
    (*database)->exec("PRAGMA user_version = 9");
    const Migration steps[] = {first_step};
    const Status status = migrate(**database, steps);
    REQUIRE_FALSE(status);
    CHECK(status.error().code == ErrorCode::unsupported_version);
    CHECK(status.error().message.find("newer version") != std::string::npos);
    CHECK(stored_version(**database) == 9);
    CHECK((*database)->execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0);
}

}  // namespace
}  // namespace portal::db
