#include "shared/rules/peers.hpp"

#include <catch2/catch_test_macros.hpp>

namespace portal {
namespace {

// Applications of which six in ten are approved, and sales of 1,000 dollars each.
PeerPractice practice_with(std::int64_t tens, std::string size = "small") {
    PeerPractice practice;
    practice.size = std::move(size);
    practice.sums.rows = tens;
    practice.sums.applications = tens * 10;
    practice.sums.approved = tens * 6;
    practice.sums.declined = tens * 4;
    practice.sums.sales = tens * 4;
    practice.sums.gross_cents = tens * 4 * 1'000'00;
    practice.sums.fee_cents = tens * 4 * 50'00;
    practice.use.approved = tens * 6;
    practice.use.used = tens * 4;
    practice.use.used_net = tens * 4;
    return practice;
}

const PeerFigure& figure_of(const PeerSummary& summary, FigureId id) {
    for (const PeerFigure& figure : summary.figures)
        if (figure.id == id) return figure;
    FAIL("the figure is missing");
    return summary.figures.front();
}

PeerSummary of_small(const std::vector<PeerPractice>& practices) {
    return peer_summary(Specialty::dental, "small", practices);
}

}  // namespace

TEST_CASE("Peers are told as one rounded ratio of ten practices or more", "[rules]") {
    std::vector<PeerPractice> practices(10, practice_with(10));
    const PeerSummary summary = of_small(practices);
    CHECK(summary.practices == 10);
    CHECK(summary.size == "small");
    CHECK(figure_of(summary, FigureId::approval_rate).value == 6'000);
    CHECK(figure_of(summary, FigureId::pull_through).value == 6'700);  // 66.67%.
    CHECK(figure_of(summary, FigureId::average_sale).value == 1'000'00);
    CHECK(figure_of(summary, FigureId::effective_fee_rate).value == 500);

    practices.pop_back();
    const PeerSummary nine = of_small(practices);
    CHECK(nine.practices == 0);
    CHECK(nine.figures.empty());
}

TEST_CASE("What one practice adds cannot be read off before and after", "[rules]") {
    std::vector<PeerPractice> practices(40, practice_with(10));
    const PeerSummary before = of_small(practices);
    practices.push_back(practice_with(10));
    practices.back().sums.approved = 30;
    practices.back().sums.declined = 70;
    practices.back().sums.gross_cents += 12'34;
    const PeerSummary after = of_small(practices);
    CHECK(figure_of(before, FigureId::average_sale) == figure_of(after, FigureId::average_sale));
    // 59.27% of 4,100: a point, and nothing of its three in ten.
    CHECK(figure_of(after, FigureId::approval_rate).value == 5'900);
}

TEST_CASE("A figure that one practice is more than a quarter of is not told", "[rules]") {
    std::vector<PeerPractice> practices(12, practice_with(10));
    practices.push_back(practice_with(40));
    CHECK(figure_of(of_small(practices), FigureId::approval_rate).value == 6'000);  // 400 of 1,600 is a quarter.
    practices.back() = practice_with(41);
    for (const PeerFigure& figure : of_small(practices).figures) {
        CHECK(figure.reason == PeerReason::one_dominates);
        CHECK_FALSE(figure.value.has_value());
    }
}

TEST_CASE("A practice without enough cases is none of the ten of a figure", "[rules]") {
    std::vector<PeerPractice> practices(10, practice_with(10));
    practices.front().use.approved = 9;
    practices.front().use.used = 4;
    const PeerSummary summary = of_small(practices);
    CHECK(figure_of(summary, FigureId::pull_through).reason == PeerReason::too_few_practices);
    CHECK(figure_of(summary, FigureId::approval_rate).value == 6'000);
}

TEST_CASE("Cohorts go by size where every size has ten practices, and never overlap otherwise", "[rules]") {
    std::vector<PeerPractice> practices(10, practice_with(10, "small"));
    practices.insert(practices.end(), 10, practice_with(20, "large"));
    CHECK(of_small(practices).practices == 10);
    practices.push_back(practice_with(10, "medium"));
    const PeerSummary summary = of_small(practices);
    CHECK(summary.size.empty());
    CHECK(summary.practices == 21);
}

TEST_CASE("The period of peers is the twelve whole months that are over", "[rules]") {
    const Day last_of_october = first_day_of_month(month_of_day(parse_iso_day("2026-11-01").value())) - 1;
    const DayRange whole = peer_period(last_of_october);
    CHECK(whole == DayRange{first_day_of_month(month_of_day(parse_iso_day("2025-11-01").value())), last_of_october});
    CHECK(peer_period(last_of_october + 29) == whole);  // November has 30 days.
    CHECK(peer_period(last_of_october + 30).last == last_of_october + 30);
}

}  // namespace portal
