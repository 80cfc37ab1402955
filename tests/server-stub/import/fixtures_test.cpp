// The small tenant under tests/data/import, which browser tests import too.
#include <catch2/catch_test_macros.hpp>

#include "tests/server-stub/import/import_world.hpp"
#include "tests/source/source_folder.hpp"

using namespace portal;
using namespace portal::import;
using namespace portal::tests;

namespace {

std::string fixture(const std::string& name) {
    return (portal::test::source_folder() / "tests/data/import" / name).string();
}

}  // namespace

TEST_CASE("the small tenant imports whole, twice", "[import]") {
    ImportWorld world;
    for (const bool again : {false, true}) {
        for (std::size_t index = 0; index < kind_count; ++index) {
            const ImportKind& kind = kind_of(static_cast<Kind>(index));
            INFO(kind.name);
            ImportOptions options;
            options.kind = kind.kind;
            options.file = fixture(std::string(kind.name) + (kind.kind == Kind::messages ? ".ndjson" : ".csv"));
            const auto report = world.run(options);
            REQUIRE(report);
            for (const RowReport& refusal : report->refusals)
                FAIL_CHECK(refusal.line << ": " << refusal.reason);
            REQUIRE(report->published);
            CHECK((again ? report->unchanged : report->inserted) == report->rows);
        }
    }
    CHECK(world.read()->fact_count() == 7);
    CHECK(world.read()->fact("F-2")->settled_cents == 240'000);
    CHECK(world.repository().check_integrity().problems.empty());

    ImportOptions foreign;
    foreign.kind = Kind::deposits;
    foreign.file = fixture("foreign_deposits.csv");
    foreign.mapping_json =
        R"({"columns":{"Ref":"external_key","Store":"location","When":"day","Amt":"cents"},"ignore":["Clerk"],"dollars":["cents"],"dates":"month/day/year"})";
    const auto report = world.run(foreign);
    REQUIRE(report);
    CHECK(report->inserted == 1);
    CHECK(report->notes.size() == 2);
    CHECK(integer_value(*world.read()->row_by_external_key(Entity::deposit, "X-1"), "cents") == 123'450);
}
