// A filter with its ids turned into numbers, and the rows that it lets through. Kinds, statuses and cardholder are
// looked at by MeasureSlots, or by wanted keys here, because both are told by the same two bytes of a row. Internal to
// shared/facts.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "shared/facts/fact_columns.hpp"

namespace portal {

// Rows are looked at in blocks of this many, so that what is kept of a block stays in the nearest cache.
inline constexpr std::size_t block_rows = 2'048;

struct RowRange {
    std::uint32_t begin = 0, end = 0;
};

class Selection {
  public:
    Selection(const FactTable::State& state, const FactFilter& filter);

    const FactFilter& filter() const { return m_filter; }
    // The filter's days, as far as rows have any. Empty when nothing can be selected.
    DayRange days() const { return m_days; }
    // Where rows of the filter's places are: all rows, or some segments' without the others.
    const std::vector<RowRange>& ranges() const { return m_ranges; }
    bool has_places() const { return m_has_places; }

    // Days of the filter's basis of rows [begin, begin + count): the column itself, or `room` filled.
    const std::uint16_t* days_of(const Columns& columns, std::size_t begin, std::size_t count,
                                 std::uint16_t* room) const;
    // Writes the places, from `begin` on, of the rows that days, amount, plans, channels, weekday and hour let through;
    // `out` has room for block_rows + 8. Dead rows may be among them.
    std::size_t select(const Columns& columns, std::size_t begin, std::size_t count, const std::uint16_t* days,
                       std::uint16_t* out) const;

    // By Columns::traits.
    using WantedKeys = std::array<std::uint8_t, ContributionClasses::keys>;
    WantedKeys wanted_keys() const;

  private:
    void find_ranges(const FactTable::State& state);
    void set_basis();
    void set_days(const FactTable::State& state);
    void set_weekday();
    void set_amount();
    void set_plans(const FactTable::State& state);
    void set_occasions();

    FactFilter m_filter;
    DayBasis m_basis =
        DayBasis::own;  // The filter's, or the column's own where that is the same for the filter's kinds.
    DayRange m_days;
    std::vector<RowRange> m_ranges;
    bool m_has_places = false;
    bool m_by_amount = false, m_by_hour = false, m_by_plan = false, m_by_channel = false;
    std::uint16_t m_day_first = 0, m_day_span = 0, m_hour = 0;
    std::uint32_t m_amount_first = 0, m_amount_span = 0;
    std::array<std::uint8_t, 256> m_plans{}, m_channels{};  // By the columns' values.
    std::vector<std::uint8_t> m_weekdays;                   // By day from m_day_first on; empty: any weekday.
};

// Calls visit(row, day) for every live row of the selection.
template <class Visit>
void each_row(const FactTable::State& state, const Selection& selection, const Visit& visit) {
    const Selection::WantedKeys wanted = selection.wanted_keys();
    std::vector<std::uint16_t> room(block_rows), places(block_rows + 8);
    for (const RowRange& range : selection.ranges())
        for (std::size_t begin = range.begin; begin < range.end; begin += block_rows) {
            const std::size_t count = std::min<std::size_t>(block_rows, range.end - begin);
            const std::uint16_t* days = selection.days_of(state.columns, begin, count, room.data());
            const std::size_t selected = selection.select(state.columns, begin, count, days, places.data());
            for (std::size_t index = 0; index < selected; ++index) {
                const std::size_t row = begin + places[index];
                if (wanted[state.columns.traits[row]] != 0)
                    visit(static_cast<std::uint32_t>(row), static_cast<Day>(days[places[index]]));
            }
        }
}

}  // namespace portal
