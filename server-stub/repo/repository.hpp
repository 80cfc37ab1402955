// The server's memory. SQL stays behind this interface; SQLite implements it now, PostgreSQL later, and the contract
// suite (tests/server-stub/repo/repository_contract.hpp) takes any implementation.
//
// Reads: Repository::read() from any thread; a ReadSnapshot serves one request, on one thread, and is then released.
// Writes: only as jobs of the one CommitQueue (commit_queue.hpp).
// Errors: storage that fails (disk full, lock, corruption) throws StorageFault, caught once by the request dispatcher
// and by the commit queue; "no such row" is an empty optional.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "server-stub/repo/account_records.hpp"
#include "server-stub/repo/import_writes.hpp"
#include "server-stub/repo/share_records.hpp"
#include "shared/base/result.hpp"
#include "shared/rules/access.hpp"
#include "shared/rules/caller.hpp"
#include "shared/rules/mutate.hpp"

namespace portal::server {

class StorageFault : public std::runtime_error {
  public:
    explicit StorageFault(Error error) : std::runtime_error(error.message), m_error(std::move(error)) {}
    const Error& error() const { return m_error; }

  private:
    Error m_error;
};

struct SyncHead {
    std::string epoch;       // Random; changed at every restore.
    std::int64_t seq = 0;    // Of the newest committed change.
    std::int64_t floor = 0;  // Tombstones at or below it are gone: an older cursor is answered by a reset.
};

// One row's newest event in one stream: it is there (with the row's own newest seq), or it left at that seq.
enum class Membership : std::uint8_t { present, gone };
struct StreamEntry {
    std::int64_t seq = 0;
    Entity entity = Entity::vendor;
    Id row;
    Membership membership = Membership::present;
};

struct StreamState {
    std::int64_t count = 0;               // Rows present.
    std::array<std::uint64_t, 2> hash{};  // 128-bit sum of wire::row_hash over them.
    std::int64_t last_seq = 0;            // Newest entry, gone ones included; 0 for a stream never used.
};

// One browser profile's replica. Mutation numbers are dense per client.
struct ClientRecord {
    Id client;
    Id user;
    std::int64_t last_mid = 0;
};

// What a mutation came to. `body` is wire::encode() of the mutation with mid 0, so a renewed client compares equal.
struct MutationRecord {
    Id intent;
    Id user;
    std::string body;
    MutationOutcome outcome;
    std::string incident;  // Names a defect in the log; empty otherwise.
    InstantMs time_ms = 0;
};

enum class TenantKind : std::uint8_t { real, demo };

class ReadSnapshot {
  public:
    virtual ~ReadSnapshot() = default;

    virtual SyncHead head() = 0;
    virtual TenantKind tenant_kind() = 0;

    virtual std::optional<Row> row(Entity entity, const Id& id) = 0;
    virtual std::optional<Row> row_by_external_key(Entity entity, std::string_view external_key) = 0;
    virtual void each_row(Entity entity, const std::function<void(Row)>& visit) = 0;
    virtual void each_row_where(Entity entity, std::string_view column, const Value& value,
                                const std::function<void(Row)>& visit) = 0;
    virtual std::int64_t row_count(Entity entity) = 0;

    virtual StreamState stream(const StreamId& stream) = 0;
    virtual std::vector<StreamId> all_streams() = 0;
    // Entries with after < seq <= until, by seq; `visit` returns false to stop.
    virtual void each_entry(const StreamId& stream, std::int64_t after, std::int64_t until,
                            const std::function<bool(const StreamEntry&)>& visit) = 0;
    // The streams that a permission set named when this user last saw it; empty when unknown.
    virtual std::optional<std::vector<StreamId>> permission_set(const Id& user, const std::string& set) = 0;

    // Null for unknown and disabled users.
    virtual std::optional<Caller> caller(const Id& user) = 0;
    // The places of this snapshot, with the assignments of `user`.
    virtual std::shared_ptr<const Directory> directory(const Id& user) = 0;

