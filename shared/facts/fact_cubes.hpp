// Prefix sums by day for what every screen asks, so that any period of it is two look-ups a group. Internal to
// shared/facts.
//
// The cubes, with their dimensions and what they hold:
//   plan x channel x day           every measure
//   practice x channel x day       approved, declined
//   practice x day                 sales, sale rows, gross, refund, chargeback and reversal cents
// Days are facts' own days (basis_day()). A question is answered by the first cube that has its filter's and its keys'
// dimensions and its measures; keys of weeks, months, quarters and weekdays are made of days. Anything else (a
// location, an amount, a status, one cardholder) goes over the rows.
//
// Numbers are kept as differences to the start of their 32 days, as narrow as they are: two counts of 500 practices
// with 4 channels over 730 days are 7 MB. A cube that would take all cubes over limits::fact_cube_bytes_max is not
// made. After a change, the practices' cubes are made anew for the practices that changed, the first one as a whole.
#pragma once

#include <cstdint>
#include <vector>

#include "shared/facts/fact_question.hpp"
#include "shared/facts/fact_table.hpp"
#include "shared/facts/prefix_sums.hpp"

namespace portal {

class KeyTable;
struct RowRange;

enum class CubeAxis : std::uint8_t { plan, practice };

// What one cube keeps of the facts: a measure, and for which way of counting split sales.
struct CubeMeasure {
    std::size_t measure = 0;  // In fact_sum_members.
    bool by_sale = true, by_plan = true;
};

class FactCube {
  public:
    FactCube(CubeAxis axis, bool by_channel, std::vector<CubeMeasure> measures);

    bool can_answer(const FactQuestion& question) const;
    void practice_changed(std::uint16_t practice);
    // Makes it, or what changed of it. False when it would be larger than `bytes_max`; it is empty then, and stays so.
    bool refresh(const FactTable::State& state, std::size_t bytes_max);
    void answer(const FactTable::State& state, const FactQuestion& question, FactCells& answer) const;
    std::size_t memory_bytes() const;

  private:
    // What a row adds to one track, by Columns::traits.
    struct Addend {
        std::uint16_t track;
        std::int8_t base, of_first, of_second;
    };

    std::size_t channels() const;
    std::size_t cells() const { return m_entries * channels(); }
    bool fits(const FactTable::State& state) const;
    void make_whole(const FactTable::State& state);
    void make_practice(const FactTable::State& state, std::uint16_t practice);
    void add_row(const FactTable::State& state, std::size_t row, std::size_t cell, std::size_t cells,
                 std::vector<std::int64_t>& daily) const;
    void make_addends();
    std::vector<RowRange> wanted_cells(const FactTable::State& state, const FactFilter& filter) const;
    std::vector<std::uint32_t> groups_of_cells(const FactTable::State& state, const FactQuestion& question,
                                               std::size_t second_count) const;
    static void tell(const KeyTable& first, const KeyTable& second, std::vector<std::int64_t> values, std::size_t width,
                     FactCells& answer);
    std::size_t track_of(std::size_t measure, bool by_plan) const;
    std::vector<std::size_t> tracks_of(const FactQuestion& question, FactMeasures measures) const;

    CubeAxis m_axis;
    bool m_by_channel;
    std::vector<CubeMeasure> m_measures;  // Of each track.
    std::vector<Addend> m_addends;
    std::vector<std::uint32_t> m_addends_at;  // By slot key, and one more.
    Day m_first_day = 0;
    std::size_t m_days = 0, m_entries = 0;  // Room for so many days, and practices or plans.
    std::vector<PrefixSums> m_tracks;
    std::vector<std::uint16_t> m_stale;
    std::vector<std::uint8_t> m_is_stale;  // By practice.
    bool m_is_made = false, m_is_too_large = false;
};

class FactCubes {
  public:
    FactCubes();
    void practice_changed(std::uint16_t practice);
    // False when no cube can. The state is refreshed.
    bool answer(const FactTable::State& state, const FactQuestion& question, FactCells& answer);
    std::size_t memory_bytes() const;

  private:
    std::vector<FactCube> m_cubes;
};

}  // namespace portal
