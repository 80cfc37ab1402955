#include "shared/facts/fact_keys.hpp"

#include <algorithm>
#include <numeric>

namespace portal {
namespace {

constexpr Day days_of_a_week = 7;
constexpr MonthIndex months_of_a_quarter = 3;

// The number of the day's group, and the last day for which it is surely the same.
std::pair<std::int64_t, Day> number_of_day(FactKey key, Day day) {
    switch (key) {
        case FactKey::week: {
            const Day monday = day - weekday_of_day(day);
            return {monday, monday + days_of_a_week - 1};
        }
        case FactKey::month: {
            const MonthIndex month = month_of_day(day);
            return {month, first_day_of_month(month + 1) - 1};
        }
        case FactKey::quarter: {
            const MonthIndex month = month_of_day(day);
            return {month - month % months_of_a_quarter, first_day_of_month(month + 1) - 1};
        }
        case FactKey::weekday:
            return {weekday_of_day(day), day};
        default:
            return {day, day};
    }
}

}  // namespace

KeyTable::KeyTable() : m_ordinals(ContributionClasses::keys, 0), m_numbers{0} {}

const KeyTable& KeyTable::of_nothing() {
    static const KeyTable nothing;
    return nothing;
}

KeyTable::KeyTable(const FactTable::State& state, FactKey key, DayRange days) {
    const auto of_code = [](const auto& member) {
        return [&member](std::size_t key) {
            const auto code = static_cast<TraitCode>(key);
            return code < fact_traits::numbering.count ? member(traits_of(code)) : 0;
        };
    };
    switch (key) {
        case FactKey::none:
            *this = of_nothing();
            break;
        case FactKey::day:
        case FactKey::week:
        case FactKey::month:
        case FactKey::quarter:
        case FactKey::weekday:
            by_day(key, days);
            break;
        case FactKey::hour_band:
            m_source = Source::occasion;
            by_value(256, [](std::size_t value) { return static_cast<std::int64_t>(value >> Occasion::hour_shift); });
            break;
        case FactKey::channel:
            m_source = Source::occasion;
            by_value(256, [](std::size_t value) { return static_cast<std::int64_t>(value & Occasion::channel_mask); });
            break;
        case FactKey::cardholder:
            m_source = Source::occasion;
            by_value(256, [](std::size_t value) { return std::int64_t{(value & Occasion::existing_bit) != 0}; });
            break;
        case FactKey::practice:
            m_source = Source::location;
            by_name(state.practice_ranks);
            m_ordinals.resize(state.practice_of_location.size());
            for (std::size_t location = 0; location < m_ordinals.size(); ++location)
                m_ordinals[location] = state.practice_ranks.rank_of[state.practice_of_location[location]];
            break;
        case FactKey::location:
            m_source = Source::location;
            by_name(state.location_ranks);
            break;
        case FactKey::plan:
            m_source = Source::plan;
            by_name(state.plan_ranks);
            break;
        case FactKey::status: {
            m_source = Source::code;
            const auto member = [](const FactTraits& traits) { return static_cast<std::int64_t>(traits.status); };
            by_value(ContributionClasses::keys, of_code(member));
            break;
        }
        case FactKey::kind: {
            m_source = Source::code;
            const auto member = [](const FactTraits& traits) { return static_cast<std::int64_t>(traits.kind); };
            by_value(ContributionClasses::keys, of_code(member));
            break;
        }
    }
}

void KeyTable::by_day(FactKey key, DayRange days) {
    m_source = Source::day;
    m_first_day = days.first;
    if (days.first > days.last) return;
    m_ordinals.resize(static_cast<std::size_t>(days.last - days.first) + 1);
    const bool returns = key == FactKey::weekday;
    if (returns) {
        m_numbers.resize(static_cast<std::size_t>(days_of_a_week));
        std::iota(m_numbers.begin(), m_numbers.end(), 0);
    }
    for (Day day = days.first; day <= days.last;) {
        const auto [number, last] = number_of_day(key, day);
        if (!returns && (m_numbers.empty() || m_numbers.back() != number)) m_numbers.push_back(number);
        const auto ordinal =
            static_cast<std::uint32_t>(returns ? static_cast<std::size_t>(number) : m_numbers.size() - 1);
        for (; day <= std::min(last, days.last); ++day)
            m_ordinals[static_cast<std::size_t>(day - m_first_day)] = ordinal;
    }
}

void KeyTable::by_name(const NameRanks& ranks) {
    m_numbers.assign(ranks.number_at.begin(), ranks.number_at.end());
    m_ordinals = ranks.rank_of;
}

template <class NumberOf>
void KeyTable::by_value(std::size_t values, const NumberOf& number_of) {
    std::int64_t last = 0;
    for (std::size_t value = 0; value < values; ++value) {
        last = std::max(last, number_of(value));
        m_ordinals.push_back(static_cast<std::uint32_t>(number_of(value)));
    }
    m_numbers.resize(static_cast<std::size_t>(last) + 1);
    std::iota(m_numbers.begin(), m_numbers.end(), 0);
}

std::uint32_t KeyTable::ordinal(const Columns& columns, std::size_t row, Day day) const {
    switch (m_source) {
        case Source::nothing:
            return 0;
        case Source::day:
            return ordinal_of_day(day);
        case Source::location:
            return m_ordinals[columns.location[row]];
        case Source::plan:
            return m_ordinals[columns.plan[row]];
        case Source::code:
            return m_ordinals[columns.traits[row]];
        case Source::occasion:
            return m_ordinals[columns.occasion[row]];
    }
    return 0;
}

}  // namespace portal
