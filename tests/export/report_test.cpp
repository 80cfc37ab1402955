#include "app/export/report.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/base/sha256.hpp"
#include "tests/export/sample_book.hpp"

namespace portal::exports {
namespace {

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

const vm::Format& english() {
    static const vm::Format format(vm::Language::english, 1'772'627'400'000);
    return format;
}

TEST_CASE("A report holds figures, charts, tables and definitions, and nothing that runs or asks", "[export]") {
    const std::string report = report_of(test::sample_book(), english());
    CHECK(has(report, "<span class=\"ribbon\">Demo data</span>"));
    CHECK(has(report, "<strong>$1.2K</strong>"));
    CHECK(has(report, "<td class=\"number\">$1,234.55</td>"));
    CHECK(has(report, "<td class=\"number\">61.8%</td>"));
    CHECK(has(report, "Approved / (approved + declined). (2)"));
    CHECK(has(report, "@page"));
    CHECK(has(report, "&lt;script&gt;"));
    CHECK(has(report, "Señor &quot;Ñ&quot;, Dental &amp; &lt;Vet&gt;"));
    for (const std::string_view forbidden : {"<script", "<img", "<link", "url(", "src=", "href="})
        CHECK_FALSE(has(report, forbidden));
}

TEST_CASE("A chart's bars stand on zero and are as high as their amounts", "[export]") {
    // Ticks of $500.00 from -$500.00 to $1,500.00: zero lies three quarters down the plot of 255.
    const std::string report = report_of(test::sample_book(), english());
    CHECK(has(report, "<line class=\"zero\" x1=\"80.0\" y1=\"201.3\""));
    // $1,234.55 of the $2,000.00 that the plot is high.
    CHECK(has(report, "y=\"43.9\" width=\"290.0\" height=\"157.4\""));
    // Lying bars: $7.00 and -$3.00 share the room from -$3.00 to $7.00.
    CHECK(has(report, "<rect class=\"fall\" x=\"300.0\" y=\"36.0\" width=\"138.0\""));
    CHECK(has(report, "<rect class=\"bar\" x=\"438.0\" y=\"6.0\" width=\"322.0\""));
}

TEST_CASE("Every machine writes the same report", "[export]") {
    CHECK(sha256_hex(report_of(test::sample_book(), english())) ==
          "daf11a389790f1ee3573bb749322eb638e2e61a803cb47a931595bb0aca956cf");
}

TEST_CASE("A chart of nothing has no bars and divides by nothing", "[export]") {
    Book book = test::sample_book();
    book.charts = {
        {.title = "Empty", .sentence = "", .labels = {}, .series = {}, .words = {}},
        {.title = "Zero", .sentence = "", .labels = {"Mar"}, .series = {{"Net", SeriesLook::bars, {0}}}, .words = {}}};
    const std::string report = report_of(book, english());
    CHECK_FALSE(has(report, "Empty"));
    CHECK(has(report, "height=\"0.0\""));
}

}  // namespace
}  // namespace portal::exports
