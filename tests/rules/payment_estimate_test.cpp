#include "shared/rules/payment_estimate.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "shared/base/limits.hpp"
#include "shared/base/random.hpp"

namespace portal {
namespace {

constexpr Day estimate_day = 20'000;

PromoPlan estimated_plan(PlanKind kind, std::int32_t months, std::int64_t minimum_cents, std::int32_t apr) {
    PromoPlan plan;
    plan.kind = kind;
    plan.months = months;
    plan.minimum_cents = minimum_cents;
    plan.apr_basis_points = apr;
    plan.effective_from = estimate_day - 100;
    return plan;
}
PromoPlan deferred_months(std::int32_t months) {
    return estimated_plan(PlanKind::deferred_interest, months, 200'00, 2999);
}

}  // namespace

TEST_CASE("A reduced APR is amortised exactly: the product's example", "[rules]") {
    const PromoPlan plan = estimated_plan(PlanKind::reduced_apr, 60, 2'500'00, 1790);
    const auto estimate = payment_estimate(plan, 2'500'00, estimate_day);
    REQUIRE(estimate.has_value());
    CHECK(estimate->payment_cents == 63'35);
    CHECK(estimate->payments == 60);
    CHECK(estimate->last_payment_cents <= 63'35);
    CHECK(estimate->total_cents == 59 * 63'35 + estimate->last_payment_cents);
    CHECK((estimate->total_cents + 50) / 100 == 3'801);
    CHECK(estimate->required_minimum_cents == 0);
}

TEST_CASE("Deferred interest rounds up, and tells the required minimum apart", "[rules]") {
    struct Case {
        std::int64_t purchase;
        std::int32_t months;
        std::int64_t payment, last, minimum, left;
    };
    constexpr Case cases[] = {
        {1'000'00, 12, 83'34, 83'26, 30'00, 640'00},    // 12 times $30 leave 640.
        {200'00, 24, 8'34, 8'18, 30'00, 0},             // The minimum pays sooner than asked.
        {200'00, 6, 33'34, 33'30, 30'00, 20'00},        // And here not.
        {1'200'00, 12, 100'00, 100'00, 30'00, 840'00},  // Nothing to round.
        {250'01, 6, 41'67, 41'66, 30'00, 70'01},
    };
    for (const Case& one : cases) {
        INFO(one.purchase << " over " << one.months);
        const auto estimate = payment_estimate(deferred_months(one.months), one.purchase, estimate_day);
        REQUIRE(estimate.has_value());
        CHECK(estimate->payment_cents == one.payment);
        CHECK(estimate->last_payment_cents == one.last);
        CHECK(estimate->payments == one.months);
        CHECK(estimate->total_cents == one.purchase);
        CHECK(estimate->required_minimum_cents == one.minimum);
        CHECK(estimate->left_after_minimums_cents == one.left);
    }
    // The agreement's share, where it is more than $30, rounds up, too.
    const auto large = payment_estimate(deferred_months(12), 5'000'01, estimate_day);
    REQUIRE(large.has_value());
    CHECK(large->required_minimum_cents == 50'01);
    const auto dearer = payment_estimate(deferred_months(12), 1'000'00, estimate_day, {30'00, 350});
    REQUIRE(dearer.has_value());
    CHECK(dearer->required_minimum_cents == 35'00);
}

TEST_CASE("Every estimate pays the purchase out, and a cent less each month would not", "[rules]") {
    SeededRandom random(11);
    for (int round = 0; round < 2'000; ++round) {
        const bool is_deferred = random.below(2) == 0;
        PromoPlan plan = estimated_plan(is_deferred ? PlanKind::deferred_interest : PlanKind::reduced_apr,
                                        static_cast<std::int32_t>(6 + random.below(55)), 200'00,
                                        static_cast<std::int32_t>(random.below(3'600)));
        const auto purchase = static_cast<std::int64_t>(200'00 + random.below(40'000'00));
        const auto estimate = payment_estimate(plan, purchase, estimate_day);
        REQUIRE(estimate.has_value());
        CHECK(estimate->payments <= plan.months);
        CHECK(estimate->last_payment_cents > 0);
        CHECK(estimate->last_payment_cents <= estimate->payment_cents);
        CHECK(estimate->total_cents ==
              (estimate->payments - 1) * estimate->payment_cents + estimate->last_payment_cents);
        if (is_deferred) {
            CHECK(estimate->total_cents == purchase);
            CHECK((estimate->payment_cents - 1) * plan.months < purchase);
            CHECK(estimate->required_minimum_cents >= std::min<std::int64_t>(30'00, purchase));
            continue;
        }
        // The textbook's formula, in floating point, is never more than rounding away.
        const double rate = plan.apr_basis_points / 120'000.0;
        const double exact = rate == 0 ? static_cast<double>(purchase) / plan.months
                                       : static_cast<double>(purchase) * rate / (1 - std::pow(1 + rate, -plan.months));
        CHECK(static_cast<double>(estimate->payment_cents) > exact - 0.6);
        CHECK(static_cast<double>(estimate->payment_cents) < exact + 1.6);
    }
}

TEST_CASE("An estimate is refused where a plan cannot be had", "[rules]") {
    const PromoPlan plan = estimated_plan(PlanKind::reduced_apr, 24, 1'000'00, 1490);
    const auto refusal = [&](const PromoPlan& of, std::int64_t cents, Day day = estimate_day) {
        const auto estimate = payment_estimate(of, cents, day);
        return estimate ? std::nullopt : std::optional(estimate.error().code);
    };
    CHECK_FALSE(refusal(plan, 1'000'00));
    CHECK(refusal(plan, 999'99) == ErrorCode::precondition_failed);
    CHECK(refusal(plan, 0) == ErrorCode::invalid_argument);
    CHECK(refusal(plan, -1) == ErrorCode::invalid_argument);
    CHECK(refusal(plan, limits::estimate_purchase_cents_max + 1) == ErrorCode::invalid_argument);
    CHECK(refusal(estimated_plan(PlanKind::standard, 0, 0, 2999), 500'00) == ErrorCode::precondition_failed);
    CHECK(refusal(estimated_plan(PlanKind::reduced_apr, 24, 0, -1), 500'00) == ErrorCode::invalid_argument);
    CHECK(refusal(plan, 1'000'00, plan.effective_from - 1) == ErrorCode::precondition_failed);
    CHECK_FALSE(refusal(plan, 1'000'00, plan.effective_from));
    PromoPlan ended = plan;
    ended.effective_until = estimate_day;
    CHECK(refusal(ended, 1'000'00) == ErrorCode::precondition_failed);
    CHECK_FALSE(refusal(ended, 1'000'00, estimate_day - 1));
}

TEST_CASE("A purchase has the plans of its day and size, and a later version of a plan replaces the former",
          "[rules]") {
    std::vector<PromoPlan> plans = {estimated_plan(PlanKind::reduced_apr, 60, 2'500'00, 1790),
                                    estimated_plan(PlanKind::reduced_apr, 24, 1'000'00, 1490), deferred_months(12),
                                    deferred_months(6), estimated_plan(PlanKind::standard, 0, 0, 2999)};
    const auto lengths = [&](std::int64_t cents, Day day = estimate_day) {
        std::vector<std::int32_t> months;
        for (const PromoPlan& plan : plans_for_purchase(plans, cents, day))
            months.push_back(plan.months);
        return months;
    };
    CHECK(lengths(199'99).empty());
    CHECK(lengths(200'00) == std::vector<std::int32_t>{6, 12});
    CHECK(lengths(1'000'00) == std::vector<std::int32_t>{6, 12, 24});
    CHECK(lengths(2'500'00) == std::vector<std::int32_t>{6, 12, 24, 60});
    plans[1].effective_until = estimate_day;
    PromoPlan next = plans[1];
    next.effective_from = estimate_day;
    next.effective_until.reset();
    next.apr_basis_points = 1590;
    plans.push_back(next);
    CHECK(plans_for_purchase(plans, 1'000'00, estimate_day).back().apr_basis_points == 1590);
    CHECK(plans_for_purchase(plans, 1'000'00, estimate_day - 1).back().apr_basis_points == 1490);
}

TEST_CASE("Where a state bars a kind of plan, an office does not arrange it there", "[rules]") {
    CHECK_FALSE(may_be_arranged(PlanKind::deferred_interest, "CA", state_bars()));
    CHECK(may_be_arranged(PlanKind::reduced_apr, "CA", state_bars()));
    CHECK(may_be_arranged(PlanKind::deferred_interest, "TX", state_bars()));
    CHECK(may_be_arranged(PlanKind::deferred_interest, "CA", {}));
}

}  // namespace portal
