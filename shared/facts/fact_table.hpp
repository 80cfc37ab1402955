// All financing facts that a side holds, as narrow columns in memory, with prefix sums for what every screen asks
// (fact_cubes.hpp). Figures are sums over it (rules/figures says which fact adds what); all questions that no cube
// answers are answered by one pass over the rows.
//
// Segments are appended, replaced and removed by id; rows of a replaced segment are marked dead and swept when they are
// more than a quarter of the table. Joins between facts, cubes and sorted indexes are made when they are first asked
// for after a change, and only of the practices that changed where that is enough. Shapes: fact_question.hpp. Bounds:
// limits.hpp, `fact_`; about 64 bytes a fact. Thread: one owner (the store thread; on the server, the holder of the
// snapshot). No locks inside; asking may settle what a change left open, so two threads may not even ask at once.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/limits.hpp"
#include "shared/base/result.hpp"
#include "shared/facts/fact_question.hpp"

namespace portal {

class FactTable {
  public:
    struct State;  // The columns; see fact_columns.hpp.

    // Cubes are made from so many facts on.
    explicit FactTable(std::size_t cube_rows_min = limits::fact_cube_rows_min);
    ~FactTable();
    FactTable(FactTable&&) noexcept;
    FactTable& operator=(FactTable&&) noexcept;

    // Decodes and takes the place of the segment with the same id. On an Error the table is unchanged: bytes that
    // contradict the row, or a fact beyond what limits.hpp lets a fact be.
    Status put_segment(const FactSegment& segment);
    // False when there is no such segment.
    bool remove_segment(const Id& id);
    void clear();

    std::size_t size() const;  // Live facts.
    std::size_t segment_count() const;
    // Of everything that is kept: columns, texts, dictionaries, cubes, indexes.
    std::size_t memory_bytes() const;

    FactSums sums(const FactFilter& filter) const;
    std::vector<FactGroup> group(const FactFilter& filter, FactKey key) const;
    // Several questions in one pass over the rows.
    std::vector<std::vector<FactGroup>> answer(const std::vector<FactQuestion>& questions) const;
    std::vector<FactCells> cells(const std::vector<FactQuestion>& questions) const;
    // Of a group's number in cells() by practice, location or plan; until the next change of the table.
    std::string_view id_of(FactKey key, std::int64_t number) const;

    // In group()'s order.
    std::vector<FactCount> distinct_applications(const FactFilter& filter, FactKey key) const;
    // Of the facts' amounts, exactly: the smallest one that at least this many basis points of them do not exceed
    // (nearest rank; 0 gives the least). Duplicates are left out. Empty when nothing is selected.
    std::vector<std::int64_t> amount_quantiles(const FactFilter& filter, const std::vector<int>& basis_points) const;

    // Cohort by event day of the filter's range; sales are looked for beyond it. Maturity by `closed_until`.
    PullThroughSums pull_through(const FactFilter& filter, Day closed_until) const;
    // The same by any key, in group()'s order.
    std::vector<std::pair<FactGroup, PullThroughSums>> pull_through_by(const FactFilter& filter, FactKey key,
                                                                       Day closed_until) const;

    // Ties by event day (newest first, but where days are the order), then location and external key.
    FactPage page(const FactFilter& filter, FactOrder order, std::size_t offset, std::size_t count) const;

    // The same for somebody who looks through a list: what is selected is put in order once and kept until another list
    // is asked for or the table changes, so that a window anywhere costs its own rows. `reference` restricts to facts
    // whose key or application begins with it, the case of ASCII letters aside.
    FactPage window(const FactFilter& filter, std::string_view reference, FactOrder order, std::size_t offset,
                    std::size_t count) const;

    // How many facts of window()'s list each value of a key has, in group()'s order and without sums. Not by days.
    std::vector<std::pair<FactGroup, std::int64_t>> listed_by(const FactFilter& filter, std::string_view reference,
                                                              FactKey key) const;

    // The source has reported every day up to this one; absent without segments of the filter's places. (Closing dates
    // are the source's, so the newest told for any of the places holds for all; only the filter's places matter.)
    std::optional<Day> closed_until(const FactFilter& filter) const;

  private:
    std::unique_ptr<State> m_state;
};

}  // namespace portal
