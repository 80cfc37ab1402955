// Why net financed volume changed from one period to another: effects that add up to the change, to the cent.
#pragma once

#include <cstdint>
#include <vector>

#include "shared/rules/figures/fact_sums.hpp"

namespace portal::figures {

// One plan in both periods; one without sales in a period has zero sums there.
struct PlanChange {
    FactSums former;
    FactSums now;
};

// With n sales and g gross settled cents of a plan, N and G of all, former (0) and now (1):
//   count    G0 / N0 x N1 - G0             more or fewer sales, at the former average
//   mix      sum(g0 / n0 x n1) - G0 / N0 x N1   other plans, each at its former average (a new plan at that of all)
//   size     G1 - sum(g0 / n0 x n1)        larger or smaller sales within the plans
//   returns  refunds and chargebacks net of reversals, former - now
// Each product is rounded once, half away from zero. Without former sales the whole change of gross is of the count.
struct ChangeEffects {
    std::int64_t count_cents = 0;
    std::int64_t mix_cents = 0;
    std::int64_t size_cents = 0;
    std::int64_t returns_cents = 0;
    std::int64_t total_cents() const { return count_cents + mix_cents + size_cents + returns_cents; }
    friend bool operator==(const ChangeEffects&, const ChangeEffects&) = default;
};

ChangeEffects change_effects(const std::vector<PlanChange>& plans);

}  // namespace portal::figures
