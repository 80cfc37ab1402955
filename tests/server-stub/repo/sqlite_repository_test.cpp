#include "server-stub/repo/sqlite_repository.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch_test_macros.hpp>
#include <fstream>

#include "server-stub/repo/sqlite_migration.hpp"
#include "tests/server-stub/repo/repository_contract.hpp"
#include "tests/server-stub/repo/small_world.hpp"
#include "tests/server-stub/repo/temp_folder.hpp"

using namespace portal;
using namespace portal::server;
using namespace portal::server::test;

namespace {

std::unique_ptr<Repository> open(const std::string& path) {
    SeededRandom random(7);
    auto opened = open_sqlite_repository({path, OpenMode::create_if_missing, {}}, random);
    REQUIRE(opened.has_value());
    return std::move(*opened);
}

void write_durably(Repository& repository, const std::function<Status(WriteTransaction&)>& work) {
    REQUIRE(CommitQueue(repository).run(work).has_value());
}

Status put_world(WriteTransaction& writes) {
    put_small_world(writes);
    return {};
}

}  // namespace

TEST_CASE("the SQLite repository keeps the contract", "[server][repo]") {
    const TempFolder folder;
    const auto make = [&] { return open(folder.file("portal.sqlite")); };
    SECTION("rows") {
        check_rows_contract(make);
    }
    SECTION("streams") {
        check_streams_contract(make);
    }
    SECTION("mutations") {
        check_mutations_contract(make);
    }
    SECTION("accounts") {
        check_accounts_contract(make);
    }
    SECTION("imports") {
        check_imports_contract(make);
    }
    SECTION("garbage") {
        check_garbage_contract(make);
    }
}

TEST_CASE("what is committed is there after a restart", "[server][repo]") {
    const TempFolder folder;
    const std::string path = folder.file("portal.sqlite");
    SyncHead before;
    {
        const auto repository = open(path);
        write_durably(*repository, put_world);
        before = repository->read()->head();
    }
    const auto repository = open(path);
    const SyncHead after = repository->read()->head();
    CHECK(after.seq == before.seq);
    CHECK(after.epoch == before.epoch);
    CHECK(repository->read()->row(Entity::ticket, id_of("ticketa")).has_value());
    CHECK(repository->check_integrity().problems.empty());
}

