// The financing figures: one function each, from sums to a Figure. Formulas are product figures' own words.
//
// All take `Freshness`, which every figure repeats. A zero denominator gives no value and a reason; a rate of fewer
// than ten cases gives no value, the reason too_few_cases and both counts. Values round half away from zero.
#pragma once

#include <optional>
#include <vector>

#include "shared/model/figure.hpp"
#include "shared/rules/figures/fact_sums.hpp"

namespace portal::figures {

inline constexpr std::int64_t rate_cases_min = 10;

struct Freshness {
    InstantMs as_of_ms = 0;  // Server time of the data.
    Day closed_until = 0;    // The source's closing date.
};

// Settled sales - refunds - chargebacks + reversals, by posted date; voids out; may be negative. Version 1.
Figure net_financed_volume(const FactSums& sums, const Freshness& freshness);
// Gross settled / number of sales (splits merged, voids out). Version 1.
Figure average_sale(const FactSums& sums, const Freshness& freshness);
// Approved / (approved + declined), cohort by application date; a counter-offer is approved. Version 1.
Figure approval_rate(const FactSums& sums, const Freshness& freshness);
// Approved amount / requested amount of the same applications. Version 1.
Figure approved_amount_share(const FactSums& sums, const Freshness& freshness);
// Approved applications with a settled sale at the same practice in time / approved, matured cohorts only; `immature`
// counts the approved ones left out. Version 1.
Figure pull_through(const PullThroughSums& sums, const Freshness& freshness);
// The secondary rate: sales refunded in full do not count as used. Version 1.
Figure pull_through_net(const PullThroughSums& sums, const Freshness& freshness);
// Applications, by day of the application; source-flagged duplicates are out. Version 1.
Figure applications(const FactSums& sums, const Freshness& freshness);
// Net / full target. No target: a reason, not zero. Version 1.
Figure attainment(const FactSums& sums, std::optional<std::int64_t> target_cents, const Freshness& freshness);

// Business days of the period that are over, up to the last closed one, and of the whole period, by the practice's
// calendar (rules/business_time counts them).
struct BusinessDays {
    std::int64_t elapsed = 0;
    std::int64_t whole = 0;
};
// Net / (target x elapsed / whole). Before the first elapsed day: too_early. Version 1.
Figure pace(const FactSums& sums, std::optional<std::int64_t> target_cents, const BusinessDays& days,
            const Freshness& freshness);
// A plan's gross settled dollars / all. `plan_sums` is one plan's, `all` the whole selection's. Version 1.
Figure plan_mix(const FactSums& plan_sums, const FactSums& all, const Freshness& freshness);
// (Merchant fees - fee refunds) / gross settled sales. Version 1.
Figure effective_fee_rate(const FactSums& sums, const Freshness& freshness);
// What the net is made of. Sums of posted money: settled sales; refunds and chargebacks net of reversals; the number of
// sales (splits merged, voids out). Version 1.
Figure gross_settled(const FactSums& sums, const Freshness& freshness);
Figure returned(const FactSums& sums, const Freshness& freshness);
Figure sales(const FactSums& sums, const Freshness& freshness);
// Approved applications by day of the application; a counter-offer is approved. Version 1.
Figure approved(const FactSums& sums, const Freshness& freshness);
// Of the whole period, as it was set. Version 1.
Figure target(std::optional<std::int64_t> cents, const Freshness& freshness);
// Net financed volume of a period minus that of the one it is compared with. Version 1.
Figure net_change(const FactSums& now, const FactSums& former, const Freshness& freshness);
// What became of the applications of matured days, each step a share of all of them: applied, approved, used (brought
// to a sale in time, whatever became of it), settled, refunded in full. `used` keeps the matured part apart itself.
// Version 1.
std::vector<Figure> funnel(const FactSums& cohort, const PullThroughSums& used, const Freshness& freshness);
// Sum of deposits of the period. `count` shows how many; zero deposits is a true zero. Version 1.
Figure deposits(std::int64_t cents, std::int64_t count, const Freshness& freshness);

// The sums that a figure is made of: the facts that add to them are the rows behind it. None of figures that are not
// made of financing facts.
std::optional<FactMeasures> measures_behind(FigureId figure);

// Can the figure be told of some of those facts under its own name? Sums can, and a rate whose every case is judged by
// itself; what sets facts against each other cannot.
bool is_told_of_some_facts(FigureId figure);

// Change of a figure of money against another period, in basis points; absent when the former is not positive.
std::optional<std::int64_t> change_basis_points(std::int64_t now_cents, std::int64_t former_cents);

// factor * other / divisor, half away from zero, computed in 128 bits. divisor > 0.
std::int64_t product_over(std::int64_t factor, std::int64_t other, std::int64_t divisor);
// numerator * 10,000 / denominator, half away from zero; exact for any pair of sums below 2^63 / 10,000... and beyond,
// as it is computed in 128 bits. denominator > 0.
std::int64_t ratio_basis_points(std::int64_t numerator, std::int64_t denominator);

}  // namespace portal::figures
