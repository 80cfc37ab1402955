// No transaction beside the switch is large: between two commits the staged, replaced and swept rows move by no more
// than the cap, so that other people's writes wait no longer than for that.
#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch_test_macros.hpp>

#include "shared/base/limits.hpp"
#include "tests/server-stub/import/import_world.hpp"

using namespace portal;
using namespace portal::import;
using namespace portal::tests;

namespace {

struct Counts {
    std::int64_t facts = 0, superseded = 0, staged_deposits = 0;
};

Counts counts_of(const std::string& path) {
    SQLite::Database database(path, SQLite::OPEN_READONLY);
    const auto count = [&](const char* table) {
        return database.execAndGet(std::string("SELECT count(*) FROM ") + table).getInt64();
    };
    return {count("fact"), count("superseded"), count("staged_deposit")};
}

// Imports and checks each commit on its way.
ImportReport import_in_steps(ImportWorld& world, Kind kind, const std::string& text) {
    server::CommitQueue queue(world.repository());
    const std::string path = world.folder().file("portal.db");
    constexpr auto most = static_cast<std::int64_t>(limits::import_transaction_rows_max);
    Counts before = counts_of(path);
    int commits = 0;
    const WritePort writes = [&](std::function<Status(server::WriteTransaction&)> work) {
        Status status = direct_writes(queue)(std::move(work));
        const Counts after = counts_of(path);
        CHECK(std::abs(after.facts - before.facts) <= most);
        CHECK(std::abs(after.superseded - before.superseded) <= most);
        // Rows that are not facts leave the staging with the one switch that publishes them.
        CHECK(after.staged_deposits - before.staged_deposits <= most);
        before = after;
        ++commits;
        return status;
    };
    SeededRandom random(4);
    ImportServices services{world.repository(), writes, world.clock(), random, {}, {}};
    ImportOptions options;
    options.kind = kind;
    options.file = world.folder().write("steps.csv", text);
    const auto report = run_import(options, services);
    REQUIRE(report);
    CHECK(report->published);
    CHECK(commits >= report->rows / most);
    return *report;
}

}  // namespace

TEST_CASE("an import's transactions stay within their cap, whatever it does", "[import]") {
    ImportWorld world;
    world.import_places();
    constexpr int rows = 11'000;
    CHECK(import_in_steps(world, Kind::financing_facts, fact_header + fact_rows(0, rows)).inserted == rows);
    // Every fact replaced: staged again, listed as superseded, swept.
    std::string corrected = fact_rows(0, rows);
    for (std::size_t at = 0; (at = corrected.find(",100\n", at)) != std::string::npos; ++at)
        corrected.replace(at, 5, ",101\n");
    CHECK(import_in_steps(world, Kind::financing_facts, fact_header + corrected).changed == rows);
    CHECK(world.read()->fact_count() == rows);
    std::string deposits = "external_key,location,day,cents\n";
    for (int number = 0; number < rows; ++number)
        deposits += "D-" + std::to_string(number) + ",L-1,2026-01-02," + std::to_string(number) + "\n";
    CHECK(import_in_steps(world, Kind::deposits, deposits).inserted == rows);
    CHECK(world.repository().check_integrity().problems.empty());
}
