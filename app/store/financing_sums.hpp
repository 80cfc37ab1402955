// The figures' sums on this device, whichever form they came in: facts, or the daily rollups of those whose facts would
// be too many. Builders ask here and need not know.
//
// A location whose facts are here is summed from them, also when its rollups are here too (two grants may give both).
// Thread: the store's.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "shared/facts/fact_table.hpp"
#include "shared/facts/rollup_table.hpp"

namespace portal::store {

class FinancingSums {
  public:
    // Errors: bytes that do not decode; what was here before stays.
    Status put(const FactSegment& segment);
    Status put(const FactRollup& rollup);
    void remove_segment(const Id& id);
    void remove_rollup(const Id& id) { m_rollups.remove(id); }
    void clear();

    const FactTable& facts() const { return m_facts; }
    // Are there places that are known by their daily sums alone? Their single facts are the server's to tell.
    bool has_rollups_alone() const;

    // As FactTable's; questions that daily sums cannot answer (RollupTable::can_answer) are answered from facts alone.
    std::vector<std::vector<FactGroup>> answer(const std::vector<FactQuestion>& questions) const;
    FactSums sums(const FactFilter& filter) const;
    PullThroughSums pull_through(const FactFilter& filter, Day closed_until) const;
    std::optional<Day> closed_until(const FactFilter& filter) const;

  private:
    std::vector<Id> fact_locations() const;  // Sorted.

    FactTable m_facts;
    RollupTable m_rollups;
    std::map<Id, Id> m_location_by_segment;
    std::map<Id, std::size_t> m_segments_by_location;
};

// A screen's questions: one pass over the facts answers them all, and what several parts want is asked once.
class QuestionSheet {
  public:
    // The place of its answer.
    std::size_t ask(FactQuestion question);
    void answer(const FinancingSums& sums) { m_answers = sums.answer(m_questions); }
    const std::vector<FactGroup>& operator[](std::size_t place) const { return m_answers[place]; }
    // All groups of an answer together.
    FactSums sum(std::size_t place) const;

  private:
    std::vector<FactQuestion> m_questions;
    std::vector<std::vector<FactGroup>> m_answers;
};

}  // namespace portal::store