TEST_CASE("an import that a crash cut short is gone when the repository opens", "[server][repo]") {
    const TempFolder folder;
    const std::string path = folder.file("portal.sqlite");
    {
        const auto repository = open(path);
        write_durably(*repository, put_world);
        write_durably(*repository, [](WriteTransaction& writes) -> Status {
            const BatchId batch = writes.imports().begin(20'000, start_ms).value();
            const std::vector facts = {fact_of("a", "willow", "north", 20'000, 1)};
            CHECK(writes.imports().stage_facts(batch, facts).has_value());
            CHECK(writes.imports().prepare(batch, 10).value() == 0);
            return {};
        });
    }
    const auto repository = open(path);
    CHECK(repository->read()->fact_count() == 0);
    write_durably(*repository, [](WriteTransaction& writes) -> Status {
        CHECK(writes.imports().begin(20'000, start_ms).has_value());
        return {};
    });
    SQLite::Database database(path, SQLite::OPEN_READONLY);
    CHECK(database.execAndGet("SELECT count(*) FROM fact").getInt() == 0);
    CHECK(database.execAndGet("SELECT count(*) FROM staged_fact_segment").getInt() == 0);
}

TEST_CASE("a backup is a database of its own and the source goes on", "[server][repo]") {
    const TempFolder folder;
    const auto repository = open(folder.file("portal.sqlite"));
    write_durably(*repository, put_world);
    const std::string copy = folder.file("copy.sqlite");
    REQUIRE(repository->backup_to(copy).has_value());
    CHECK_FALSE(repository->backup_to(copy).has_value());
    const auto opened = open(copy);
    CHECK(opened->read()->head().seq == repository->read()->head().seq);
    CHECK(opened->check_integrity().problems.empty());
}

TEST_CASE("opening refuses what it must not touch", "[server][repo]") {
    const TempFolder folder;
    const std::string path = folder.file("portal.sqlite");
    SeededRandom random(7);
    SECTION("a database of a newer version") {
        open(path).reset();
        {
            SQLite::Database(path, SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 99");
        }
        const auto opened = open_sqlite_repository({path, OpenMode::must_exist, {}}, random);
        REQUIRE_FALSE(opened.has_value());
        CHECK(opened.error().code == ErrorCode::unsupported_version);
    }
    SECTION("a file that is no database") {
        std::ofstream(path) << std::string(4096, 'x');
        const auto opened = open_sqlite_repository({path, OpenMode::must_exist, {}}, random);
        REQUIRE_FALSE(opened.has_value());
        CHECK(opened.error().code == ErrorCode::corrupted);
    }
    SECTION("no file, when there must be one") {
        const auto opened = open_sqlite_repository({path, OpenMode::must_exist, {}}, random);
        REQUIRE_FALSE(opened.has_value());
        CHECK(opened.error().code == ErrorCode::not_found);
        CHECK_FALSE(std::filesystem::exists(path));
    }
}

TEST_CASE("a migration copies the older database first and is all or nothing", "[server][repo]") {
    const TempFolder folder;
    const std::string path = folder.file("portal.sqlite"), copy = path + ".before-1";
    auto database = std::move(*db::open_database({path, {}}));
    const auto make = [](SQLite::Database& made) { made.exec("CREATE TABLE one (a); INSERT INTO one VALUES (5)"); };
    REQUIRE(migrate_with_copy(*database, path, {make, {}}).has_value());
    CHECK_FALSE(std::filesystem::exists(copy));
    SECTION("which works") {
        REQUIRE(migrate_with_copy(*database, path, {make, {"DROP TABLE one"}}).has_value());
        CHECK(db::stored_version(*database) == 2);
        SQLite::Database kept(copy, SQLite::OPEN_READONLY);
        CHECK(kept.execAndGet("SELECT a FROM one").getInt() == 5);
    }
    SECTION("which fails half way") {
        const db::Schema broken{make, {"DROP TABLE one; SELECT nonsense FROM nowhere"}};
        CHECK_FALSE(migrate_with_copy(*database, path, broken).has_value());
        CHECK(db::stored_version(*database) == 1);
        CHECK(database->execAndGet("SELECT a FROM one").getInt() == 5);
    }
}

// Every table's columns: name, type, whether it may be null.
std::string tables_of(SQLite::Database& database) {
    return database
        .execAndGet(
            "SELECT group_concat(line, char(10)) FROM (SELECT t.name || '.' || c.name || ' ' || c.type || "
            "c.\"notnull\" AS line FROM pragma_table_list t JOIN pragma_table_info(t.name) c "
            "WHERE t.schema = 'main' ORDER BY line)")
        .getString();
}

TEST_CASE("a database of the first version becomes like a new one, and tickets learn whose they are",
          "[server][repo]") {
    const TempFolder folder;
    const std::string path = folder.file("portal.sqlite"), fresh = folder.file("new.sqlite");
    open(fresh);
    write_durably(*open(path), [](WriteTransaction& writes) -> Status {
        put_small_world(writes);
        return {};
    });
    {
        SQLite::Database older(path, SQLite::OPEN_READWRITE);
        older.exec(
            "ALTER TABLE ticket DROP COLUMN practice_name; ALTER TABLE staged_ticket DROP COLUMN practice_name;"
            "PRAGMA user_version = 1");
    }
    open(path);
    SQLite::Database migrated(path, SQLite::OPEN_READONLY), made(fresh, SQLite::OPEN_READONLY);
    CHECK(tables_of(migrated) == tables_of(made));
    CHECK(db::stored_version(migrated) == db::stored_version(made));
    CHECK(migrated
              .execAndGet("SELECT count(*) FROM ticket t JOIN practice p ON p.id = t.practice "
                          "WHERE t.practice_name = p.name")
              .getInt() == migrated.execAndGet("SELECT count(*) FROM ticket").getInt());
    CHECK(std::filesystem::exists(path + ".before-1"));
}

TEST_CASE("the published facts are a view that SQL may ask", "[server][repo]") {
    const TempFolder folder;
    const std::string path = folder.file("portal.sqlite");
    const auto repository = open(path);
    write_durably(*repository, [](WriteTransaction& writes) -> Status {
        put_small_world(writes);
        const BatchId batch = writes.imports().begin(20'000, start_ms).value();
        const std::vector facts = {fact_of("a", "willow", "north", 20'000, 150),
                                   fact_of("b", "cedar", "main", 20'000, 50)};
        CHECK(writes.imports().stage_facts(batch, facts).has_value());
        CHECK(writes.imports().prepare(batch, 10).value() == 0);
        return writes.imports().publish(batch, start_ms);
    });
    SQLite::Database database(path, SQLite::OPEN_READONLY);
    CHECK(database.execAndGet("SELECT sum(settled_cents) FROM financing_fact WHERE kind = 'sale'").getInt() == 200);
}
