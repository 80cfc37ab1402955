#include "app/pitch/prospect_numbers.hpp"

#include "shared/rules/figures/financing.hpp"
#include "shared/rules/payment_estimate.hpp"
#include "shared/rules/state_rules.hpp"
#include "shared/rules/what_if.hpp"

namespace portal::pitch {

ProspectNumbers::ProspectNumbers(std::shared_ptr<LatestValue<Cohorts>> cohorts, Day today)
    : m_cohorts(std::move(cohorts)), m_today(today) {
    m_part.state_rules = state_rules();
}

void ProspectNumbers::look_at(Specialty specialty) {
    if (m_part.has_cohort && m_part.cohort.specialty == specialty) return;
    const auto known = m_cohorts->take();
    if (!known) return;
    for (const CohortRates& cohort : *known) {
        if (cohort.specialty != specialty) continue;
        m_part.cohort = cohort;
        m_part.has_cohort = true;
        m_part.assumptions = first_assumptions(cohort);
        update();
    }
}

void ProspectNumbers::mark_barred_plans() {
    m_part.state_rule = nullptr;
    for (CohortPlan& plan : m_part.cohort.plans) {
        const StateRule* rule = barring_rule(m_part.state, m_part.cohort.specialty, plan.plan.kind, m_today);
        plan.is_barred = rule != nullptr;
        if (rule) m_part.state_rule = rule;
    }
}

void ProspectNumbers::take_file(std::string name, std::string bytes, bool is_cut) {
    m_file.emplace(std::move(name), std::move(bytes), is_cut);
    update();
}

void ProspectNumbers::ask(const vm::PitchAsked& asked) {
    switch (asked.wish) {
        case vm::PitchWish::choose_day_column:
            if (m_file) m_file->choose_columns(asked.value, m_file->part().amount_column);
            break;
        case vm::PitchWish::choose_amount_column:
            if (m_file) m_file->choose_columns(m_file->part().day_column, asked.value);
            break;
        case vm::PitchWish::choose_day_order:
            if (m_file) m_file->choose_day_order(static_cast<vm::DayOrder>(asked.value));
            break;
        case vm::PitchWish::assume: {
            const auto field = static_cast<std::size_t>(asked.index);
            WhatIfAssumptions& assumptions = m_part.assumptions;
            (field < case_sizes    ? assumptions.apply[field]
             : field == case_sizes ? assumptions.approval
                                   : assumptions.pull_through) = asked.value;
            break;
        }
        case vm::PitchWish::choose_state:
            m_part.state =
                asked.value < 0 ? std::string_view() : state_rules()[static_cast<std::size_t>(asked.value)].state;
            break;
        case vm::PitchWish::assume_as_at_first:
        case vm::PitchWish::reset:
            m_part.state = {};
            m_part.assumptions = first_assumptions(m_part.cohort);
            break;
        default:
            return;
    }
    update();
}

void ProspectNumbers::forget() {
    m_file.reset();
    m_part.state = {};
    m_part.assumptions = first_assumptions(m_part.cohort);
    update();
}

void ProspectNumbers::update() {
    m_part.file = m_file ? std::optional(m_file->part()) : std::nullopt;
    m_part.result.reset();
    m_part.tells_too_little = false;
    mark_barred_plans();
    if (m_part.file && m_part.file->problem == vm::FileProblem::none && m_part.has_cohort) {
        if (auto result = what_if(m_part.file->production, m_part.cohort, m_part.assumptions))
            m_part.result = std::move(*result);
        else
            m_part.tells_too_little = true;
    }
    update_offers();
}

// For the average of the cases that a plan could be for.
void ProspectNumbers::update_offers() {
    m_part.offers.clear();
    if (!m_part.result) return;
    CaseSum large;
    for (std::size_t size = 1; size < case_sizes; ++size) {
        large.cases += m_part.file->production.by_size[size].cases;
        large.cents += m_part.file->production.by_size[size].cents;
    }
    if (large.cases == 0) return;
    const std::int64_t average = figures::product_over(large.cents, 1, large.cases * 100) * 100;
    std::vector<PromoPlan> plans;
    for (const CohortPlan& plan : m_part.cohort.plans)
        if (!plan.is_barred) plans.push_back(plan.plan);
    for (const PromoPlan& plan : plans_for_purchase(plans, average, m_today))
        if (const auto estimate = payment_estimate(plan, average, m_today)) m_part.offers.push_back({plan, *estimate});
}

}  // namespace portal::pitch
