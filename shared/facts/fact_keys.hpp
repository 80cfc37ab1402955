// The groups of one key: which value of which column falls into which group, and what the group is called. Groups have
// ordinals from 0 in the order in which they are told. Internal to shared/facts.
#pragma once

#include <cstdint>
#include <vector>

#include "shared/facts/fact_columns.hpp"

namespace portal {

class KeyTable {
  public:
    // `days` are those that rows can have under the filter; only day keys look at them.
    KeyTable(const FactTable::State& state, FactKey key, DayRange days);
    // Of FactKey::none.
    static const KeyTable& of_nothing();

    std::size_t count() const { return m_numbers.size(); }
    std::int64_t number(std::size_t ordinal) const { return m_numbers[ordinal]; }

    std::uint32_t ordinal(const Columns& columns, std::size_t row, Day day) const;
    std::uint32_t ordinal_of_day(Day day) const { return m_ordinals[static_cast<std::size_t>(day - m_first_day)]; }

    // The column that tells: a row's value there, less offset(), is an index of ordinals(). `nothing` has one ordinal
    // for all values of a byte.
    enum class Source : std::uint8_t { nothing, day, location, plan, code, occasion };
    Source source() const { return m_source; }
    std::size_t offset() const { return static_cast<std::size_t>(m_first_day); }
    const std::vector<std::uint32_t>& ordinals() const { return m_ordinals; }

  private:
    KeyTable();
    void by_day(FactKey key, DayRange days);
    void by_name(const NameRanks& ranks);
    template <class NumberOf>
    void by_value(std::size_t values, const NumberOf& number_of);

    Source m_source = Source::nothing;
    Day m_first_day = 0;
    std::vector<std::uint32_t> m_ordinals;  // By the column's value.
    std::vector<std::int64_t> m_numbers;    // By ordinal.
};

}  // namespace portal
