// What a purchase under a promotional plan comes to each month: plain numbers, which rules/payment_estimate.hpp makes
// and vm/plan_wording.hpp puts into words. A payment never stands without its number, period and total.
#pragma once

#include <cstdint>

#include "shared/model/states.hpp"

namespace portal {

struct PaymentEstimate {
    PlanKind kind = PlanKind::deferred_interest;
    std::int32_t months = 0;  // The promotional period.
    std::int32_t apr_basis_points = 0;
    std::int64_t purchase_cents = 0;
    std::int32_t payments = 0;            // Monthly ones, the last included.
    std::int64_t payment_cents = 0;       // Deferred interest: what pays in full in time.
    std::int64_t last_payment_cents = 0;  // At most the others.
    std::int64_t total_cents = 0;
    // Deferred interest only: what the agreement wants in the first month, and what is still owed at the end of the
    // period when only that is ever paid; nothing owed means that the minimum pays in full in time.
    std::int64_t required_minimum_cents = 0;
    std::int64_t left_after_minimums_cents = 0;

    friend bool operator==(const PaymentEstimate&, const PaymentEstimate&) = default;
};

}  // namespace portal
