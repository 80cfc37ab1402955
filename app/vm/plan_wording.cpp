#include "app/vm/plan_wording.hpp"

#include "app/vm/pitch_words.hpp"

namespace portal::vm {
namespace {

std::string payments_of(const Format& format, const PaymentEstimate& estimate) {
    const std::string count = format.number(estimate.payments);
    const std::string each = format.money_exact(estimate.payment_cents);
    const std::string total = format.money_exact(estimate.total_cents);
    if (estimate.last_payment_cents == estimate.payment_cents)
        return say(format.language(), PitchWord::estimate_payments, {count, each, total});
    return say(
        format.language(), PitchWord::estimate_payments_last,
        {count, format.number(estimate.payments - 1), each, format.money_exact(estimate.last_payment_cents), total});
}

}  // namespace

PlanWording plan_wording(const Format& format, const PromoPlan& plan) {
    const Language language = format.language();
    const std::string months = format.number(plan.months);
    const std::string apr = format.percent_exact(plan.apr_basis_points);
    const std::string example(say(language, PitchWord::plan_example));
    if (plan.kind == PlanKind::reduced_apr) return {say(language, PitchWord::plan_reduced_claim, {apr}), example};
    if (plan.kind != PlanKind::deferred_interest) return {};
    return {say(language, PitchWord::plan_deferred_claim, {months}),
            say(language, PitchWord::plan_deferred_condition, {months, apr}) + " " + example};
}

std::string estimate_sentence(const Format& format, const PaymentEstimate& estimate) {
    const Language language = format.language();
    const std::string assumptions = " " + std::string(say(language, PitchWord::plan_assumptions));
    const std::string payments = payments_of(format, estimate);
    if (estimate.kind == PlanKind::reduced_apr) return payments + "." + assumptions;
    const std::string months = format.number(estimate.months);
    const std::string minimum = format.money_exact(estimate.required_minimum_cents);
    const std::string needed = say(language, PitchWord::estimate_needed, {months, payments});
    const std::string least = estimate.left_after_minimums_cents == 0
                                  ? say(language, PitchWord::estimate_minimum_enough, {minimum})
                                  : say(language, PitchWord::estimate_minimum_short,
                                        {minimum, format.money_exact(estimate.left_after_minimums_cents), months});
    return needed + " " + least + assumptions;
}

}  // namespace portal::vm
