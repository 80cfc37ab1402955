// What a vendor is told of a practice's months, and what it is not.
#include "shared/facts/vendor_counts.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/facts/rollup.hpp"
#include "shared/facts/segment.hpp"

using namespace portal;

namespace {

constexpr MonthIndex told_month = 2026 * 12;

struct MonthOfFacts {
    int approved = 0, declined = 0, sales = 0;
};

std::vector<FactRollup> rollups_of_months(const std::vector<MonthOfFacts>& months, Day closed_until) {
    std::vector<FactSegment> segments;
    std::int64_t serial = 0;
    for (std::size_t index = 0; index < months.size(); ++index) {
        const MonthIndex month = told_month + static_cast<MonthIndex>(index);
        std::vector<FinancingFact> facts;
        const auto add = [&](FactKind kind, FactStatus status, int count) {
            for (int one = 0; one < count; ++one) {
                FinancingFact fact;
                fact.external_key = "counted-" + std::to_string(++serial);
                fact.practice = "p";
                fact.location = "l";
                fact.kind = kind;
                fact.status = status;
                fact.event_day = fact.posted_day = first_day_of_month(month) + one % 28;
                fact.settled_cents = 12'345;
                facts.push_back(std::move(fact));
            }
        };
        add(FactKind::application, FactStatus::approved, months[index].approved);
        add(FactKind::application, FactStatus::declined, months[index].declined);
        add(FactKind::sale, FactStatus::settled, months[index].sales);
        if (!facts.empty()) segments.push_back(make_segment("p", "l", month, closed_until, facts));
    }
    const auto rollups = make_rollups(segments);
    REQUIRE(rollups.has_value());
    return *rollups;
}

Integration integration_of(const Id& id, const Id& vendor) {
    Integration integration;
    integration.id = id;
    integration.practice = "p";
    integration.vendor = vendor;
    return integration;
}

Practice practice_that(bool agrees) {
    Practice practice;
    practice.id = "p";
    practice.vendor_consent = agrees;
    return practice;
}

std::vector<VendorCount> counts_of(const std::vector<MonthOfFacts>& months, Day closed_until) {
    const std::vector<Integration> integrations = {integration_of("i", "v")};
    auto counts = make_vendor_counts(practice_that(true), integrations, rollups_of_months(months, closed_until));
    REQUIRE(counts.has_value());
    std::ranges::sort(*counts, {}, &VendorCount::month);
    return *counts;
}

const Day after_two_months = first_day_of_month(told_month + 2) - 1;

TEST_CASE("without consent a vendor is told nothing", "[facts]") {
    const std::vector<Integration> integrations = {integration_of("i", "v")};
    const auto rollups = rollups_of_months({{20, 20, 20}}, after_two_months);
    CHECK(make_vendor_counts(practice_that(false), integrations, rollups).value().empty());
    CHECK_FALSE(make_vendor_counts(practice_that(true), integrations, rollups).value().empty());
}

TEST_CASE("a vendor is told counts of whole months, and small ones with what would tell them are left out", "[facts]") {
    using Count = std::optional<std::int64_t>;
    struct Case {
        MonthOfFacts month;
        Count applications, approved, sales;
    };
    // Under ten applications nothing of them; under ten on either side of the decision not the approved ones, which the
    // whole would tell apart.
    for (const Case& one :
         {Case{{20, 15, 12}, 35, 20, 12}, Case{{9, 0, 9}, {}, {}, {}}, Case{{10, 0, 10}, 10, {}, 10},
          Case{{12, 3, 0}, 15, {}, {}}, Case{{3, 12, 40}, 15, {}, 40}, Case{{10, 10, 9}, 20, 10, {}}}) {
        INFO(one.month.approved << " " << one.month.declined << " " << one.month.sales);
        const auto counts = counts_of({one.month}, first_day_of_month(told_month + 1) - 1);
        REQUIRE(counts.size() == 1);
        CHECK(counts[0].month == told_month);
        CHECK(counts[0].applications == one.applications);
        CHECK(counts[0].approved == one.approved);
        CHECK(counts[0].sales == one.sales);
    }
}

TEST_CASE("a month that the source has not told to its end is not told, an empty one between others is", "[facts]") {
    const std::vector<MonthOfFacts> months = {{20, 15, 12}, {}, {20, 15, 12}};
    const Day end = first_day_of_month(told_month + 3) - 1;
    CHECK(counts_of(months, end).size() == 3);
    CHECK(counts_of(months, end)[1].sales == std::nullopt);
    CHECK(counts_of(months, end - 1).size() == 2);
    // Before the first month is over: agreed, and nothing to tell.
    const auto early = counts_of({{20, 15, 12}}, first_day_of_month(told_month) + 20);
    REQUIRE(early.size() == 1);
    CHECK(early[0].month == 0);
    CHECK(early[0].sales == std::nullopt);
}

TEST_CASE("months older than the cap go, and each integration with a vendor has its own rows", "[facts]") {
    const std::vector<MonthOfFacts> months(vendor_months_told + 6, {20, 15, 12});
    const auto counts = counts_of(months, first_day_of_month(told_month + vendor_months_told + 6) - 1);
    REQUIRE(counts.size() == vendor_months_told);
    CHECK(counts.front().month == told_month + 6);
    const std::vector<Integration> integrations = {integration_of("i", "v"), integration_of("j", "w"),
                                                   integration_of("k", "")};
    const auto rollups = rollups_of_months({{20, 15, 12}}, after_two_months);
    const auto several = make_vendor_counts(practice_that(true), integrations, rollups);
    REQUIRE(several.has_value());
    std::int64_t of_v = 0, of_w = 0;
    for (const VendorCount& count : *several) {
        of_v += count.vendor == "v" && count.integration == "i" ? 1 : 0;
        of_w += count.vendor == "w" && count.integration == "j" ? 1 : 0;
    }
    CHECK(of_v == 2);
    CHECK(of_w == 2);
    CHECK(several->size() == 4);
}

}  // namespace
