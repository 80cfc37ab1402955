// The synthetic tenant as a table of rows in memory, with a counter of changes: what a database is to the server, this
// is to the demo. Only what one account sees is kept.
//
// Thread: the store's.
#pragma once

#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "shared/base/clock.hpp"
#include "shared/rules/access.hpp"
#include "shared/rules/mutate.hpp"
#include "shared/tenant/generator.hpp"

namespace portal::pitch {

// Rows besides the tenant's own, and of how many of its practices there are any, those of the stories first. The
// practices that `more` names are always there.
struct DemoExtent {
    std::span<const Row> more = {};
    std::size_t practices_max = std::numeric_limits<std::size_t>::max();
};

class DemoRows final : public RowStore, private tenant::TenantSink {
  public:
    // Generates the tenant, which takes seconds at full scale. Afterwards the clock's time stands at every change.
    DemoRows(const tenant::DemoOptions& options, const Id& user, const Clock& clock, const DemoExtent& extent = {});

    const Caller& caller() const { return m_caller; }
    const Directory& directory() const { return m_directory; }
    const std::vector<StreamId>& streams() const { return m_streams; }  // Sorted.
    // Number of the latest change; a row's is that of its latest version.
    std::int64_t head() const { return m_head; }
    std::size_t size() const { return m_rows.size(); }
    std::int64_t next_ticket_number() { return ++m_ticket_number; }

    // RowStore
    std::optional<Row> get(Entity entity, const Id& id) override;
    void put(const Row& row) override;
    // What somebody else writes, or a source tells; and what is taken back.
    void put_of(const Id& author, const Row& row);
    void remove(Entity entity, const Id& id);

    void each_row(Entity entity, const std::function<void(const Row&)>& visit) const;

    // The rows that changed after that change, the earliest first, each with the streams it is seen in: none when the
    // account no longer sees it, or it is gone. Until `visit` returns false.
    using Visit = std::function<bool(std::int64_t change, const Row& row, std::vector<StreamId> streams)>;
    void each_after(std::int64_t change, const Visit& visit) const;

  private:
    using Key = std::pair<Entity, Id>;
    struct Held {
        Row row;
        std::int64_t change = 0;
        bool is_gone = false;
    };

    // TenantSink
    void on_row(const Row& row) override;
    void on_facts(const Id& practice, const Id& location, MonthIndex month, Day closed_until,
                  std::span<const FinancingFact> facts) override;
    bool wants_facts_of(const Id& practice) override { return m_practices.contains(practice); }

    bool is_left_out(const Row& row);
    void remember_place(const Row& row);
    void forget_what_is_not_seen();
    std::vector<StreamId> seen_in(const Row& row) const;
    Held& hold(Row row);

    const Clock& m_clock;
    std::size_t m_practices_max;
    std::set<Id> m_practices;
    Caller m_caller;
    Directory m_directory;
    std::map<Id, std::int64_t> m_fact_counts;  // By practice.
    std::vector<StreamId> m_streams;
    std::map<Key, Held> m_rows;
    std::map<std::int64_t, Key> m_changes;
    std::int64_t m_head = 0;
    std::int64_t m_ticket_number = 0;
};

}  // namespace portal::pitch
