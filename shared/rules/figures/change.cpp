#include "shared/rules/figures/change.hpp"

#include "shared/rules/figures/financing.hpp"

namespace portal::figures {
namespace {

std::int64_t returned(const FactSums& sums) {
    return sums.returned_cents();
}

}  // namespace

ChangeEffects change_effects(const std::vector<PlanChange>& plans) {
    FactSums former, now;
    for (const PlanChange& plan : plans) {
        former += plan.former;
        now += plan.now;
    }
    ChangeEffects effects;
    effects.returns_cents = returned(former) - returned(now);
    if (former.sales <= 0) {
        effects.count_cents = now.gross_cents - former.gross_cents;
        return effects;
    }
    const std::int64_t at_former_average = product_over(former.gross_cents, now.sales, former.sales);
    std::int64_t at_former_plans = 0;
    for (const PlanChange& plan : plans) {
        const FactSums& average = plan.former.sales > 0 ? plan.former : former;
        at_former_plans += product_over(average.gross_cents, plan.now.sales, average.sales);
    }
    effects.count_cents = at_former_average - former.gross_cents;
    effects.mix_cents = at_former_plans - at_former_average;
    effects.size_cents = now.gross_cents - at_former_plans;
    return effects;
}

}  // namespace portal::figures
