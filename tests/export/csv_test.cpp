#include "app/export/csv.hpp"

#include <catch2/catch_test_macros.hpp>

#include "app/export/book_words.hpp"
#include "tests/export/sample_book.hpp"

namespace portal::exports {
namespace {

TEST_CASE("No field of a CSV is a formula, and every one is read back as it was", "[export]") {
    CHECK(csv_text("=1+1") == "'=1+1");
    CHECK(csv_text("@cmd") == "'@cmd");
    CHECK(csv_text("-5") == "'-5");
    CHECK(csv_text("+1") == "'+1");
    CHECK(csv_text("\t=1") == "'\t=1");
    CHECK(csv_text("\r=1") == "\"'\r=1\"");
    CHECK(csv_text("a,b") == "\"a,b\"");
    CHECK(csv_text("say \"x\"") == "\"say \"\"x\"\"\"");
    CHECK(csv_text("two\nlines") == "\"two\nlines\"");
    CHECK(csv_text("").empty());
}

TEST_CASE("Money of a CSV is exact, down to the least number there is", "[export]") {
    CHECK(csv_money(0) == "0.00");
    CHECK(csv_money(-5) == "-0.05");
    CHECK(csv_money(123'456) == "1234.56");
    CHECK(csv_money(INT64_MIN) == "-92233720368547758.08");
    CHECK(iso_instant(1'772'627'400'000) == "2026-03-04T12:30:00Z");
    CHECK(iso_instant(0).empty());
}

TEST_CASE("A CSV is its block, an empty line, the names and the rows", "[export]") {
    CHECK(csv_of(test::sample_book()) ==
          "Financing,Demo data\r\n"
          "Places,\"Señor \"\"Ñ\"\", Dental & <Vet>\"\r\n"
          "Filters,'=None\r\n"
          "Net financed volume (1),Sales minus refunds.\r\n"
          "Approval rate (2),Approved / (approved + declined).\r\n"
          "\r\n"
          "from,net,sales,note\r\n"
          "2026-03-01,1234.55,12,'=SUM(A1:A9)\r\n"
          "2026-04-01,-0.05,0,\"a,\"\"b\"\"\nc\"\r\n"
          "2026-05-01,,1,<script>\r\n");
}

TEST_CASE("The names of columns are escaped as every text is", "[export]") {
    Book book;
    book.tables.push_back({.columns = {{"coalesce(a, b)", "coalesce(a, b)", CellKind::text},
                                       {"=1+1", "=1+1", CellKind::number},
                                       {"say \"x\"", "say \"x\"", CellKind::text}}});
    const std::string csv = csv_of(book);
    CHECK(csv.ends_with("\r\n\"coalesce(a, b)\",'=1+1,\"say \"\"x\"\"\"\r\n"));
}

TEST_CASE("A file that stops short of what was asked says so in every form", "[export]") {
    const vm::Format format(vm::Language::english, 0);
    Book book = test::sample_book();
    say_cut(format, 100'000, 123'456, book);
    CHECK(book.sentence == "The first 100,000 of 123,456 rows");
    CHECK(csv_of(book).find("\r\nNot complete,\"The first 100,000 of 123,456 rows\"\r\n") != std::string::npos);
    say_cut(format, 5'000, std::nullopt, book);
    CHECK(csv_of(book).find("\r\nNot complete,\"The first 5,000 rows; there are more\"\r\n") != std::string::npos);
}

}  // namespace
}  // namespace portal::exports
