// All financing facts that a side holds, as columns in memory. Figures are sums over it (rules/figures says which fact
// adds what); a screen's sums come from one pass over the rows.
//
// Segments are appended, replaced and removed by id; rows of a replaced segment are marked dead and swept when they are
// more than a quarter of the table. Practices, locations and plans are dictionary numbers, texts lie in pools.
// Shapes: days are inclusive ranges; ids are rows' ids; unknown ids in a filter select nothing.
// Thread: one owner (the store thread; on the server, the holder of the snapshot). No locks inside.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/model/records.hpp"
#include "shared/rules/figures/fact_sums.hpp"

namespace portal {

// Which day of a fact a period asks for. `own` is the figures' rule: applications by event day, money by posted day.
enum class DayBasis : std::uint8_t { own, event, posted };

struct FactFilter {
    DayRange days;
    DayBasis basis = DayBasis::own;
    // Empty lists do not restrict. An empty plan id selects facts without a plan.
    std::vector<Id> practices;
    std::vector<Id> locations;
    std::vector<Id> plans;
    std::vector<FactChannel> channels;
    std::vector<FactKind> kinds;
};

enum class FactKey : std::uint8_t { none, day, month, practice, location, plan, channel, status };

struct FactGroup {
    Id id;                    // Of practice, location or plan.
    std::int64_t number = 0;  // Day, month, or the value of channel and status; otherwise 0.
    FactSums sums;
};

enum class FactOrder : std::uint8_t { newest_first, oldest_first, amount_descending };

struct FactPage {
    std::int64_t total = 0;  // Facts that the filter selects.
    std::vector<FinancingFact> facts;
};

// Several questions answered in one pass over the rows.
struct FactQuestion {
    FactFilter filter;
    FactKey key = FactKey::none;
};

class FactTable {
  public:
    struct State;  // The columns; see fact_columns.hpp.

    FactTable();
    ~FactTable();
    FactTable(FactTable&&) noexcept;
    FactTable& operator=(FactTable&&) noexcept;

    // Decodes and takes the place of the segment with the same id. On an Error the table is unchanged.
    Status put_segment(const FactSegment& segment);
    // False when there is no such segment.
    bool remove_segment(const Id& id);
    void clear();

    std::size_t size() const;  // Live facts.
    std::size_t segment_count() const;
    std::size_t memory_bytes() const;  // Of the columns and pools.

    FactSums sums(const FactFilter& filter) const;
    // Groups without facts are absent. In order of number, or of id for practice, location and plan.
    std::vector<FactGroup> group(const FactFilter& filter, FactKey key) const;
    std::vector<std::vector<FactGroup>> answer(const std::vector<FactQuestion>& questions) const;

    // Cohort by event day of the filter's range; sales are looked for beyond it. Maturity by `closed_until`.
    PullThroughSums pull_through(const FactFilter& filter, Day closed_until) const;
    // The same by practice, location, plan or month of application, in group()'s order.
    std::vector<std::pair<FactGroup, PullThroughSums>> pull_through_by(const FactFilter& filter, FactKey key,
                                                                       Day closed_until) const;

    FactPage page(const FactFilter& filter, FactOrder order, std::size_t offset, std::size_t count) const;

    // The source has reported every day up to this one; absent without segments of the filter's places. (Closing dates
    // are the source's, so the newest told for any of the places holds for all; only the filter's places matter.)
    std::optional<Day> closed_until(const FactFilter& filter) const;

  private:
    std::unique_ptr<State> m_state;
};

}  // namespace portal
