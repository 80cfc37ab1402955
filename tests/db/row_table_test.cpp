#include "shared/db/row_table.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/db/database.hpp"
#include "shared/model/records.hpp"
#include "shared/model/references.hpp"

namespace portal::db {
namespace {

// A row with something different in every column.
Row sample_row(const EntityDescriptor& descriptor, std::int64_t seed) {
    Row row;
    row.entity = descriptor.entity;
    row.id = "01J00000000000000000000" + std::to_string(100 + seed);
    row.rev = seed;
    row.updated_ms = 1'700'000'000'000 + seed;
    row.updated_by = "somebody";
    for (std::size_t index = 0; index < descriptor.columns.size(); ++index) {
        const auto number = seed * 100 + static_cast<std::int64_t>(index);
        switch (descriptor.columns[index].type) {
            case ColumnType::integer:
                row.values.emplace_back(-number);
                break;
            case ColumnType::text:
                row.values.emplace_back("téxt '\"; " + std::to_string(number));
                break;
            case ColumnType::bytes:
                row.values.emplace_back(std::string("\0\xff\x80 bytes", 9) + std::to_string(number));
                break;
        }
    }
    return row;
}

TEST_CASE("every entity's rows come back as they were put") {
    const Connection database = open_database({}).value();
    for (const EntityDescriptor& descriptor : all_entities()) {
        INFO(descriptor.name);
        for (const std::string_view prefix : {"", "base_", "overlay_"}) {
            RowTable table(*database, descriptor.entity, prefix);
            table.create();
            table.create();
            const Row first = sample_row(descriptor, 1);
            Row second = sample_row(descriptor, 2);
            table.put(first);
            table.put(second);
            CHECK(table.get(first.id) == first);
            second = sample_row(descriptor, 2);
            second.rev = 9;
            for (std::size_t index = 0; index < second.values.size(); ++index)
                if (descriptor.columns[index].presence == Presence::optional) second.values[index] = Value{};
            table.put(second);
            CHECK(table.get(second.id) == second);
            std::vector<Row> all;
            table.each([&](Row row) { all.push_back(std::move(row)); });
            CHECK(all == std::vector<Row>{first, second});
            CHECK(table.remove(first.id));
            CHECK_FALSE(table.remove(first.id));
            CHECK_FALSE(table.get(first.id));
            table.clear();
            CHECK_FALSE(table.get(second.id));
        }
    }
}

TEST_CASE("rows are found by the ids they name, through an index") {
    const Connection database = open_database({}).value();
    RowTable table(*database, Entity::message, "");
    table.create();
    for (std::int64_t seed = 1; seed <= 6; ++seed) {
        Row row = sample_row(descriptor_of(Entity::message), seed);
        set_value(row, "ticket", std::string(seed % 2 ? "odd" : "even"));
        table.put(row);
    }
    std::vector<std::int64_t> revs;
    table.each_where("ticket", Value{std::string("odd")}, [&](const Row& row) { revs.push_back(row.rev); });
    CHECK(revs == std::vector<std::int64_t>{1, 3, 5});
    for (const Reference& reference : all_references()) {
        if (reference.entity != Entity::message) continue;
        const std::string column(reference.column);
        SQLite::Statement plan(*database, "EXPLAIN QUERY PLAN SELECT * FROM message WHERE " + column + " IS 'x'");
        REQUIRE(plan.executeStep());
        CHECK(plan.getColumn("detail").getString().find("message_by_" + column) != std::string::npos);
    }
}

TEST_CASE("a visitor may ask the same table") {
    const Connection database = open_database({}).value();
    RowTable table(*database, Entity::vendor, "");
    table.create();
    for (std::int64_t seed = 1; seed <= 3; ++seed)
        table.put(sample_row(descriptor_of(Entity::vendor), seed));
    int found = 0;
    table.each([&](const Row& row) {
        found += table.get(row.id).has_value();
        table.each([&](const Row&) { ++found; });
    });
    CHECK(found == 12);
}

TEST_CASE("a null finds nulls and a required column refuses one") {
    const Connection database = open_database({}).value();
    RowTable table(*database, Entity::ticket, "");
    table.create();
    Row row = sample_row(descriptor_of(Entity::ticket), 1);
    set_value(row, "due_ms", Value{});
    table.put(row);
    int found = 0;
    table.each_where("due_ms", Value{}, [&](const Row&) { ++found; });
    CHECK(found == 1);
    set_value(row, "subject", Value{});
    CHECK_THROWS_AS(table.put(row), SQLite::Exception);
    set_value(row, "subject", Value{std::int64_t{7}});
    // STRICT: a number is not silently kept in a text column as a number.
    table.put(row);
    CHECK(text_value(*table.get(row.id), "subject") == "7");
}

}  // namespace
}  // namespace portal::db
