// Estimates of what a patient would pay each month under a promotional plan. They assume no other balance and every
// payment on time, and what shows them says so.
//
//   deferred interest   purchase / months, rounded up to the cent: what pays in full in time. The required minimum is
//                       told apart: the greater of $30 and the agreement's share of the balance
//   reduced APR         the smallest payment that pays out in the plan's months, with each month's interest rounded
//                       half up to the cent. Integers only, so that browser, server and paper agree
//
// Plans are effective-dated: an estimate is of a day. Which plans an office may arrange in a state is data. Thread:
// any.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/model/payment_estimate.hpp"
#include "shared/model/records.hpp"

namespace portal {

// What the credit agreement wants each month at least.
struct MinimumPayment {
    std::int64_t floor_cents = 30'00;
    std::int32_t balance_basis_points = 100;
};

bool plan_holds_on(const PromoPlan& plan, Day day);

// A state in which an office may not arrange plans of that kind for its patients.
struct StateBar {
    std::string_view state;  // US postal code.
    PlanKind kind = PlanKind::deferred_interest;
};
// As known when this was built; a deployer's counsel confirms.
std::span<const StateBar> state_bars();
bool may_be_arranged(PlanKind kind, std::string_view state, std::span<const StateBar> bars);

// The promotional plans that hold on that day and begin at or below the purchase, the shortest first, deferred interest
// before reduced APR. Standard terms are no promotion.
std::vector<PromoPlan> plans_for_purchase(std::span<const PromoPlan> plans, std::int64_t purchase_cents, Day day);

// Refused: a purchase of nothing or beyond the cap, one below the plan's minimum, a plan that does not hold on the day,
// and one without promotional payments.
Result<PaymentEstimate> payment_estimate(const PromoPlan& plan, std::int64_t purchase_cents, Day day,
                                         const MinimumPayment& minimum = {});

}  // namespace portal
