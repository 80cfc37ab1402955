#include "shared/rules/what_if.hpp"

#include <algorithm>
#include <numeric>

#include "shared/rules/figures/financing.hpp"

namespace portal {
namespace {

using figures::product_over;

constexpr std::int64_t whole = 10'000;
constexpr std::int64_t days_of_year = 365;
constexpr std::array<std::int64_t, case_sizes> applying_at_first = {0, 600, 1'500, 2'500, 3'000};

std::int64_t nearest_rank(const std::vector<std::int64_t>& sorted, std::int64_t percent) {
    const auto count = static_cast<std::int64_t>(sorted.size());
    return sorted[static_cast<std::size_t>(std::max<std::int64_t>(1, (count * percent + 99) / 100) - 1)];
}

Status tells_enough(const Production& production, const CohortRates& cohort, const WhatIfAssumptions& assumptions) {
    const std::int64_t days = production.last_day - production.first_day + 1;
    if (days < what_if_days_min || production.total().cases < what_if_cases_min)
        return fail(ErrorCode::precondition_failed, "the file tells of too few days or cases");
    if (cohort.practices < static_cast<std::int64_t>(what_if_practices_min) || cohort.used.middle <= 0)
        return fail(ErrorCode::precondition_failed, "too few practices to compare with");
    const auto is_share = [](std::int64_t value) { return value >= 0 && value <= whole; };
    if (!std::ranges::all_of(assumptions.apply, is_share) || !is_share(assumptions.approval) ||
        !is_share(assumptions.pull_through))
        return fail(ErrorCode::invalid_argument, "an assumption is no share");
    return {};
}

std::int64_t share_of(std::int64_t cents, std::int64_t basis_points) {
    return product_over(cents, basis_points, whole);
}

// The cohort's range, moved with the assumption when that is not the cohort's own middle.
RateRange moved(const RateRange& range, std::int64_t middle) {
    const auto scaled = [&](std::int64_t value) {
        return range.middle == 0 ? middle : std::min(whole, product_over(value, middle, range.middle));
    };
    return {scaled(range.low), middle, scaled(range.high)};
}

// Of the cohort's sales of each size, those that went to plans which may be arranged.
std::array<std::int64_t, case_sizes> arranged_share(const CohortRates& cohort) {
    std::array<std::int64_t, case_sizes> share;
    share.fill(whole);
    for (const CohortPlan& plan : cohort.plans)
        for (std::size_t size = 0; plan.is_barred && size < case_sizes; ++size)
            share[size] -= plan.share[size];
    return share;
}

class YearOfPractice {
  public:
    YearOfPractice(const Production& production, const CohortRates& cohort, const WhatIfAssumptions& assumptions)
        : m_assumptions(assumptions), m_arranged(arranged_share(cohort)) {
        const std::int64_t days = production.last_day - production.first_day + 1;
        for (std::size_t size = 0; size < case_sizes; ++size)
            m_year[size] = {product_over(production.by_size[size].cases, days_of_year, days),
                            product_over(production.by_size[size].cents, days_of_year, days)};
    }

    const std::array<CaseSum, case_sizes>& production() const { return m_year; }
    std::int64_t arranged(std::size_t size) const { return m_arranged[size]; }
    std::int64_t financed(std::size_t size, std::int64_t used) const {
        return share_of(share_of(share_of(m_year[size].cents, m_assumptions.apply[size]), m_arranged[size]), used);
    }
    std::int64_t financed(std::int64_t used) const {
        std::int64_t cents = 0;
        for (std::size_t size = 0; size < case_sizes; ++size)
            cents += financed(size, used);
        return cents;
    }

  private:
    WhatIfAssumptions m_assumptions;
    std::array<std::int64_t, case_sizes> m_arranged;
    std::array<CaseSum, case_sizes> m_year{};
};

// Cents by the cohort's plans and the sizes of cases.
class PlanSizes {
  public:
    // A size's cents among its plans: rounded, and what rounding leaves goes to the largest, so that they sum to it.
    static PlanSizes financed(const YearOfPractice& year, const CohortRates& cohort, std::int64_t used) {
        PlanSizes all(cohort.plans.size());
        for (std::size_t size = 0; size < case_sizes; ++size)
            all.spread(year.financed(size, used), year.arranged(size), size, cohort);
        return all;
    }

    PlanSizes fees(const CohortRates& cohort) const {
        PlanSizes all(m_cents.size());
        for (std::size_t plan = 0; plan < m_cents.size(); ++plan)
            for (std::size_t size = 0; size < case_sizes; ++size)
                all.m_cents[plan][size] =
                    share_of(m_cents[plan][size], cohort.plans[plan].plan.merchant_fee_basis_points);
        return all;
    }

    std::int64_t of_plan(std::size_t plan) const {
        return std::accumulate(m_cents[plan].begin(), m_cents[plan].end(), std::int64_t{0});
    }
    std::int64_t of_size(std::size_t size) const {
        std::int64_t cents = 0;
        for (const auto& sizes : m_cents)
            cents += sizes[size];
        return cents;
    }
    std::int64_t whole() const {
        std::int64_t cents = 0;
        for (std::size_t size = 0; size < case_sizes; ++size)
            cents += of_size(size);
        return cents;
    }

  private:
    explicit PlanSizes(std::size_t plans) : m_cents(plans) {}

    void spread(std::int64_t cents, std::int64_t arranged, std::size_t size, const CohortRates& cohort) {
        if (m_cents.empty() || arranged == 0) return;
        const auto share = [&](std::size_t plan) {
            return cohort.plans[plan].is_barred ? 0 : cohort.plans[plan].share[size];
        };
        std::int64_t left = cents;
        std::size_t largest = 0;
        for (std::size_t plan = 0; plan < m_cents.size(); ++plan) {
            m_cents[plan][size] = product_over(cents, share(plan), arranged);
            left -= m_cents[plan][size];
            if (share(plan) > share(largest)) largest = plan;
        }
        m_cents[largest][size] += left;
    }

    std::vector<std::array<std::int64_t, case_sizes>> m_cents;
};

void fill_plans_and_costs(const YearOfPractice& year, const CohortRates& cohort, WhatIf& result) {
    const auto low = PlanSizes::financed(year, cohort, result.used.low);
    const auto middle = PlanSizes::financed(year, cohort, result.used.middle);
    const auto high = PlanSizes::financed(year, cohort, result.used.high);
    const PlanSizes low_fees = low.fees(cohort), middle_fees = middle.fees(cohort), high_fees = high.fees(cohort);
    for (std::size_t plan = 0; plan < cohort.plans.size(); ++plan)
        result.by_plan.push_back({cohort.plans[plan].plan,
                                  {low.of_plan(plan), middle.of_plan(plan), high.of_plan(plan)},
                                  {low_fees.of_plan(plan), middle_fees.of_plan(plan), high_fees.of_plan(plan)}});
    for (std::size_t size = 0; size < case_sizes; ++size)
        result.cost_by_size[size] = {low_fees.of_size(size), middle_fees.of_size(size), high_fees.of_size(size)};
    result.cost = {low_fees.whole(), middle_fees.whole(), high_fees.whole()};
    std::erase_if(result.by_plan, [](const WhatIfPlan& plan) { return plan.volume.middle == 0; });
    std::ranges::stable_sort(result.by_plan, std::ranges::greater(),
                             [](const WhatIfPlan& plan) { return plan.volume.middle; });
}

std::vector<Sensitivity> sensitivities_of(const WhatIf& result) {
    const auto swung = [&](std::int64_t share) { return product_over(result.volume.middle, share, whole); };
    const auto by_rate = [&](const RateRange& range, std::int64_t value) {
        return range.middle == 0 ? 0 : product_over(result.volume.middle, value, range.middle);
    };
    std::vector<Sensitivity> all = {
        {WhatIfFactor::apply, swung(whole - what_if_apply_swing), swung(whole + what_if_apply_swing)},
        {WhatIfFactor::approval, by_rate(result.approval, result.approval.low),
         by_rate(result.approval, result.approval.high)},
        {WhatIfFactor::pull_through, by_rate(result.pull_through, result.pull_through.low),
         by_rate(result.pull_through, result.pull_through.high)},
        {WhatIfFactor::case_amount, swung(whole - what_if_case_swing), swung(whole + what_if_case_swing)}};
    std::ranges::stable_sort(all, std::ranges::greater(), &Sensitivity::spread);
    return all;
}

}  // namespace

std::size_t size_of_case(std::int64_t cents) {
    return static_cast<std::size_t>(std::ranges::upper_bound(case_bounds_cents, cents) - case_bounds_cents.begin());
}

RateRange rate_range(std::vector<std::int64_t> values) {
    if (values.empty()) return {};
    std::ranges::sort(values);
    return {nearest_rank(values, 10), nearest_rank(values, 50), nearest_rank(values, 90)};
}

WhatIfAssumptions first_assumptions(const CohortRates& cohort) {
    return {applying_at_first, cohort.approval.middle, cohort.pull_through.middle};
}

Result<WhatIf> what_if(const Production& production, const CohortRates& cohort, const WhatIfAssumptions& assumptions) {
    PORTAL_TRY(tells_enough(production, cohort, assumptions));
    const YearOfPractice year(production, cohort, assumptions);
    WhatIf result;
    result.days = production.last_day - production.first_day + 1;
    result.production = year.production();
    result.approval = moved(cohort.approval, assumptions.approval);
    result.pull_through = moved(cohort.pull_through, assumptions.pull_through);
    result.used = moved(cohort.used, share_of(assumptions.approval, assumptions.pull_through));
    for (std::size_t size = 0; size < case_sizes; ++size)
        result.by_size[size] = {year.financed(size, result.used.low), year.financed(size, result.used.middle),
                                year.financed(size, result.used.high)};
    result.volume = {year.financed(result.used.low), year.financed(result.used.middle),
                     year.financed(result.used.high)};
    fill_plans_and_costs(year, cohort, result);
    result.sensitivities = sensitivities_of(result);
    return result;
}

}  // namespace portal
