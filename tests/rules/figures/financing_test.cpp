// Case tables of the financing figures: every fact kind, empty selections, few cases, and the edges of each definition.
#include "shared/rules/figures/financing.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

using namespace portal;

namespace {

constexpr Day march_3 = 20'515;
constexpr figures::Freshness fresh{1'700'000'000'000, march_3 + 90};

FactEvent application(FactStatus status, std::int64_t requested = 100'000, std::int64_t approved = 100'000) {
    FactEvent event;
    event.kind = FactKind::application;
    event.status = status;
    event.event_day = event.posted_day = march_3;
    event.requested_cents = requested;
    event.approved_cents = approved;
    return event;
}

FactEvent money(FactKind kind, std::int64_t cents, std::int64_t fee = 0) {
    FactEvent event;
    event.kind = kind;
    event.status = kind == FactKind::sale ? FactStatus::settled : FactStatus::none;
    event.event_day = event.posted_day = march_3;
    event.settled_cents = cents;
    event.fee_cents = fee;
    return event;
}

FactEvent with(FactEvent event, bool FactEvent::* member, bool value) {
    event.*member = value;
    return event;
}

FactSums sums_of(const std::vector<FactEvent>& events) {
    FactSums sums;
    for (const auto& event : events)
        add_fact(sums, event);
    return sums;
}

std::vector<FactEvent> times(int count, const FactEvent& event) {
    return std::vector<FactEvent>(static_cast<std::size_t>(count), event);
}

std::vector<FactEvent> operator+(std::vector<FactEvent> left, const std::vector<FactEvent>& right) {
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

}  // namespace

TEST_CASE("net financed volume counts what was settled and takes back what was given back", "[figures]") {
    struct Case {
        std::string what;
        std::vector<FactEvent> events;
        std::int64_t net, gross;
    };
    const Case cases[] = {
        {"nothing", {}, 0, 0},
        {"one sale", {money(FactKind::sale, 50'000)}, 50'000, 50'000},
        {"an authorized sale has not settled",
         {[] {
             FactEvent sale = money(FactKind::sale, 50'000);
             sale.status = FactStatus::authorized;
             return sale;
         }()},
         0,
         0},
        {"a refund", {money(FactKind::sale, 50'000), money(FactKind::refund, 20'000)}, 30'000, 50'000},
        {"a refund of an earlier month makes it negative", {money(FactKind::refund, 20'000)}, -20'000, 0},
        {"a chargeback and its reversal",
         {money(FactKind::sale, 50'000), money(FactKind::chargeback, 50'000), money(FactKind::reversal, 50'000)},
         50'000,
         50'000},
        {"a voided sale is out", {money(FactKind::sale, 50'000), money(FactKind::void_, 50'000)}, 0, 0},
        {"a void of an authorized sale takes nothing",
         {money(FactKind::sale, 50'000), money(FactKind::void_, 0)},
         50'000,
         50'000},
        {"a duplicate is no money", {with(money(FactKind::sale, 50'000), &FactEvent::duplicate, true)}, 0, 0},
        {"applications are no money", {application(FactStatus::approved)}, 0, 0},
    };
    for (const auto& test : cases) {
        INFO(test.what);
        const FactSums sums = sums_of(test.events);
        const Figure figure = figures::net_financed_volume(sums, fresh);
        CHECK(figure.value == test.net);
        CHECK(sums.gross_cents == test.gross);
        CHECK(figure.id == FigureId::net_financed_volume);
        CHECK(figure.unit == FigureUnit::cents);
        CHECK(figure.basis == FigureBasis::posted);
        CHECK(figure.as_of_ms == fresh.as_of_ms);
        CHECK(figure.closed_until == fresh.closed_until);
    }
}

TEST_CASE("average sale merges splits and leaves voids out", "[figures]") {
    const FactEvent first = money(FactKind::sale, 60'000);
    const FactEvent second = with(money(FactKind::sale, 40'000), &FactEvent::first_of_sale, false);
    CHECK(figures::average_sale(sums_of({first, second}), fresh).value == 100'000);
    CHECK(figures::average_sale(sums_of({first, second, money(FactKind::sale, 10'000), money(FactKind::void_, 10'000)}),
                                fresh)
              .value == 100'000);
    // 100,001 / 2 rounds away from zero.
    CHECK(figures::average_sale(sums_of({money(FactKind::sale, 60'000), money(FactKind::sale, 40'001)}), fresh).value ==
          50'001);
    const Figure none = figures::average_sale(sums_of({money(FactKind::refund, 500)}), fresh);
    CHECK_FALSE(none.value.has_value());
    CHECK(none.reason == FigureReason::no_cases);
}

TEST_CASE("approval rate is of decided applications only", "[figures]") {
    const auto decided = times(6, application(FactStatus::approved)) +
                         times(1, application(FactStatus::counter_offer, 100'000, 60'000)) +
                         times(5, application(FactStatus::declined, 100'000, 0));
    const auto noise = times(9, application(FactStatus::pending)) + times(9, application(FactStatus::withdrawn)) +
                       times(9, application(FactStatus::prequalification)) +
                       times(9, with(application(FactStatus::declined), &FactEvent::duplicate, true)) +
                       times(3, money(FactKind::sale, 1'000));
    const Figure figure = figures::approval_rate(sums_of(decided + noise), fresh);
    CHECK(figure.numerator == 7);
    CHECK(figure.denominator == 12);
    CHECK(figure.value == 5'833);
    CHECK(figure.basis == FigureBasis::cohort);
    const FactSums sums = sums_of(decided + noise);
    CHECK(sums.applications == 12 + 27);
    CHECK(sums.duplicates == 9);

    const Figure share = figures::approved_amount_share(sums, fresh);
    CHECK(share.numerator == 660'000);
    CHECK(share.denominator == 1'200'000);
    CHECK(share.value == 5'500);
}

TEST_CASE("rates of nothing are a dash, rates of few are counts", "[figures]") {
    const Figure none = figures::approval_rate(sums_of(times(3, application(FactStatus::pending))), fresh);
    CHECK_FALSE(none.value.has_value());
    CHECK(none.reason == FigureReason::no_cases);

    const Figure nine = figures::approval_rate(sums_of(times(9, application(FactStatus::approved))), fresh);
    CHECK_FALSE(nine.value.has_value());
    CHECK(nine.reason == FigureReason::too_few_cases);
    CHECK(nine.numerator == 9);
    CHECK(nine.denominator == 9);

    const Figure ten = figures::approval_rate(sums_of(times(10, application(FactStatus::approved))), fresh);
    CHECK(ten.value == 10'000);
    CHECK(ten.reason == FigureReason::none);
}

TEST_CASE("pull-through leaves the immature part out and says how much it is", "[figures]") {
    PullThroughSums sums{20, 14, 13, 5, 2};
    const Figure figure = figures::pull_through(sums, fresh);
    CHECK(figure.value == 7'000);
    CHECK(figure.immature == 5);
    CHECK(figures::pull_through_net(sums, fresh).value == 6'500);
    const Figure young = figures::pull_through({0, 0, 0, 5, 2}, fresh);
    CHECK_FALSE(young.value.has_value());
    CHECK(young.reason == FigureReason::not_matured);
    CHECK(figures::pull_through({}, fresh).reason == FigureReason::no_cases);
    CHECK(figures::pull_through({9, 9, 9, 0, 0}, fresh).reason == FigureReason::too_few_cases);
}

TEST_CASE("a cohort matures after sixty days and the settlement lag", "[figures]") {
    CHECK_FALSE(is_matured(march_3, march_3 + 62));
    CHECK(is_matured(march_3, march_3 + 63));
    CHECK(is_sale_in_time(march_3, march_3));
    CHECK(is_sale_in_time(march_3, march_3 + 63));
    CHECK_FALSE(is_sale_in_time(march_3, march_3 + 64));
    CHECK_FALSE(is_sale_in_time(march_3, march_3 - 1));
}

TEST_CASE("attainment and pace need a target; pace needs a closed business day", "[figures]") {
    const FactSums sums = sums_of({money(FactKind::sale, 5'000'000)});
    CHECK(figures::attainment(sums, 10'000'000, fresh).value == 5'000);
    // Ten of twenty days are over: half of the target is due.
    CHECK(figures::pace(sums, 10'000'000, {10, 20}, fresh).value == 10'000);
    CHECK(figures::pace(sums, 10'000'000, {10, 20}, fresh).denominator == 5'000'000);
    CHECK(figures::pace(sums, 10'000'000, {20, 20}, fresh).value == figures::attainment(sums, 10'000'000, fresh).value);
    const Figure early = figures::pace(sums, 10'000'000, {0, 20}, fresh);
    CHECK_FALSE(early.value.has_value());
    CHECK(early.reason == FigureReason::too_early);
    for (const auto target : {std::optional<std::int64_t>{}, std::optional<std::int64_t>{0}}) {
        CHECK(figures::attainment(sums, target, fresh).reason == FigureReason::no_target);
        CHECK_FALSE(figures::attainment(sums, target, fresh).value.has_value());
        CHECK(figures::pace(sums, target, {10, 20}, fresh).reason == FigureReason::no_target);
    }
    // A month that gave back more than it sold is behind, not undefined.
    CHECK(figures::pace(sums_of({money(FactKind::refund, 1'000'000)}), 10'000'000, {10, 20}, fresh).value == -2'000);
}

TEST_CASE("plan mix and fee rate are shares of gross settled dollars", "[figures]") {
    const auto six = times(15, money(FactKind::sale, 30'000, 1'500));
    const auto all = six + times(5, money(FactKind::sale, 110'000, 11'000));
    CHECK(figures::plan_mix(sums_of(six), sums_of(all), fresh).value == 4'500);
    CHECK(figures::effective_fee_rate(sums_of(all), fresh).value == 775);
    // A full refund gives its fee back; gross stays.
    const auto refunded = all + times(1, money(FactKind::refund, 110'000, 11'000));
    CHECK(figures::effective_fee_rate(sums_of(refunded), fresh).value == 665);
    const auto voided = all + times(1, money(FactKind::void_, 110'000, 11'000));
    CHECK(figures::effective_fee_rate(sums_of(voided), fresh).numerator == 15 * 1'500 + 4 * 11'000);
    CHECK(figures::effective_fee_rate({}, fresh).reason == FigureReason::no_cases);
    CHECK(figures::plan_mix({}, sums_of(times(3, money(FactKind::sale, 100))), fresh).reason ==
          FigureReason::too_few_cases);
}

TEST_CASE("steps of the funnel are shares of all applications, and counts where those are few", "[figures]") {
    std::vector<FactEvent> events(12, application(FactStatus::approved));
    events.resize(20, application(FactStatus::declined));
    const PullThroughSums used{.approved = 12, .used = 7, .used_net = 6, .presented = 9};
    const std::vector<Figure> steps = figures::funnel(sums_of(events), used, fresh);
    const std::vector<std::pair<FigureId, std::int64_t>> expected = {{FigureId::funnel_applied, 20},
                                                                     {FigureId::funnel_approved, 6'000},
                                                                     {FigureId::funnel_used, 4'500},
                                                                     {FigureId::funnel_settled, 3'500},
                                                                     {FigureId::funnel_refunded, 500}};
    REQUIRE(steps.size() == expected.size());
    for (std::size_t index = 0; index < steps.size(); ++index) {
        CHECK(steps[index].id == expected[index].first);
        CHECK(steps[index].value == expected[index].second);
        CHECK(steps[index].basis == FigureBasis::cohort);
        CHECK(steps[index].as_of_ms == fresh.as_of_ms);
    }
    const std::vector<Figure> few =
        figures::funnel(sums_of({application(FactStatus::approved)}), {.approved = 1, .used = 1}, fresh);
    CHECK(few.front().value == 1);
    CHECK_FALSE(few.back().value);
    CHECK(few.back().reason == FigureReason::too_few_cases);
    CHECK(figures::funnel({}, {}, fresh).back().reason == FigureReason::no_cases);
}

TEST_CASE("what the net is made of is told by itself", "[figures]") {
    const FactSums sums =
        sums_of({money(FactKind::sale, 50'000), money(FactKind::sale, 7'000), money(FactKind::refund, 4'000),
                 money(FactKind::chargeback, 900), money(FactKind::reversal, 500), application(FactStatus::approved),
                 application(FactStatus::declined)});
    const std::vector<std::pair<Figure, std::int64_t>> told = {{figures::gross_settled(sums, fresh), 57'000},
                                                               {figures::returned(sums, fresh), 4'400},
                                                               {figures::sales(sums, fresh), 2},
                                                               {figures::approved(sums, fresh), 1},
                                                               {figures::target(8'000, fresh), 8'000}};
    for (const auto& [figure, value] : told) {
        INFO(figure_texts[static_cast<std::size_t>(figure.id)]);
        CHECK(figure.value == value);
        CHECK(figure.numerator == value);
        CHECK(figure.as_of_ms == fresh.as_of_ms);
    }
    CHECK(figures::net_financed_volume(sums, fresh).value == 57'000 - 4'400);
    CHECK(told[3].first.basis == FigureBasis::cohort);
    CHECK_FALSE(figures::target({}, fresh).value);
    CHECK(figures::target({}, fresh).reason == FigureReason::no_target);
}

TEST_CASE("a change is this period's net minus the other's", "[figures]") {
    const Figure change =
        figures::net_change(sums_of({money(FactKind::sale, 500)}),
                            sums_of({money(FactKind::sale, 900), money(FactKind::refund, 100)}), fresh);
    CHECK(change.value == -300);
    CHECK(change.numerator == 500);
    CHECK(change.denominator == 800);
}

TEST_CASE("refunds of earlier months are itemised", "[figures]") {
    const FactSums sums = sums_of(
        {with(money(FactKind::refund, 20'000), &FactEvent::of_earlier_month, true), money(FactKind::refund, 5'000)});
    CHECK(sums.refund_cents == 25'000);
    CHECK(sums.refund_earlier_cents == 20'000);
}

TEST_CASE("ratios round half away from zero and never overflow", "[figures]") {
    CHECK(figures::ratio_basis_points(1, 3) == 3'333);
    CHECK(figures::ratio_basis_points(2, 3) == 6'667);
    CHECK(figures::ratio_basis_points(1, 20'000) == 1);
    CHECK(figures::ratio_basis_points(-1, 20'000) == -1);
    CHECK(figures::ratio_basis_points(4'000'000'000'000'000'000, 8'000'000'000'000'000'000) == 5'000);
    CHECK(figures::change_basis_points(112, 100) == 1'200);
    CHECK(figures::change_basis_points(-50, 100) == -15'000);
    CHECK_FALSE(figures::change_basis_points(5, 0).has_value());
    CHECK_FALSE(figures::change_basis_points(5, -10).has_value());
}

TEST_CASE("deposits: none is a true zero", "[figures]") {
    const Figure none = figures::deposits(0, 0, fresh);
    CHECK(none.value == 0);
    CHECK(none.reason == FigureReason::none);
    CHECK(figures::deposits(123, 2, fresh).denominator == 2);
}
