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

std::unique_ptr<Repository> open_with_world(const std::string& path) {
    auto repository = open(path);
    write_durably(*repository, put_world);
    return repository;
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
    SECTION("shares") {
        check_shares_contract(make);
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
        const auto repository = open_with_world(path);
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
        const auto repository = open_with_world(path);
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
    const auto repository = open_with_world(folder.file("portal.sqlite"));
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

// What later versions added, taken away again.
constexpr const char* down_to_version_4 =
    "DROP INDEX share_by_presents; ALTER TABLE share DROP COLUMN presents; DROP TABLE share_user;"
    "DROP TABLE prospect; DROP TABLE staged_prospect;"
    "DROP TABLE deposit_review; DROP TABLE staged_deposit_review;"
    "DROP TABLE vendor_count; DROP TABLE staged_vendor_count;"
    "DELETE FROM change WHERE entity = 'vendor_count'; DELETE FROM change_stream WHERE entity = 'vendor_count';"
    "DELETE FROM stream WHERE name LIKE 'v:%:counts';"
    "DROP TABLE fact_rollup; DROP TABLE staged_fact_rollup; DROP TABLE rollup_due; DROP TABLE figures_given;"
    "DROP INDEX staged_fact_segment_by_practice;"
    "DELETE FROM change WHERE entity = 'fact_rollup'; DELETE FROM change_stream WHERE entity = 'fact_rollup';"
    "DELETE FROM stream WHERE name LIKE 'r:%'; PRAGMA user_version = 4;";
constexpr const char* down_to_version_2 =
    "DROP TABLE action_item; DROP TABLE staged_action_item; DROP TABLE share; DROP TABLE share_guest;";

std::string indexes_of(SQLite::Database& database) {
    return database
        .execAndGet(
            "SELECT group_concat(line, char(10)) FROM (SELECT tbl_name || '.' || name || ' ' || ifnull(sql, '') AS "
            "line FROM sqlite_schema WHERE type = 'index' ORDER BY replace(line, 'IF NOT EXISTS ', ''))")
        .getString();
}

TEST_CASE("a database of the second version gets its places for action items and shares", "[server][repo]") {
    const TempFolder folder;
    const std::string path = folder.file("portal.sqlite"), fresh = folder.file("new.sqlite");
    open(fresh);
    write_durably(*open(path), [](WriteTransaction& writes) -> Status {
        put_small_world(writes);
        return {};
    });
    std::string epoch;
    {
        SQLite::Database older(path, SQLite::OPEN_READWRITE);
        older.exec(down_to_version_4);
        older.exec(down_to_version_2);
        older.exec("PRAGMA user_version = 2");
        epoch = older.execAndGet("SELECT epoch FROM head").getString();
    }
    const auto repository = open(path);
    {
        SQLite::Database migrated(path, SQLite::OPEN_READONLY), made(fresh, SQLite::OPEN_READONLY);
        CHECK(tables_of(migrated) == tables_of(made));
        CHECK(indexes_of(migrated) == indexes_of(made));
        CHECK(db::stored_version(migrated) == 9);
    }
    CHECK(repository->read()->head().epoch == epoch);
    CHECK(repository->read()->row_count(Entity::ticket) == 2);
    write_durably(*repository, [](WriteTransaction& writes) -> Status {
        writes.put(to_row(action_of("call", "willow", "west", "mona")));
        return {};
    });
    CHECK(repository->read()->row(Entity::action_item, id_of("call")).has_value());
    CHECK(repository->check_integrity().problems.empty());
    CHECK(std::filesystem::exists(path + ".before-2"));
}

TEST_CASE("a database of the fourth version gets the rollups of its facts and the counts that were agreed to",
          "[server][repo]") {
    const TempFolder folder;
    const std::string path = folder.file("portal.sqlite"), fresh = folder.file("new.sqlite");
    open(fresh);
    write_durably(*open(path), [](WriteTransaction& writes) -> Status {
        put_small_world(writes);
        auto willow = from_row<Practice>(*writes.get(Entity::practice, id_of("willow")));
        willow.vendor_consent = true;
        writes.put(to_row(willow));
        const BatchId batch = writes.imports().begin(20'040, start_ms).value();
        const std::vector facts = {fact_of("a", "willow", "north", 20'000, 150),
                                   fact_of("b", "willow", "north", 20'031, 70),
                                   fact_of("c", "cedar", "main", 20'000, 50)};
        CHECK(writes.imports().stage_facts(batch, facts).has_value());
        CHECK(writes.imports().prepare(batch, 100).value() == 0);
        return writes.imports().publish(batch, start_ms);
    });
    const auto made_of = [](Repository& repository) {
        std::vector<std::vector<Value>> values;
        for (const Entity entity : {Entity::fact_rollup, Entity::vendor_count})
            repository.read()->each_row(entity, [&](Row row) { values.push_back(row.values); });
        return values;
    };
    const auto before = made_of(*open(path));
    // Three rollups, and the one whole month of willow's vendor.
    CHECK(before.size() == 4);
    std::int64_t head = 0;
    {
        SQLite::Database older(path, SQLite::OPEN_READWRITE);
        older.exec(down_to_version_4);
        head = older.execAndGet("SELECT seq FROM head").getInt64();
    }
    const auto repository = open(path);
    {
        SQLite::Database migrated(path, SQLite::OPEN_READONLY), made(fresh, SQLite::OPEN_READONLY);
        CHECK(tables_of(migrated) == tables_of(made));
        CHECK(indexes_of(migrated) == indexes_of(made));
    }
    CHECK(made_of(*repository) == before);
    CHECK(repository->read()->head().seq == head + 4);
    CHECK(repository->check_integrity().problems.empty());
    // Only once.
    CHECK(open(path)->read()->head().seq == head + 4);
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
        older.exec(down_to_version_4);
        older.exec(down_to_version_2);
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
        CHECK(writes.imports().prepare(batch, 100).value() == 0);
        return writes.imports().publish(batch, start_ms);
    });
    SQLite::Database database(path, SQLite::OPEN_READONLY);
    CHECK(database.execAndGet("SELECT sum(settled_cents) FROM financing_fact WHERE kind = 'sale'").getInt() == 200);
}
