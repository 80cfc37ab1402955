// The month's forecast on the financing screen: which facts it counts, what it is learned from, and for whom.
#include <catch2/catch_test_macros.hpp>

#include "shared/rules/figures/forecast.hpp"
#include "tests/store/demo_replica.hpp"

namespace portal::store::test {
namespace {

using Cohort = vm::ForecastFooting::Cohort;

const Figure& forecast_in(const vm::FinancingPart& part) {
    REQUIRE(part.figures.size() == 10);
    REQUIRE(part.figures.back().id == FigureId::month_forecast);
    return part.figures.back();
}

vm::FinancingPart shown(DemoStore& demo, const vm::FinancingQuery& query = {}) {
    const auto part = demo.after(vm::ShowScreen{query}).financing;
    REQUIRE(part);
    return *part;
}

// Counted once more, from the facts themselves.
std::int64_t net_of_month(const Id& practice, Day until) {
    std::int64_t cents = 0;
    for (const FinancingFact& fact : DemoTenant::instance().facts) {
        const bool counts = fact.practice == practice && !fact.duplicate && fact.posted_day <= until &&
                            month_of_day(fact.posted_day) == month_of_day(until);
        if (!counts) continue;
        if (fact.kind == FactKind::sale && fact.status == FactStatus::settled) cents += fact.settled_cents;
        if (fact.kind == FactKind::refund || fact.kind == FactKind::chargeback || fact.kind == FactKind::void_)
            cents -= fact.settled_cents;
        if (fact.kind == FactKind::reversal) cents += fact.settled_cents;
    }
    return cents;
}

}  // namespace

TEST_CASE("A practice's forecast is of the month so far and says that nobody else is known", "[store]") {
    DemoStore demo("front_desk");
    const auto session = demo.store.snapshot()->session;
    REQUIRE(session);
    REQUIRE(session->practices.size() == 1);
    const vm::FinancingPart part = shown(demo);
    const Figure& figure = forecast_in(part);
    CHECK(part.forecast.month == month_of_day(part.closed_until));
    CHECK(part.forecast.cohort == Cohort::nobody_else);
    CHECK(part.forecast.cohort_practices == 0);
    CHECK(part.forecast.own_months == figures::forecast_months);
    CHECK(part.forecast.business_days_elapsed > 0);
    CHECK(part.forecast.business_days_elapsed < part.forecast.business_days);
    // The source has told of a Saturday, the practice's week ends on Friday.
    REQUIRE(weekday_of_day(part.closed_until) == 5);
    CHECK(figure.numerator == net_of_month(session->practices.front().id, part.closed_until - 1));
    REQUIRE(figure.value.has_value());
    CHECK(*figure.value > figure.numerator);
    CHECK(*figure.low < *figure.value);
    CHECK(*figure.high > *figure.value);
    CHECK(figure.as_of_ms == part.as_of_ms);
}

TEST_CASE("A forecast is of its month, whatever period is looked at, and of what is chosen", "[store]") {
    DemoStore demo("account_manager");
    const vm::FinancingPart all = shown(demo);
    CHECK(all.forecast.cohort == Cohort::several_practices);
    vm::FinancingQuery past;
    past.from = all.closed_until - 400;
    past.until = all.closed_until - 300;
    CHECK(forecast_in(shown(demo, past)) == forecast_in(all));

    const auto session = demo.store.snapshot()->session;
    std::int64_t so_far = 0;
    int with_cohort = 0;
    for (const vm::PlaceChoice& practice : session->practices) {
        vm::FinancingQuery one;
        one.practice = practice.id;
        const vm::FinancingPart part = shown(demo, one);
        so_far += forecast_in(part).numerator;
        const bool learned = part.forecast.cohort == Cohort::learned_from;
        CHECK(learned == (part.forecast.cohort_practices > 0));
        with_cohort += learned ? 1 : 0;
    }
    CHECK(with_cohort > 3);
    CHECK(with_cohort < static_cast<int>(session->practices.size()));
    CHECK(so_far == forecast_in(all).numerator);
}

TEST_CASE("A young practice has a cohort, and no forecast before there is anything net", "[store]") {
    DemoStore demo("account_manager");
    for (const vm::PlaceChoice& practice : demo.store.snapshot()->session->practices) {
        if (practice.name != "Clínica Visual Peñaranda") continue;
        vm::FinancingQuery one;
        one.practice = practice.id;
        const vm::FinancingPart part = shown(demo, one);
        CHECK(part.forecast.own_months == 6);
        CHECK(part.forecast.cohort == Cohort::learned_from);
        CHECK(forecast_in(part).numerator <= 0);
        CHECK(forecast_in(part).reason == FigureReason::nothing_net_yet);
        CHECK_FALSE(forecast_in(part).value.has_value());
        return;
    }
    FAIL("the young practice is in the book");
}

}  // namespace portal::store::test