    virtual std::optional<ClientRecord> client(const Id& client) = 0;
    virtual std::optional<Id> intent_of(const Id& client, std::int64_t mid) = 0;
    virtual std::optional<MutationRecord> mutation(const Id& intent) = 0;

    // The published version of a fact.
    virtual std::optional<FinancingFact> fact(std::string_view external_key) = 0;
    virtual std::int64_t fact_count() = 0;
    // The published facts of one segment, in the order of their keys.
    virtual void each_fact(const Id& location, MonthIndex month,
                           const std::function<void(const FinancingFact&)>& visit) = 0;

    virtual AccountReads& accounts() = 0;
    virtual ShareReads& shares() = 0;
};

// Inside the writer's transaction; thread: the writer's. put() counts rev, stamps updated_ms and updated_by from
// act_as(), logs the change and keeps the streams' sums. A put() that changes no value is no change; one that gives a
// practice another book moves its action items there, too, and one that gives a location another practice moves its
// facts. Rollups follow the segments within the transaction, and the vendors' counts follow both and the consent.
class WriteTransaction : public RowStore {
  public:
    // Who the following puts belong to; an empty user is the system.
    virtual void act_as(const Id& user, InstantMs now_ms) = 0;
    virtual bool remove(Entity entity, const Id& id) = 0;
    // Runs `work` in a savepoint; false from it, or an exception that is not a StorageFault, undoes it alone. The
    // exception goes on to the caller. Returns what `work` returned.
    virtual bool attempt(const std::function<bool()>& work) = 0;

    // Sees this transaction's own writes.
    virtual ReadSnapshot& view() = 0;
    virtual AccountWrites& accounts() = 0;
    virtual ShareWrites& shares() = 0;
    virtual ImportWrites& imports() = 0;

    virtual std::int64_t next_ticket_number() = 0;
    virtual void put_client(const ClientRecord& client) = 0;
    virtual void put_mutation(const Id& client, std::int64_t mid, const MutationRecord& record) = 0;
    virtual void put_permission_set(const Id& user, const std::string& set, const std::vector<StreamId>& streams,
                                    InstantMs now_ms) = 0;
    // In which form the user's replica was given the figures; see Caller::figures.
    virtual void put_figures_given(const Id& user, FiguresForm form) = 0;
    virtual void set_tenant_kind(TenantKind kind) = 0;
    // After a restore: every cursor is answered by a reset.
    virtual void renew_epoch(const std::string& epoch) = 0;
    // Drops tombstones of changes before `before_ms` and raises the floor; prunes old results, sessions and shares.
    virtual void collect_garbage(InstantMs now_ms) = 0;
};

// What a committed group changed.
struct CommitNotice {
    std::int64_t seq = 0;
    std::vector<StreamId> streams;  // Touched; sorted, unique.
    bool scopes_changed = false;  // Some callers may follow other streams than before: a practice went to another book.
};

struct IntegrityReport {
    std::vector<std::string> problems;  // Sentences; empty when all is well.
};

// One group of jobs in one transaction; made by the commit queue.
class GroupTransaction {
  public:
    virtual ~GroupTransaction() = default;  // Rolls back what was not committed.
    virtual WriteTransaction& writes() = 0;
    // Durable when it returns. Throws StorageFault; nothing has then happened.
    virtual CommitNotice commit() = 0;
};

class Repository {
  public:
    virtual ~Repository() = default;
    virtual std::unique_ptr<ReadSnapshot> read() = 0;
    // Thread: the writer's only; one group at a time.
    virtual std::unique_ptr<GroupTransaction> begin_group() = 0;
    // A consistent copy while the server runs. Thread: any.
    virtual Status backup_to(const std::string& path) = 0;
    // The storage's own check, every stream's sum recomputed, every reference to a missing row.
    virtual IntegrityReport check_integrity() = 0;
};

}  // namespace portal::server
