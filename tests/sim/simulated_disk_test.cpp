#include "tests/sim/simulated_disk.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "shared/db/database.hpp"

namespace portal::sim {
namespace {

constexpr int rows_wanted = 12;
constexpr std::uint64_t operations_max = 400;

db::OpenOptions options_of(const SimulatedDisk& disk) {
    db::OpenOptions options;
    options.path = "test.db";
    options.vfs = disk.vfs();
    options.page_size_bytes = 1024;
    options.sharing = disk.kind() == DiskKind::device ? db::Sharing::exclusive : db::Sharing::shared;
    return options;
}

// Rows committed one by one until the power goes; the number of those that were acknowledged.
int write_rows(const SimulatedDisk& disk) {
    int acknowledged = 0;
    (void)db::guarded([&]() -> Status {
        PORTAL_TRY_ASSIGN(database, db::open_database(options_of(disk)));
        database->exec("CREATE TABLE IF NOT EXISTS entry (number INTEGER PRIMARY KEY, text TEXT)");
        for (; acknowledged < rows_wanted; ++acknowledged)
            database->exec("INSERT INTO entry (text) VALUES ('" + std::string(700, 'x') + "')");
        return db::checkpoint_truncate(*database);
    });
    return acknowledged;
}

int rows_of(const SimulatedDisk& disk) {
    const auto database = db::open_database(options_of(disk));
    REQUIRE(database.has_value());
    REQUIRE(db::check_integrity(**database).has_value());
    if (!(*database)->tableExists("entry")) return 0;
    return (*database)->execAndGet("SELECT COUNT(*) FROM entry").getInt();
}

// How often a commit that had been acknowledged was not there after a power cut, for a cut at every operation.
int losses(DiskKind kind) {
    int lost = 0;
    for (std::uint64_t operation = 1; operation <= operations_max; ++operation) {
        SeededRandom random(operation);
        SimulatedDisk disk(kind);
        disk.light_fuse(operation);
        const int acknowledged = write_rows(disk);
        const bool is_over = !disk.is_down();
        disk.recover(SimulatedDisk::Death::power, random);
        lost += rows_of(disk) < acknowledged ? 1 : 0;
        if (is_over) return lost;
    }
    FAIL("the rows are never all written");
    return lost;
}

}  // namespace

TEST_CASE("A commit outlives a power cut at any write", "[sim]") {
    CHECK(losses(DiskKind::device) == 0);
    CHECK(losses(DiskKind::server) == 0);
}

TEST_CASE("A power cut loses, keeps and tears what was not synced", "[sim]") {
    int kept = 0, lost = 0, torn = 0, overtaken = 0;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        SeededRandom random(seed);
        SimulatedFile file;
        file.write(0, std::string(4096, 'a'));
        file.sync();
        file.write(0, std::string(2048, 'b'));
        file.write(2048, std::string(2048, 'c'));
        file.lose_power(random);
        const auto count = [&](char letter) { return std::count(file.bytes().begin(), file.bytes().end(), letter); };
        CHECK(count('a') + count('b') + count('c') == 4096);
        CHECK(count('b') % 512 == 0);
        kept += count('b') == 2048 && count('c') == 2048 ? 1 : 0;
        lost += count('a') == 4096 ? 1 : 0;
        torn += count('b') % 2048 != 0 ? 1 : 0;
        overtaken += count('b') == 0 && count('c') > 0 ? 1 : 0;
    }
    CHECK(kept > 10);
    CHECK(lost > 10);
    CHECK(torn > 10);
    CHECK(overtaken > 10);
}

TEST_CASE("A full disk refuses writes and says so", "[sim]") {
    SimulatedDisk disk(DiskKind::server);
    CHECK(write_rows(disk) == rows_wanted);
    disk.set_full(true);
    const auto database = db::open_database(options_of(disk));
    REQUIRE(database.has_value());
    const auto refused = db::guarded([&] { (*database)->exec("INSERT INTO entry (text) VALUES ('y')"); });
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == ErrorCode::storage_full);
    disk.set_full(false);
    CHECK(db::guarded([&] { (*database)->exec("INSERT INTO entry (text) VALUES ('y')"); }).has_value());
}

}  // namespace portal::sim
