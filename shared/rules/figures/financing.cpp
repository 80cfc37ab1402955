#include "shared/rules/figures/financing.hpp"

#include "shared/base/check.hpp"
#include "shared/rules/figures/make_figure.hpp"

namespace portal::figures {
namespace {

// 128 bits hold any product of a sum and 10,000; an extension that both compilers have.
__extension__ typedef __int128 Wide;

std::int64_t divide_rounded(Wide numerator, Wide denominator) {
    const Wide half = denominator / 2;
    return static_cast<std::int64_t>((numerator < 0 ? numerator - half : numerator + half) / denominator);
}

// A share of cases: under rate_cases_min of them the two counts stand for themselves.
void set_rate_of_cases(Figure& figure, std::int64_t numerator, std::int64_t denominator) {
    figure.numerator = numerator;
    figure.denominator = denominator;
    if (denominator <= 0)
        figure.reason = FigureReason::no_cases;
    else if (denominator < rate_cases_min)
        figure.reason = FigureReason::too_few_cases;
    else
        figure.value = ratio_basis_points(numerator, denominator);
}

// A share of money.
void set_rate_of_money(Figure& figure, std::int64_t numerator, std::int64_t denominator, std::int64_t cases) {
    figure.numerator = numerator;
    figure.denominator = denominator;
    if (denominator <= 0)
        figure.reason = FigureReason::no_cases;
    else if (cases < rate_cases_min)
        figure.reason = FigureReason::too_few_cases;
    else
        figure.value = ratio_basis_points(numerator, denominator);
}

Figure pull_through_of(const PullThroughSums& sums, std::int64_t used, const Freshness& freshness) {
    Figure figure = make_figure(FigureId::pull_through, FigureUnit::basis_points, FigureBasis::cohort, freshness);
    set_rate_of_cases(figure, used, sums.approved);
    figure.immature = sums.immature_approved;
    if (sums.approved == 0 && sums.immature_approved > 0) figure.reason = FigureReason::not_matured;
    return figure;
}

}  // namespace

std::optional<FactMeasures> measures_behind(FigureId figure) {
    switch (figure) {
        case FigureId::net_financed_volume:
        case FigureId::attainment:
        case FigureId::pace:
        case FigureId::month_forecast:
        case FigureId::net_change:
            return measures_of(FactRank::net_cents);
        case FigureId::average_sale:
        case FigureId::plan_mix:
        case FigureId::change_count:
        case FigureId::change_size:
        case FigureId::change_mix:
        case FigureId::gross_settled:
            return measure(&FactSums::gross_cents);
        case FigureId::change_returns:
        case FigureId::returned:
            return measure(&FactSums::refund_cents) | measure(&FactSums::chargeback_cents) |
                   measure(&FactSums::reversal_cents);
        case FigureId::sales:
            return measure(&FactSums::sales);
        case FigureId::effective_fee_rate:
            return measure(&FactSums::gross_cents) | measure(&FactSums::fee_cents) |
                   measure(&FactSums::fee_refund_cents);
        case FigureId::applications:
        case FigureId::funnel_applied:
        case FigureId::funnel_approved:
        case FigureId::funnel_used:
        case FigureId::funnel_settled:
        case FigureId::funnel_refunded:
            return measure(&FactSums::applications);
        case FigureId::approval_rate:
        case FigureId::approved_amount_share:
            return measure(&FactSums::approved) | measure(&FactSums::declined);
        case FigureId::pull_through:
        case FigureId::approved:
            return measure(&FactSums::approved);
        case FigureId::integration_health:
        case FigureId::deposits:
        case FigureId::open_tickets:
        case FigureId::first_response:
        case FigureId::sla_attainment:
        case FigureId::target:
        case FigureId::open_actions:
        case FigureId::dollars_at_risk:
            break;
    }
    return std::nullopt;
}

bool is_told_of_some_facts(FigureId figure) {
    return figure == FigureId::net_financed_volume || figure == FigureId::applications ||
           figure == FigureId::pull_through || figure == FigureId::net_change || figure == FigureId::gross_settled ||
           figure == FigureId::returned || figure == FigureId::sales || figure == FigureId::approved;
}

std::int64_t product_over(std::int64_t factor, std::int64_t other, std::int64_t divisor) {
    check(divisor > 0, "a divisor above zero");
    return divide_rounded(Wide{factor} * other, divisor);
}

std::int64_t ratio_basis_points(std::int64_t numerator, std::int64_t denominator) {
    check(denominator > 0, "a rate needs a positive denominator");
    return divide_rounded(Wide{numerator} * 10'000, denominator);
}

std::optional<std::int64_t> change_basis_points(std::int64_t now_cents, std::int64_t former_cents) {
    if (former_cents <= 0) return std::nullopt;
    return ratio_basis_points(now_cents - former_cents, former_cents);
}

Figure net_financed_volume(const FactSums& sums, const Freshness& freshness) {
    return plain_sum(FigureId::net_financed_volume, FigureUnit::cents, FigureBasis::posted, sums.net_cents(),
                     freshness);
}

Figure gross_settled(const FactSums& sums, const Freshness& freshness) {
    return plain_sum(FigureId::gross_settled, FigureUnit::cents, FigureBasis::posted, sums.gross_cents, freshness);
}

Figure returned(const FactSums& sums, const Freshness& freshness) {
    return plain_sum(FigureId::returned, FigureUnit::cents, FigureBasis::posted, sums.returned_cents(), freshness);
}

Figure sales(const FactSums& sums, const Freshness& freshness) {
    return plain_sum(FigureId::sales, FigureUnit::count, FigureBasis::posted, sums.sales, freshness);
}

Figure approved(const FactSums& sums, const Freshness& freshness) {
    return plain_sum(FigureId::approved, FigureUnit::count, FigureBasis::cohort, sums.approved, freshness);
}

Figure target(std::optional<std::int64_t> cents, const Freshness& freshness) {
    Figure figure = plain_sum(FigureId::target, FigureUnit::cents, FigureBasis::posted, cents.value_or(0), freshness);
    if (cents) return figure;
    figure.value.reset();
    figure.reason = FigureReason::no_target;
    return figure;
}

Figure average_sale(const FactSums& sums, const Freshness& freshness) {
    Figure figure = make_figure(FigureId::average_sale, FigureUnit::cents, FigureBasis::posted, freshness);
    figure.numerator = sums.gross_cents;
    figure.denominator = sums.sales;
    if (sums.sales > 0)
        figure.value = divide_rounded(sums.gross_cents, sums.sales);
    else
        figure.reason = FigureReason::no_cases;
    return figure;
}

Figure approval_rate(const FactSums& sums, const Freshness& freshness) {
    Figure figure = make_figure(FigureId::approval_rate, FigureUnit::basis_points, FigureBasis::cohort, freshness);
    set_rate_of_cases(figure, sums.approved, sums.decided());
    return figure;
}

Figure approved_amount_share(const FactSums& sums, const Freshness& freshness) {
    Figure figure =
        make_figure(FigureId::approved_amount_share, FigureUnit::basis_points, FigureBasis::cohort, freshness);
    set_rate_of_money(figure, sums.approved_cents, sums.requested_cents, sums.decided());
    return figure;
}

Figure pull_through(const PullThroughSums& sums, const Freshness& freshness) {
    return pull_through_of(sums, sums.used, freshness);
}

Figure pull_through_net(const PullThroughSums& sums, const Freshness& freshness) {
    return pull_through_of(sums, sums.used_net, freshness);
}

Figure applications(const FactSums& sums, const Freshness& freshness) {
    return plain_sum(FigureId::applications, FigureUnit::count, FigureBasis::cohort, sums.applications, freshness);
}

Figure attainment(const FactSums& sums, std::optional<std::int64_t> target_cents, const Freshness& freshness) {
    Figure figure = make_figure(FigureId::attainment, FigureUnit::basis_points, FigureBasis::posted, freshness);
    figure.numerator = sums.net_cents();
    figure.denominator = target_cents.value_or(0);
    if (figure.denominator > 0)
        figure.value = ratio_basis_points(figure.numerator, figure.denominator);
    else
        figure.reason = FigureReason::no_target;
    return figure;
}

Figure pace(const FactSums& sums, std::optional<std::int64_t> target_cents, const BusinessDays& days,
            const Freshness& freshness) {
    check(days.elapsed >= 0 && days.elapsed <= days.whole, "elapsed business days lie within the period's");
    Figure figure = make_figure(FigureId::pace, FigureUnit::basis_points, FigureBasis::posted, freshness);
    figure.numerator = sums.net_cents();
    if (target_cents.value_or(0) <= 0) {
        figure.reason = FigureReason::no_target;
        return figure;
    }
    if (days.elapsed == 0) {
        figure.reason = FigureReason::too_early;
        return figure;
    }
    // The passport shows the target so far; the value is computed without its rounding.
    figure.denominator = divide_rounded(Wide{*target_cents} * days.elapsed, days.whole);
    figure.value = divide_rounded(Wide{figure.numerator} * 10'000 * days.whole, Wide{*target_cents} * days.elapsed);
    return figure;
}

Figure plan_mix(const FactSums& plan_sums, const FactSums& all, const Freshness& freshness) {
    Figure figure = make_figure(FigureId::plan_mix, FigureUnit::basis_points, FigureBasis::posted, freshness);
    set_rate_of_money(figure, plan_sums.gross_cents, all.gross_cents, all.sale_rows);
    return figure;
}

Figure effective_fee_rate(const FactSums& sums, const Freshness& freshness) {
    Figure figure = make_figure(FigureId::effective_fee_rate, FigureUnit::basis_points, FigureBasis::posted, freshness);
    set_rate_of_money(figure, sums.fee_cents - sums.fee_refund_cents, sums.gross_cents, sums.sales);
    return figure;
}

Figure net_change(const FactSums& now, const FactSums& former, const Freshness& freshness) {
    Figure figure = make_figure(FigureId::net_change, FigureUnit::cents, FigureBasis::posted, freshness);
    figure.numerator = now.net_cents();
    figure.denominator = former.net_cents();
    figure.value = figure.numerator - figure.denominator;
    return figure;
}

std::vector<Figure> funnel(const FactSums& cohort, const PullThroughSums& used, const Freshness& freshness) {
    Figure applied = applications(cohort, freshness);
    applied.id = FigureId::funnel_applied;
    const auto share = [&](FigureId id, std::int64_t count) {
        Figure figure = make_figure(id, FigureUnit::basis_points, FigureBasis::cohort, freshness);
        set_rate_of_cases(figure, count, cohort.applications);
        return figure;
    };
    return {applied, share(FigureId::funnel_approved, cohort.approved), share(FigureId::funnel_used, used.presented),
            share(FigureId::funnel_settled, used.used), share(FigureId::funnel_refunded, used.used - used.used_net)};
}

Figure deposits(std::int64_t cents, std::int64_t count, const Freshness& freshness) {
    Figure figure = make_figure(FigureId::deposits, FigureUnit::cents, FigureBasis::posted, freshness);
    figure.numerator = cents;
    figure.denominator = count;
    figure.value = cents;
    return figure;
}

}  // namespace portal::figures
