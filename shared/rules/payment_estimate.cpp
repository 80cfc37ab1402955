#include "shared/rules/payment_estimate.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "shared/base/limits.hpp"

namespace portal {
namespace {

constexpr std::int64_t whole_basis_points = 10'000;
constexpr std::int64_t months_of_year = 12;
constexpr auto known_bars = std::to_array<StateBar>({{"CA", PlanKind::deferred_interest}});

std::int64_t divided_up(std::int64_t numerator, std::int64_t denominator) {
    return (numerator + denominator - 1) / denominator;
}

std::int64_t interest_of_month(std::int64_t balance_cents, std::int32_t apr_basis_points) {
    constexpr std::int64_t year = whole_basis_points * months_of_year;
    return (balance_cents * apr_basis_points + year / 2) / year;
}

// What is paid out by equal payments until nothing is owed, at most `months` of them; owed afterwards: `left`.
struct PaidOut {
    std::int32_t payments = 0;
    std::int64_t last_cents = 0, total_cents = 0, left_cents = 0;
};
PaidOut pay_out(const PaymentEstimate& loan, std::int64_t payment_cents) {
    PaidOut paid;
    paid.left_cents = loan.purchase_cents;
    const std::int32_t apr = loan.kind == PlanKind::reduced_apr ? loan.apr_basis_points : 0;
    while (paid.payments < loan.months && paid.left_cents > 0) {
        const std::int64_t owed = paid.left_cents + interest_of_month(paid.left_cents, apr);
        paid.last_cents = std::min(owed, payment_cents);
        paid.left_cents = owed - paid.last_cents;
        paid.total_cents += paid.last_cents;
        ++paid.payments;
    }
    return paid;
}

// A greater payment never leaves more, so the smallest one that pays out is found by halving.
std::int64_t smallest_payment(const PaymentEstimate& loan) {
    std::int64_t too_small = 0;
    std::int64_t enough = loan.purchase_cents + interest_of_month(loan.purchase_cents, loan.apr_basis_points);
    while (enough - too_small > 1) {
        const std::int64_t middle = too_small + (enough - too_small) / 2;
        (pay_out(loan, middle).left_cents == 0 ? enough : too_small) = middle;
    }
    return enough;
}

std::int64_t minimum_of(std::int64_t balance_cents, const MinimumPayment& minimum) {
    const std::int64_t share = divided_up(balance_cents * minimum.balance_basis_points, whole_basis_points);
    return std::min(balance_cents, std::max(minimum.floor_cents, share));
}

Status estimable(const PromoPlan& plan, std::int64_t purchase_cents, Day day) {
    if (purchase_cents <= 0 || purchase_cents > limits::estimate_purchase_cents_max)
        return fail(ErrorCode::invalid_argument, "the purchase is not an amount that can be estimated");
    if (plan.kind == PlanKind::standard || plan.months < 1 || plan.months > limits::plan_months_max)
        return fail(ErrorCode::precondition_failed, "the plan has no promotional payments");
    if (plan.apr_basis_points < 0 || plan.apr_basis_points > whole_basis_points)
        return fail(ErrorCode::invalid_argument, "the plan's APR is no rate");
    if (!plan_holds_on(plan, day)) return fail(ErrorCode::precondition_failed, "the plan does not hold on that day");
    if (purchase_cents < plan.minimum_cents)
        return fail(ErrorCode::precondition_failed, "the purchase is below the plan's minimum");
    return {};
}

}  // namespace

bool plan_holds_on(const PromoPlan& plan, Day day) {
    return plan.effective_from <= day && (!plan.effective_until || day < *plan.effective_until);
}

std::span<const StateBar> state_bars() {
    return known_bars;
}

bool may_be_arranged(PlanKind kind, std::string_view state, std::span<const StateBar> bars) {
    return std::ranges::none_of(bars, [&](const StateBar& bar) { return bar.kind == kind && bar.state == state; });
}

std::vector<PromoPlan> plans_for_purchase(std::span<const PromoPlan> plans, std::int64_t purchase_cents, Day day) {
    std::vector<PromoPlan> fitting;
    for (const PromoPlan& plan : plans)
        if (estimable(plan, purchase_cents, day)) fitting.push_back(plan);
    std::ranges::sort(fitting, {}, [](const PromoPlan& plan) { return std::tuple(plan.kind, plan.months, plan.id); });
    return fitting;
}

Result<PaymentEstimate> payment_estimate(const PromoPlan& plan, std::int64_t purchase_cents, Day day,
                                         const MinimumPayment& minimum) {
    PORTAL_TRY(estimable(plan, purchase_cents, day));
    PaymentEstimate estimate;
    estimate.kind = plan.kind;
    estimate.months = plan.months;
    estimate.apr_basis_points = plan.apr_basis_points;
    estimate.purchase_cents = purchase_cents;
    const bool is_deferred = plan.kind == PlanKind::deferred_interest;
    estimate.payment_cents = is_deferred ? divided_up(purchase_cents, plan.months) : smallest_payment(estimate);
    const PaidOut paid = pay_out(estimate, estimate.payment_cents);
    estimate.payments = paid.payments;
    estimate.last_payment_cents = paid.last_cents;
    estimate.total_cents = paid.total_cents;
    if (!is_deferred) return estimate;
    estimate.required_minimum_cents = minimum_of(purchase_cents, minimum);
    estimate.left_after_minimums_cents = purchase_cents;
    for (std::int32_t month = 0; month < plan.months; ++month)
        estimate.left_after_minimums_cents -= minimum_of(estimate.left_after_minimums_cents, minimum);
    return estimate;
}

}  // namespace portal
