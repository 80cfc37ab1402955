// A process killed at any point of an import leaves the database as it was, or with the whole file:
// never in between.
#include <sys/wait.h>
#include <unistd.h>
#include <catch2/catch_test_macros.hpp>
#include <csignal>

#include "tests/server-stub/import/import_world.hpp"

using namespace portal;
using namespace portal::import;
using namespace portal::tests;

namespace {

struct KillPoint {
    const char* name;
    Stage stage;
    std::int64_t rows_min;
    bool published;
};

// Imports in a child that kills itself at the point, so that nothing of it can tidy up.
void import_until_killed(const std::string& database, const std::string& file, const KillPoint& point) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        SeededRandom random(3);
        auto repository = server::open_sqlite_repository({database, {}, {}}, random);
        if (!repository) ::_exit(9);
        server::CommitQueue queue(**repository);
        ManualClock clock(1'780'000'000'000);
        ImportServices services{**repository,
                                direct_writes(queue),
                                clock,
                                random,
                                [&](const Progress& progress) {
                                    if (progress.stage == point.stage && progress.rows >= point.rows_min)
                                        ::kill(::getpid(), SIGKILL);
                                },
                                {}};
        ImportOptions options;
        options.kind = Kind::financing_facts;
        options.file = file;
        const auto report = run_import(options, services);
        ::_exit(report ? 0 : 8);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == SIGKILL);
}

}  // namespace

TEST_CASE("a killed import leaves nothing visible", "[import]") {
    const KillPoint points[] = {
        {"after the first chunk", Stage::reading, 5'000, false}, {"when all is staged", Stage::staged, 0, false},
        {"before the switch", Stage::publishing, 0, false},      {"after the switch", Stage::published, 0, true},
        {"while tidying up", Stage::sweeping, 0, true},
    };
    for (const KillPoint& point : points) {
        INFO(point.name);
        ImportWorld world;
        world.import_places();
        world.must_import(Kind::financing_facts, fact_header + fact_rows(0, 100));
        const auto before = world.read()->head().seq;
        const std::string file = world.folder().write("facts.csv", fact_header + fact_rows(50, 12'000));
        world.close();
        import_until_killed(world.folder().file("portal.db"), file, point);
        world.open();
        CHECK((world.read()->head().seq > before) == point.published);
        CHECK(world.read()->fact_count() == (point.published ? 12'000 : 100));
        CHECK(world.repository().check_integrity().problems.empty());
        // The same file again completes it.
        const auto report = world.must_import(Kind::financing_facts, fact_header + fact_rows(50, 12'000));
        CHECK(report.inserted == (point.published ? 0 : 11'900));
        CHECK(world.read()->fact_count() == 12'000);
    }
}
