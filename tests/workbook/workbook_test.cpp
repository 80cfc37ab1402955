#include "app/workbook/workbook.hpp"

#include <catch2/catch_test_macros.hpp>

#include "app/vm/archive.hpp"
#include "shared/base/sha256.hpp"
#include "tests/export/sample_book.hpp"

namespace portal::workbook {
namespace {

// Native and in the browser's machine: the hash is of the one file that both make. tests/web opens such a file.
TEST_CASE("Every machine writes the same workbook", "[export]") {
    const auto made = workbook_of(exports::test::sample_book());
    REQUIRE(made.has_value());
    CHECK(made->substr(0, 2) == "PK");
    CHECK(sha256_hex(*made) == "3bd82c03bb7379c050419cdf6f4a5db96f4636a68cd114c3e8d87117111f3515");
    CHECK(*workbook_of(exports::test::sample_book()) == *made);
}

TEST_CASE("A book reaches the program that makes workbooks whole", "[export]") {
    const exports::Book book = exports::test::sample_book();
    const auto read = vm::from_archive<exports::Book>(vm::to_archive(book));
    REQUIRE(read.has_value());
    CHECK(*workbook_of(*read) == *workbook_of(book));
    CHECK_FALSE(vm::from_archive<exports::Book>(vm::to_archive(book).substr(1)).has_value());
}

TEST_CASE("Tables with names that a workbook cannot have, or that are alike, each get a sheet", "[export]") {
    exports::Book book = exports::test::sample_book();
    for (const char* title :
         {"", "[a]:*?/\\", "Una tabla con un nombre demasiado largo, ñññññ", "Financing", "Financing"})
        book.tables.push_back({.title = title, .columns = {{"a", "A", exports::CellKind::text}}, .rows = {}});
    const auto made = workbook_of(book);
    REQUIRE(made.has_value());
}

}  // namespace
}  // namespace portal::workbook
