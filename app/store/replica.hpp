// The browser's SQLite replica: the server's rows (base) with the user's pending edits laid over them (overlay).
//
// Functions that touch the database may throw SQLite::Exception; the store guards its steps (db::guarded) and rolls
// back. Every write happens between begin() and commit(). Thread: the store's.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/store/stream_sums.hpp"
#include "shared/base/limits.hpp"
#include "shared/base/result.hpp"
#include "shared/db/database.hpp"
#include "shared/db/row_table.hpp"
#include "shared/db/statement_cache.hpp"
#include "shared/model/row.hpp"
#include "shared/model/stream.hpp"
#include "shared/rules/mutate.hpp"

namespace portal::store {

using RowKey = std::pair<Entity, Id>;
using RowKeys = std::set<RowKey>;

// What the replica knows about its exchange with the server; stored whole.
struct ReplicaState {
    Id user;
    Id client;
    std::string epoch;  // Empty before the first completed pull.
    std::int64_t cursor = 0;
    std::string permission_set;
    std::int64_t next_mid = 1;
    std::int64_t acked_mid = 0;      // Results up to here are stored.
    InstantMs last_exchange_ms = 0;  // Server time.
    InstantMs clock_offset_ms = 0;   // Server time minus the device's wall clock, at the last exchange.
    // Streams whose rows disagreed with their sum: when each was last loaded anew; 0: to be asked for.
    std::map<StreamId, InstantMs> repairs;
    std::string staged_next_page;  // Continuation of a pull in staging, or empty.
    bool scrub_due = false;        // Rows went away, and the log may still hold them.
    bool demo = false;
    std::int64_t lease_days = limits::offline_lease_days;  // The server's word.
    std::string saved_views;                               // See saved_views.hpp.
    std::string sql_history;                               // See sql_history.hpp.
    // Where this is a copy of what another tab had open: for which generation of the files that was noted, and the
    // intents that the copy brought along, or that were taken from those files since.
    std::int64_t copied_as = 0;
    std::string copied_intents;

    friend bool operator==(const ReplicaState&, const ReplicaState&) = default;
};

// The streams that the next pull asks for anew.
std::vector<StreamId> streams_to_repair(const ReplicaState& state);

class Replica final : public RowStore {
  public:
    // Opens and migrates. Errors: unsupported_version when a newer build has migrated it; corrupted; storage_full.
    static Result<std::unique_ptr<Replica>> open(const db::OpenOptions& options);

    // The same over an open connection.
    static Result<std::unique_ptr<Replica>> adopt(db::Connection database);

    SQLite::Database& database() { return *m_database; }
    db::StatementCache& statements() { return m_statements; }

    // Beyond the process's end every commit holds; beyond the machine's only those that are durable at once, and with
    // each of them all before it.
    enum class Durability : std::uint8_t { at_once, with_a_later_one };
    void begin(Durability durability = Durability::at_once);
    void commit();
    // Safe without a transaction. Forgets what was not committed, in memory too.
    void rollback();
    bool in_transaction() const { return m_in_transaction; }

    const ReplicaState& state() const { return m_state; }
    void set_state(const ReplicaState& state);

    // Overlay over base.
    std::optional<Row> get(Entity entity, const Id& id) override;
    // To the overlay: the user's edits.
    void put(const Row& row) override;
    void each(Entity entity, const std::function<void(Row)>& visit);
    void each_where(Entity entity, std::string_view column, const Value& value, const std::function<void(Row)>& visit);
    // At most `count` rows of the base, as they lie in the file, from after `place` on, which moves along; the
    // overlay's rows come by overlay_keys().
    void each_base_after(Entity entity, std::int64_t& place, std::size_t count, const std::function<void(Row)>& visit);

    std::optional<Row> get_base(Entity entity, const Id& id);
    // `streams`: all memberships of the row, replacing former ones.
    void put_base(const Row& row, const std::vector<StreamId>& streams);
    void remove_base(Entity entity, const Id& id);
    // The streams are lost: rows without another stream go. Returns the rows that went. Reads every row once.
    std::vector<RowKey> drop_streams(const std::vector<StreamId>& streams);
    void clear_base();
    std::vector<StreamId> streams_of(Entity entity, const Id& id);
    StreamSums& sums() { return m_sums; }

    const RowKeys& overlay_keys() const { return m_overlay_keys; }
    bool is_in_overlay(Entity entity, const Id& id) const { return m_overlay_keys.contains({entity, id}); }
    void clear_overlay();

    void stage_page(std::string_view body);
    std::int64_t staged_page_count();
    std::string staged_page(std::int64_t number);  // From 1.
    void clear_staging();

    // Until fold_log() the log grows to limits::deferred_log_pages_max before it is folded into the database.
    void defer_log();
    void fold_log();

    std::int64_t count_base(Entity entity);
    std::int64_t bytes();
    // Leaves no byte of deleted rows in database or log.
    Status scrub();

    // Copies everything into another open, empty database of the same page size (memory to device and back). The
    // replica is to be closed afterwards: its journal is folded in, because a copy in memory cannot have a log.
    Status copy_to(SQLite::Database& target);

  private:
    explicit Replica(db::Connection database);
    void load();
    // Takes the row's version that is there out of the sums. False: there is none.
    bool leave_sums(Entity entity, const Id& id);
    void drop_from(Entity entity, const std::set<std::int64_t>& lost, std::vector<RowKey>& gone);
    db::RowTable& base(Entity entity) { return m_base[static_cast<std::size_t>(entity)]; }
    db::RowTable& overlay(Entity entity) { return m_overlay[static_cast<std::size_t>(entity)]; }

    // A row with its streams before its columns.
    struct BaseStatements {
        explicit BaseStatements(const EntityDescriptor& descriptor);
        std::string insert;  // Does nothing where the row is already.
        std::string update;
    };

    db::Connection m_database;
    db::StatementCache m_statements;
    std::vector<db::RowTable> m_base;
    std::vector<BaseStatements> m_base_statements;
    std::vector<db::RowTable> m_overlay;
    ReplicaState m_state;
    RowKeys m_overlay_keys;
    StreamSums m_sums;
    bool m_in_transaction = false;
    Durability m_durability = Durability::at_once;
    bool m_is_log_deferred = false;
};

}  // namespace portal::store
