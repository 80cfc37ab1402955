// Rollups in memory, and the answers that FactTable gives to the same questions as far as daily sums can give them:
// everything but single facts, kinds, statuses and days by another basis than the figures' own.
//
// Cells hold only the sums that are not zero. Thread: one owner, as FactTable.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "shared/facts/fact_table.hpp"
#include "shared/facts/rollup.hpp"

namespace portal {

class RollupTable {
  public:
    RollupTable();
    ~RollupTable();
    RollupTable(RollupTable&&) noexcept;
    RollupTable& operator=(RollupTable&&) noexcept;

    // Decodes and takes the place of the rollup with the same id. On an Error the table is unchanged.
    Status put(const FactRollup& rollup);
    // False when there is no such rollup.
    bool remove(const Id& id);
    void clear();

    bool is_empty() const { return m_rollups.empty(); }
    std::size_t size() const { return m_rollups.size(); }
    std::int64_t fact_count() const;  // Facts in the sums.
    // Is there a rollup of a location that is not among these, which are sorted?
    bool has_location_beside(const std::vector<Id>& locations) const;

    // Is the question one that daily sums answer? The functions below take no other one.
    static bool can_answer(const FactQuestion& question);
    // As FactTable's. `without` are locations that are passed over, sorted: those whose facts are at hand.
    std::vector<FactGroup> group(const FactQuestion& question, const std::vector<Id>& without = {}) const;
    FactSums sums(const FactFilter& filter) const;
    PullThroughSums pull_through(const FactFilter& filter, Day closed_until, const std::vector<Id>& without = {}) const;
    std::optional<Day> closed_until(const FactFilter& filter, const std::vector<Id>& without = {}) const;

  private:
    struct Held;
    template <class Visit>
    void each_cell(const FactFilter& filter, const std::vector<Id>& without, const Visit& visit) const;

    std::map<Id, std::unique_ptr<const Held>> m_rollups;
};

}  // namespace portal
