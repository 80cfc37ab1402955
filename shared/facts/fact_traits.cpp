#include "shared/facts/fact_traits.hpp"

#include <algorithm>

#include "shared/base/check.hpp"

namespace portal {
namespace {

FactSums sums_of(TraitCode code, bool existing, SplitBy split, FactMoney money) {
    FactSums sums;
    add_fact(sums, event_of(code, existing, split, money));
    return sums;
}

// Amounts of one cent tell the factors: add_fact() is linear in them for facts of one code.
Contribution contribution_of(TraitCode code, bool existing, SplitBy split) {
    const FactTraits& traits = traits_of(code);
    const bool moves_nothing = traits.kind == FactKind::void_ && !traits.duplicate && traits.detail == 0;
    const std::int64_t least = moves_nothing ? 0 : 1;
    const FactSums one = sums_of(code, existing, split, {least, 0});
    const FactSums two = sums_of(code, existing, split, {least + least, 0});
    const FactSums with_second = sums_of(code, existing, split, {least, 1});
    Contribution contribution;
    for (std::size_t index = 0; index < fact_sum_members.size(); ++index) {
        const auto member = fact_sum_members[index];
        contribution.of_first[index] = static_cast<std::int8_t>(two.*member - one.*member);
        contribution.of_second[index] = static_cast<std::int8_t>(with_second.*member - one.*member);
        contribution.base[index] = static_cast<std::int8_t>(one.*member - least * contribution.of_first[index]);
    }
    return contribution;
}

// The part of a contribution that some measures see.
Contribution seen_by(FactMeasures measures, Contribution contribution) {
    for (std::size_t index = 0; index < fact_sum_members.size(); ++index)
        if ((measures >> index & 1) == 0)
            contribution.base[index] = contribution.of_first[index] = contribution.of_second[index] = 0;
    return contribution;
}

FactMeasures moved_by(const Contribution& contribution) {
    FactMeasures moved = 0;
    for (std::size_t index = 0; index < fact_sum_members.size(); ++index)
        if (contribution.base[index] != 0 || contribution.of_first[index] != 0 || contribution.of_second[index] != 0)
            moved |= FactMeasures{1} << index;
    return moved;
}

std::uint8_t number_of(std::vector<Contribution>& known, const Contribution& contribution) {
    auto found = std::find(known.begin(), known.end(), contribution);
    if (found == known.end()) found = known.insert(found, contribution);
    return static_cast<std::uint8_t>(found - known.begin());
}

bool has_factor(const Contribution::Factors& factors) {
    return factors != Contribution::Factors{};
}

bool adds_to(FactMeasures measures, TraitCode code, bool existing_cardholder) {
    if (measures == 0) return true;
    const std::size_t key = code | (existing_cardholder ? existing_key : 0u);
    return (contribution_classes(SplitBy::plan).measures_moved(key) & measures) != 0;
}

}  // namespace

FilterReach reach_of(const FactFilter& filter, FactMeasures measures) {
    bool lets_through = false, leaves_out = false;
    for (std::size_t code = 0; code < fact_traits::numbering.count; ++code) {
        const FactTraits& traits = traits_of(static_cast<TraitCode>(code));
        if (!adds_to(measures, static_cast<TraitCode>(code), false)) continue;
        const bool is_selected_here =
            is_selected(filter.kinds, traits.kind) && is_selected(filter.statuses, traits.status);
        (is_selected_here ? lets_through : leaves_out) = true;
    }
    if (!lets_through) return FilterReach::nothing;
    return leaves_out ? FilterReach::some : FilterReach::all;
}

FactEvent event_of(TraitCode code, bool existing_cardholder, SplitBy split, FactMoney money) {
    const FactTraits& traits = traits_of(code);
    FactEvent event;
    event.kind = traits.kind;
    event.status = traits.status;
    event.duplicate = traits.duplicate;
    event.existing_cardholder = existing_cardholder;
    if (traits.kind == FactKind::application) {
        event.requested_cents = money.first;
        event.approved_cents = money.second;
        return event;
    }
    event.settled_cents = money.first;
    event.fee_cents = money.second;
    event.of_earlier_month = traits.kind == FactKind::refund && traits.detail == refund_of_earlier_month;
    std::uint8_t row = traits.detail;
    if (traits.kind == FactKind::void_ && row >= void_of_settled)
        row = static_cast<std::uint8_t>(row - void_of_settled);
    if (traits.kind == FactKind::sale || traits.kind == FactKind::void_)
        event.first_of_sale = static_cast<SaleRow>(row) == SaleRow::first ||
                              (split == SplitBy::plan && static_cast<SaleRow>(row) == SaleRow::first_in_plan);
    return event;
}

ContributionClasses::ContributionClasses(SplitBy split) {
    m_classes.emplace_back();
    for (std::size_t code = 0; code < fact_traits::numbering.count; ++code)
        for (const bool existing : {false, true})
            m_class_of[code | (existing ? existing_key : 0u)] =
                number_of(m_classes, contribution_of(static_cast<TraitCode>(code), existing, split));
    for (const Contribution& contribution : m_classes)
        m_moved.push_back(moved_by(contribution));
}

const ContributionClasses& contribution_classes(SplitBy split) {
    static const ContributionClasses by_sale(SplitBy::sale), by_plan(SplitBy::plan);
    return split == SplitBy::sale ? by_sale : by_plan;
}

bool is_wanted(const FactFilter& filter, TraitCode code, bool existing_cardholder) {
    const FactTraits& traits = traits_of(code);
    return is_selected(filter.kinds, traits.kind) && is_selected(filter.statuses, traits.status) &&
           (filter.cardholder == Cardholder::any ||
            existing_cardholder == (filter.cardholder == Cardholder::existing)) &&
           adds_to(filter.adding, code, existing_cardholder);
}

MeasureSlots::MeasureSlots(const FactFilter& filter, SplitBy split, FactMeasures measures) {
    const ContributionClasses& classes = contribution_classes(split);
    slots.emplace_back();
    std::vector<std::uint8_t> slot_of_class;
    for (const Contribution& contribution : classes.classes()) {
        slot_of_class.push_back(number_of(slots, seen_by(measures, contribution)));
        needs_first |= has_factor(slots[slot_of_class.back()].of_first);
        needs_second |= has_factor(slots[slot_of_class.back()].of_second);
    }
    for (std::size_t code = 0; code < fact_traits::numbering.count; ++code)
        for (const bool existing : {false, true}) {
            const std::size_t key = code | (existing ? existing_key : 0u);
            if (is_wanted(filter, static_cast<TraitCode>(code), existing))
                slot_of[key] = slot_of_class[classes.class_of(key)];
        }
}

}  // namespace portal
