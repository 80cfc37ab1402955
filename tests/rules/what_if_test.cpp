#include "shared/rules/what_if.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/base/random.hpp"

namespace portal {
namespace {

CohortRates hypothetical_cohort() {
    CohortRates cohort;
    cohort.practices = 40;
    cohort.approval = {5'000, 6'000, 7'000};
    cohort.pull_through = {6'000, 7'000, 8'000};
    cohort.used = {3'500, 4'200, 5'000};
    CohortPlan deferred, reduced;
    deferred.plan.id = Id("01J00000000000000000000001");
    deferred.plan.merchant_fee_basis_points = 500;
    deferred.share = {10'000, 10'000, 7'500, 5'000, 3'333};
    reduced.plan.id = Id("01J00000000000000000000002");
    reduced.plan.merchant_fee_basis_points = 1'000;
    reduced.share = {0, 0, 2'500, 5'000, 6'667};
    cohort.plans = {deferred, reduced};
    return cohort;
}

// A year of ten cases of each size.
Production year_of_cases() {
    Production production;
    production.first_day = 20'000;
    production.last_day = 20'364;
    production.by_size = {{{10, 1'000'00}, {10, 5'000'00}, {10, 15'000'00}, {10, 30'000'00}, {10, 80'000'00}}};
    return production;
}

}  // namespace

TEST_CASE("What could be financed is production times who applies times both rates", "[rules]") {
    WhatIfAssumptions assumptions = first_assumptions(hypothetical_cohort());
    CHECK(assumptions.approval == 6'000);
    assumptions.apply = {0, 1'000, 2'000, 3'000, 5'000};
    const auto result = what_if(year_of_cases(), hypothetical_cohort(), assumptions);
    REQUIRE(result.has_value());
    // 500 + 3,000 + 9,000 + 40,000 apply; 42% of them are financed.
    CHECK(result->volume == CentsSpan{18'375'00, 22'050'00, 26'250'00});
    CHECK(result->by_size[0] == CentsSpan{});
    CHECK(result->by_size[4] == CentsSpan{14'000'00, 16'800'00, 20'000'00});
    // Deferred: 210 + 945 + 1,890 + 5,599.44; reduced: 315 + 1,890 + 11,200.56.
    REQUIRE(result->by_plan.size() == 2);
    CHECK(result->by_plan[0].volume.middle == 13'405'56);
    CHECK(result->by_plan[1].volume.middle == 8'644'44);
    CHECK(result->by_plan[0].cost.middle == 1'340'56);
    CHECK(result->cost.middle == 1'340'56 + 432'22);
    CHECK(result->cost.low < result->cost.middle);
    CHECK(result->cost.high > result->cost.middle);
}

TEST_CASE("What goes to plans that the office may not arrange is left out of volume, cost and plans", "[rules]") {
    CohortRates cohort = hypothetical_cohort();
    WhatIfAssumptions assumptions = first_assumptions(cohort);
    assumptions.apply = {0, 1'000, 2'000, 3'000, 5'000};
    cohort.plans[0].is_barred = true;
    const auto result = what_if(year_of_cases(), cohort, assumptions);
    REQUIRE(result.has_value());
    // 750 + 4,500 + 26,668 of what apply would take the reduced one; 42% of them are financed.
    CHECK(result->volume.middle == 315'00 + 1'890'00 + 11'200'56);
    CHECK(result->by_size[1] == CentsSpan{});
    REQUIRE(result->by_plan.size() == 1);
    CHECK(result->by_plan[0].plan.id == cohort.plans[1].plan.id);
    CHECK(result->by_plan[0].volume == result->volume);
    CHECK(result->cost.middle == result->by_plan[0].cost.middle);
    CHECK(result->production == what_if(year_of_cases(), hypothetical_cohort(), assumptions)->production);
}

TEST_CASE("A file of a part of a year is scaled to a year", "[rules]") {
    Production production = year_of_cases();
    production.last_day = production.first_day + 72;  // 73 days, a fifth of a year.
    const auto result = what_if(production, hypothetical_cohort(), first_assumptions(hypothetical_cohort()));
    REQUIRE(result.has_value());
    CHECK(result->days == 73);
    CHECK(result->production[1] == CaseSum{50, 25'000'00});
}

TEST_CASE("The tornado is widest first and agrees with the figure when an assumption is moved", "[rules]") {
    const CohortRates cohort = hypothetical_cohort();
    const WhatIfAssumptions assumptions = first_assumptions(cohort);
    const auto result = what_if(year_of_cases(), cohort, assumptions);
    REQUIRE(result.has_value());
    REQUIRE(result->sensitivities.size() == 4);
    for (std::size_t index = 1; index < 4; ++index)
        CHECK(result->sensitivities[index - 1].spread() >= result->sensitivities[index].spread());
    for (const Sensitivity& one : result->sensitivities) {
        CHECK(one.low_cents < result->volume.middle);
        CHECK(one.high_cents > result->volume.middle);
        if (one.factor != WhatIfFactor::approval) continue;
        WhatIfAssumptions less = assumptions;
        less.approval = cohort.approval.low;
        CHECK(std::abs(what_if(year_of_cases(), cohort, less)->volume.middle - one.low_cents) <= 2);
    }
}

TEST_CASE("Too little is told as such, never as a figure", "[rules]") {
    const CohortRates cohort = hypothetical_cohort();
    const WhatIfAssumptions assumptions = first_assumptions(cohort);
    Production few_days = year_of_cases();
    few_days.last_day = few_days.first_day + 26;
    CHECK(what_if(few_days, cohort, assumptions).error().code == ErrorCode::precondition_failed);
    Production few_cases = year_of_cases();
    few_cases.by_size = {};
    few_cases.by_size[1] = {9, 4'000'00};
    CHECK(what_if(few_cases, cohort, assumptions).error().code == ErrorCode::precondition_failed);
    CohortRates small = cohort;
    small.practices = 9;
    CHECK(what_if(year_of_cases(), small, assumptions).error().code == ErrorCode::precondition_failed);
    WhatIfAssumptions wrong = assumptions;
    wrong.apply[2] = 10'001;
    CHECK(what_if(year_of_cases(), cohort, wrong).error().code == ErrorCode::invalid_argument);
}

TEST_CASE("Plans and sizes sum to the volume, whatever the numbers", "[rules]") {
    SeededRandom random(31);
    for (int round = 0; round < 500; ++round) {
        CohortRates cohort = hypothetical_cohort();
        Production production;
        production.first_day = 20'000;
        production.last_day = static_cast<Day>(20'000 + random.between(27, 800));
        for (CaseSum& size : production.by_size)
            size = {random.between(3, 500), random.between(1, 90'000'000)};
        for (std::size_t size = 0; size < case_sizes; ++size) {
            cohort.plans[0].share[size] = random.between(0, 10'000);
            cohort.plans[1].share[size] = 10'000 - cohort.plans[0].share[size];
        }
        WhatIfAssumptions assumptions = first_assumptions(cohort);
        for (std::int64_t& share : assumptions.apply)
            share = random.between(0, 10'000);
        const auto result = what_if(production, cohort, assumptions);
        REQUIRE(result.has_value());
        CentsSpan by_size, by_plan, cost_by_size, cost_by_plan;
        const auto add = [](CentsSpan& sum, const CentsSpan& one) {
            sum = {sum.low + one.low, sum.middle + one.middle, sum.high + one.high};
        };
        for (std::size_t size = 0; size < case_sizes; ++size) {
            add(by_size, result->by_size[size]);
            add(cost_by_size, result->cost_by_size[size]);
        }
        for (const WhatIfPlan& plan : result->by_plan) {
            add(by_plan, plan.volume);
            add(cost_by_plan, plan.cost);
        }
        CHECK(by_size == result->volume);
        CHECK(cost_by_size == result->cost);
        // A plan of which nothing is expected may still have a cent at one end.
        if (result->by_plan.size() == cohort.plans.size()) {
            CHECK(by_plan == result->volume);
            CHECK(cost_by_plan == result->cost);
        }
        CHECK(result->volume.low <= result->volume.middle);
        CHECK(result->volume.middle <= result->volume.high);
    }
}

TEST_CASE("A case goes by the size that plans begin at", "[rules]") {
    CHECK(size_of_case(199'99) == 0);
    CHECK(size_of_case(200'00) == 1);
    CHECK(size_of_case(999'99) == 1);
    CHECK(size_of_case(2'500'00) == 3);
    CHECK(size_of_case(5'000'00) == 4);
    CHECK(rate_range({}) == RateRange{});
    CHECK(rate_range({5}) == RateRange{5, 5, 5});
    CHECK(rate_range({10, 9, 8, 7, 6, 5, 4, 3, 2, 1}) == RateRange{1, 5, 9});
}

}  // namespace portal
