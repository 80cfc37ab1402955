#include "app/store/exports.hpp"

#include <catch2/catch_test_macros.hpp>

#include "app/vm/archive.hpp"
#include "shared/base/sha256.hpp"
#include "tests/store/demo_replica.hpp"

namespace portal::store::test {
namespace {

vm::ReadyExport export_of(DemoStore& demo, vm::Export what, vm::ExportForm form, const vm::FinancingQuery& query) {
    const auto file = demo.after(vm::ExportData{what, query, form}).ready_export;
    REQUIRE(file);
    return *file;
}

// What follows "label," in the block.
std::string said(const std::string& csv, const std::string& label) {
    const std::size_t at = csv.find("\r\n" + label + ",");
    REQUIRE(at != std::string::npos);
    const std::size_t from = at + label.size() + 3;
    return csv.substr(from, csv.find("\r\n", from) - from);
}

// The rows as they stand in the file, without the line of names.
std::string rows_of_csv(const std::string& csv) {
    const std::size_t names = csv.find("\r\n\r\n") + 4;
    return csv.substr(csv.find("\r\n", names) + 2);
}

vm::FinancingQuery two_months() {
    return {.from = DemoTenant::today - 60, .until = DemoTenant::today};
}

TEST_CASE("A CSV says what it is about, and its sum is that of its rows", "[store][export]") {
    DemoStore demo("practice_owner");
    vm::FinancingQuery query = two_months();
    query.channel = FactChannel::online;
    const vm::ReadyExport file = export_of(demo, vm::Export::financing, vm::ExportForm::csv, query);
    CHECK(file.name == "net-financed-volume.csv");
    CHECK(said(file.bytes, "Filters").starts_with("Channel: "));
    CHECK(said(file.bytes, "Period") == iso_day(query.from) + " to " + iso_day(query.until));
    CHECK(said(file.bytes, "As of") == iso_day(DemoTenant::today) + "T00:00:00Z");
    CHECK(said(file.bytes, "Days are those of").starts_with("America/"));
    CHECK(said(file.bytes, "Net financed volume (1)").starts_with("\"Settled sales minus refunds"));
    CHECK(said(file.bytes, "SHA-256 of the rows") == sha256_hex(rows_of_csv(file.bytes)));
    CHECK(said(file.bytes, "Rows") == "3");
}

TEST_CASE("An export of single facts has exactly those that the figures are of", "[store][export]") {
    DemoStore demo("practice_owner");
    const vm::FinancingQuery query = two_months();
    const auto part = demo.after(vm::ShowScreen{query}).financing;
    const vm::ReadyExport file = export_of(demo, vm::Export::fact_rows, vm::ExportForm::workbook, query);
    CHECK(file.name == "financing-rows.xlsx");
    CHECK(file.mime_type == vm::workbook_mime_type);
    const auto book = vm::from_archive<exports::Book>(file.bytes);
    REQUIRE(book.has_value());
    std::int64_t net = 0;
    std::size_t money_rows = 0;
    for (const auto& row : book->tables.front().rows) {
        const std::int64_t settled = row[13].number;
        const std::string& kind = row[2].text;
        if (kind == "application" || row[9].text == "yes") continue;
        ++money_rows;
        if (kind == "sale" && row[3].text == "settled") net += settled;
        if (kind == "refund" || kind == "chargeback" || kind == "void") net -= settled;
        if (kind == "reversal") net += settled;
    }
    CHECK(money_rows > 100);
    CHECK(net == part->figures.front().numerator);
}

TEST_CASE("Who may not see single facts gets no file of them", "[store][export]") {
    for (const std::string_view account : {"front_desk", "support_agent"}) {
        DemoStore demo(account);
        CHECK_FALSE(demo.after(vm::ExportData{vm::Export::fact_rows, two_months()}).ready_export);
    }
}

TEST_CASE("A report is in the reader's language and says what the screen says", "[store][export]") {
    DemoStore demo("account_manager");
    const vm::ReadyExport file = export_of(demo, vm::Export::financing, vm::ExportForm::report, two_months());
    const auto part = demo.after(vm::ShowScreen{two_months()}).financing;
    const vm::Format format(vm::Language::english, 0);
    CHECK(file.name == "net-financed-volume.html");
    CHECK(file.bytes.find(format.money_exact(part->figures.front().numerator)) != std::string::npos);
    CHECK(file.bytes.find(format.figure(part->figures[2])) != std::string::npos);
    CHECK(file.bytes.find("<svg") != std::string::npos);
    CHECK(file.bytes.find("Demo data") != std::string::npos);
    CHECK(file.bytes.find("<html lang=\"en\">") != std::string::npos);
    const auto spanish = demo.after(vm::ExportData{vm::Export::financing, two_months(), vm::ExportForm::report, "es"});
    CHECK(spanish.ready_export->bytes.find("<html lang=\"es\">") != std::string::npos);
    CHECK(spanish.ready_export->bytes.find("Neto financiado") != std::string::npos);
}

}  // namespace
}  // namespace portal::store::test
