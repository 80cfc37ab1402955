#include "app/pitch/prospect_numbers.hpp"

#include <catch2/catch_test_macros.hpp>

#include "app/export/report.hpp"
#include "app/pitch/leave_behind.hpp"
#include "shared/facts/cohort_rates.hpp"
#include "shared/facts/segment.hpp"
#include "shared/rules/disclosure_check.hpp"
#include "shared/rules/state_rules.hpp"
#include "tests/export/html_page.hpp"
#include "tests/tenant/recorded_tenant.hpp"

namespace portal::pitch {
namespace {

const CohortRates& dental_cohort() {
    static const CohortRates cohort = [] {
        FactTable facts;
        for (const auto& told : small_tenant().segments)
            REQUIRE(
                facts.put_segment(make_segment(told.practice, told.location, told.month, told.closed_until, told.facts))
                    .has_value());
        // The small tenant's practices are few: here they are all of one kind.
        auto practices = small_tenant().all<Practice>();
        for (Practice& practice : practices)
            practice.specialty = Specialty::dental;
        const auto plans = small_tenant().all<PromoPlan>();
        return cohort_rates(facts, Specialty::dental, practices, plans);
    }();
    return cohort;
}

std::string half_a_year() {
    std::string text = "date,amount\n";
    for (Day day = 20'500; day < 20'682; ++day)
        text += iso_day(day) + ",1500.00\n" + iso_day(day) + ",90.00\n";
    return text;
}

ProspectNumbers numbers_of_dentists() {
    auto told = std::make_shared<LatestValue<Cohorts>>();
    told->publish(std::make_shared<Cohorts>(Cohorts{dental_cohort()}));
    ProspectNumbers numbers(told, 20'700);
    numbers.look_at(Specialty::dental);
    return numbers;
}

}  // namespace

TEST_CASE("In a state that bars deferred interest no volume, offer or leave-behind is of it", "[pitch]") {
    ProspectNumbers numbers = numbers_of_dentists();
    numbers.take_file("report.csv", half_a_year(), false);
    REQUIRE(numbers.part().result);
    const std::int64_t anywhere = numbers.part().result->volume.middle;
    const auto tells_of_deferred = [&] {
        return std::ranges::any_of(
                   numbers.part().offers,
                   [](const vm::PlanOffer& offer) { return offer.plan.kind == PlanKind::deferred_interest; }) ||
               std::ranges::any_of(numbers.part().result->by_plan, [](const WhatIfPlan& plan) {
                   return plan.plan.kind == PlanKind::deferred_interest;
               });
    };
    CHECK(tells_of_deferred());
    REQUIRE(state_rules().front().state == "CA");
    numbers.ask({vm::PitchWish::choose_state, 0});
    REQUIRE(numbers.part().state_rule);
    CHECK_FALSE(tells_of_deferred());
    CHECK(numbers.part().result->volume.middle < anywhere);
    const vm::Format format(vm::Language::english, 0);
    const std::string html = exports::report_of({{leave_behind_book(numbers.part(), format)}}, format);
    CHECK(html.find("In California this kind of practice may not arrange deferred interest") != std::string::npos);
    numbers.ask({vm::PitchWish::choose_state, -1});
    CHECK(numbers.part().result->volume.middle == anywhere);
    CHECK(tells_of_deferred());
    numbers.ask({vm::PitchWish::choose_state, 0});
    numbers.ask({vm::PitchWish::reset});
    CHECK(numbers.part().state.empty());
}

TEST_CASE("A cohort's rates are ranges of its practices, and its plans share every size of case", "[pitch]") {
    const CohortRates& cohort = dental_cohort();
    CHECK(cohort.practices >= 10);
    for (const RateRange& range : {cohort.approval, cohort.pull_through, cohort.used}) {
        CHECK(range.low > 0);
        CHECK(range.low <= range.middle);
        CHECK(range.middle <= range.high);
        CHECK(range.high <= 10'000);
    }
    CHECK(cohort.used.middle < cohort.approval.middle);
    for (std::size_t size = 0; size < case_sizes; ++size) {
        std::int64_t whole = 0;
        for (const CohortPlan& plan : cohort.plans) {
            CHECK(plan.share[size] >= 0);
            whole += plan.share[size];
        }
        CHECK(whole == 10'000);
    }
}

TEST_CASE("A file gives a figure, an assumption moves it, and forgetting leaves nothing", "[pitch]") {
    ProspectNumbers numbers = numbers_of_dentists();
    CHECK_FALSE(numbers.part().result);
    numbers.take_file("report.csv", half_a_year(), false);
    REQUIRE(numbers.part().result);
    const std::int64_t before = numbers.part().result->volume.middle;
    CHECK(before > 0);
    numbers.ask({vm::PitchWish::assume, 10'000, 2});
    CHECK(numbers.part().result->volume.middle > before);
    for (const vm::PitchWish back : {vm::PitchWish::assume_as_at_first, vm::PitchWish::reset}) {
        numbers.ask({vm::PitchWish::assume, 10'000, 2});
        numbers.ask({back});
        CHECK(numbers.part().result->volume.middle == before);
    }
    numbers.ask({vm::PitchWish::choose_amount_column, 0});
    CHECK_FALSE(numbers.part().result);
    numbers.ask({vm::PitchWish::choose_amount_column, 1});
    CHECK(numbers.part().result);
    numbers.take_file("report.csv", "date,amount\n2026-01-01,500.00\n", false);
    CHECK(numbers.part().tells_too_little);
    numbers.forget();
    CHECK_FALSE(numbers.part().file);
    CHECK_FALSE(numbers.part().result);
    CHECK(numbers.part().offers.empty());
}

TEST_CASE("What is offered fits the average case, with a number of payments and a total", "[pitch]") {
    ProspectNumbers numbers = numbers_of_dentists();
    numbers.take_file("report.csv", half_a_year(), false);
    REQUIRE(numbers.part().offers.size() == 7);  // Four of deferred interest and three reduced; 60 months begin higher.
    for (const vm::PlanOffer& offer : numbers.part().offers) {
        CHECK(offer.estimate.purchase_cents == 1'500'00);
        CHECK(offer.estimate.payments > 0);
        CHECK(offer.estimate.total_cents >= 1'500'00);
    }
}

TEST_CASE("What is left behind is one file without a script, with its figures, disclosures and hash", "[pitch]") {
    ProspectNumbers numbers = numbers_of_dentists();
    numbers.take_file("secret-name.csv", half_a_year(), false);
    for (const vm::Language language : {vm::Language::english, vm::Language::spanish}) {
        const vm::Format format(language, 1'780'000'000'000);
        const exports::Book book = leave_behind_book(numbers.part(), format);
        const std::string html = exports::report_of(book, format);
        CHECK(html.find(std::string(format.say(vm::Word::demo_ribbon))) != std::string::npos);
        CHECK(html.find(format.money_short(numbers.part().result->volume.middle)) != std::string::npos);
        CHECK(html.find(book.about.back().value) != std::string::npos);
        CHECK(book.about.back().value.size() == 64);
        CHECK(html.find(language == vm::Language::english ? "Interest will be charged" : "Se cobrarán intereses") !=
              std::string::npos);
        CHECK(exports::test::complaints_about(html) == std::vector<std::string>());
        CHECK(html.find("secret-name") == std::string::npos);
        CHECK(check_disclosure(html).findings.empty());
        // The same numbers, the same file.
        CHECK(exports::report_of(leave_behind_book(numbers.part(), format), format) == html);
    }
    const vm::Format format(vm::Language::english, 0);
    const std::string hash = leave_behind_book(numbers.part(), format).about.back().value;
    numbers.ask({vm::PitchWish::assume, 5'000, 2});
    CHECK(leave_behind_book(numbers.part(), format).about.back().value != hash);
}

}  // namespace portal::pitch
