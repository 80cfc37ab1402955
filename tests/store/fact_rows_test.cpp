// Single facts as a list that is scrolled through: windows, orders, filters, search.
#include <catch2/catch_test_macros.hpp>

#include "tests/store/demo_replica.hpp"

namespace portal::store::test {
namespace {

vm::FinancingQuery all_rows(vm::RowsQuery rows = {}) {
    return {.from = 1, .until = DemoTenant::today, .rows = std::move(rows)};
}

const vm::FactRows& shown_after(DemoStore& demo, const vm::Intent& intent) {
    const vm::Snapshot& snapshot = demo.after(intent);
    REQUIRE(snapshot.financing);
    REQUIRE(snapshot.financing->fact_rows);
    return *snapshot.financing->fact_rows;
}

TEST_CASE("A list is told in windows that join without a gap", "[store]") {
    DemoStore demo("account_manager");
    const vm::FactRows begin = shown_after(demo, vm::ShowScreen{all_rows()});
    REQUIRE(begin.total > 2 * limits::fact_window_rows);
    REQUIRE(static_cast<std::int64_t>(begin.lines.size()) == limits::fact_window_rows);
    const vm::FactRows later = shown_after(demo, vm::WantRows{100});
    CHECK(later.offset == 100);
    for (std::size_t index = 0; index + 100 < begin.lines.size(); ++index)
        REQUIRE(later.lines[index].reference == begin.lines[index + 100].reference);
    const vm::FactRows end = shown_after(demo, vm::WantRows{begin.total - 3});
    CHECK(end.lines.size() == 3);
    CHECK(shown_after(demo, vm::WantRows{begin.total + 7}).lines.empty());
    // Shown again the list is where it was; another one begins at its top.
    CHECK(shown_after(demo, vm::ShowScreen{all_rows()}).offset == begin.total + 7);
    CHECK(shown_after(demo, vm::ShowScreen{all_rows({.ascending = true})}).offset == 0);
}

TEST_CASE("A wish for other rows where none are shown changes nothing", "[store]") {
    DemoStore demo("account_manager");
    const auto before = demo.after(vm::ShowScreen{vm::FinancingQuery{}}).financing;
    CHECK(demo.after(vm::WantRows{100}).financing == before);
    CHECK_FALSE(before->fact_rows);
}

TEST_CASE("Rows are in the order of any column, either way", "[store]") {
    DemoStore demo("practice_owner");
    const auto key_of = [](vm::RowsSort sort, const vm::FactLine& line) -> std::int64_t {
        switch (sort) {
            case vm::RowsSort::day:
                return line.day;
            case vm::RowsSort::kind:
                return static_cast<std::int64_t>(line.kind);
            case vm::RowsSort::status:
                return static_cast<std::int64_t>(line.status);
            case vm::RowsSort::channel:
                return static_cast<std::int64_t>(line.channel);
            default:
                return line.cents;
        }
    };
    for (const vm::RowsSort sort :
         {vm::RowsSort::day, vm::RowsSort::kind, vm::RowsSort::status, vm::RowsSort::channel, vm::RowsSort::amount})
        for (const bool ascending : {false, true}) {
            INFO(static_cast<int>(sort) << (ascending ? " up" : " down"));
            const vm::FactRows rows =
                shown_after(demo, vm::ShowScreen{all_rows({.sort = sort, .ascending = ascending})});
            REQUIRE(rows.lines.size() > 100);
            std::size_t steps = 0;
            for (std::size_t index = 1; index < rows.lines.size(); ++index) {
                const std::int64_t left = key_of(sort, rows.lines[index - 1]), right = key_of(sort, rows.lines[index]);
                REQUIRE((ascending ? left <= right : left >= right));
                steps += left != right ? 1 : 0;
            }
            if (sort == vm::RowsSort::day || sort == vm::RowsSort::amount) CHECK(steps > 0);
        }
}

TEST_CASE("Kind, state, place and the beginning of a reference narrow the list", "[store]") {
    DemoStore demo("practice_owner");
    const vm::FactRows whole = shown_after(demo, vm::ShowScreen{all_rows()});
    vm::FinancingQuery of_kind = all_rows();
    of_kind.kind = FactKind::refund;
    const vm::FactRows refunds = shown_after(demo, vm::ShowScreen{of_kind});
    CHECK(refunds.total > 0);
    CHECK(refunds.total < whole.total);
    for (const vm::FactLine& line : refunds.lines)
        REQUIRE(line.kind == FactKind::refund);
    vm::FinancingQuery of_status = all_rows();
    of_status.status = FactStatus::declined;
    const vm::FactRows declined = shown_after(demo, vm::ShowScreen{of_status});
    CHECK(declined.total > 0);
    for (const vm::FactLine& line : declined.lines)
        REQUIRE(line.status == FactStatus::declined);
    const std::string reference = whole.lines[7].reference;
    const vm::FactRows found = shown_after(demo, vm::ShowScreen{all_rows({.reference = reference})});
    CHECK(found.total >= 1);
    CHECK(found.lines.front().reference.starts_with(reference));
    CHECK(shown_after(demo, vm::ShowScreen{all_rows({.reference = "no such reference"})}).total == 0);
}

void check_counts(DemoStore& demo, vm::RowsSort column, const std::string& reference) {
    using vm::RowsSort;
    vm::FinancingQuery query = all_rows({.reference = reference, .counted = column});
    query.existing_cardholder = false;
    // Applications have no plan yet.
    query.kind = column == RowsSort::kind   ? FactKind::refund
                 : column == RowsSort::plan ? FactKind::sale
                                            : FactKind::application;
    const vm::FactRows offered = shown_after(demo, vm::ShowScreen{query});
    REQUIRE(!offered.values.empty());
    std::int64_t former = offered.values.front().rows;
    for (const vm::ColumnValue& value : offered.values) {
        CHECK(value.rows > 0);
        CHECK(value.rows <= former);
        former = value.rows;
        vm::FinancingQuery chosen = query;
        chosen.rows->counted.reset();
        if (column == RowsSort::kind) chosen.kind = static_cast<FactKind>(value.number);
        if (column == RowsSort::status) chosen.status = static_cast<FactStatus>(value.number);
        if (column == RowsSort::channel) chosen.channel = static_cast<FactChannel>(value.number);
        if (column == RowsSort::plan) chosen.plan = value.id;
        if (column == RowsSort::location) chosen.location = value.id;
        CHECK(shown_after(demo, vm::ShowScreen{chosen}).total == value.rows);
    }
}

TEST_CASE(
    "The values of a column are counted under the other filters and the reference that is searched, and choosing "
    "one lists as many rows",
    "[store]") {
    DemoStore demo("practice_owner");
    using vm::RowsSort;
    const vm::FactRows all = shown_after(demo, vm::ShowScreen{all_rows()});
    // Some of the rows begin so, not all of them.
    const std::string& key = all.lines.back().reference;
    const std::string reference = key.substr(0, key.size() - 3);
    const std::int64_t found = shown_after(demo, vm::ShowScreen{all_rows({.reference = reference})}).total;
    REQUIRE(found > 0);
    REQUIRE(found < all.total);
    for (const RowsSort column :
         {RowsSort::kind, RowsSort::status, RowsSort::plan, RowsSort::location, RowsSort::channel})
        for (const std::string& searched : {std::string(), reference}) {
            INFO(static_cast<int>(column) << " " << searched);
            check_counts(demo, column, searched);
        }
    CHECK(shown_after(demo, vm::ShowScreen{all_rows()}).values.empty());
    CHECK(shown_after(demo, vm::ShowScreen{all_rows({.counted = RowsSort::amount})}).values.empty());
}

}  // namespace
}  // namespace portal::store::test
