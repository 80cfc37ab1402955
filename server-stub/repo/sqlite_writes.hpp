// The writer's transaction in SQLite: rows, their change log, the streams' sums, and the head last of all.
#pragma once

#include <map>
#include <set>

#include "server-stub/repo/sqlite_accounts.hpp"
#include "server-stub/repo/sqlite_imports.hpp"
#include "server-stub/repo/sqlite_reads.hpp"

namespace portal::server {

class SqliteWrites final : public WriteTransaction {
  public:
    SqliteWrites(SqliteConnection& connection, DirectoryCache& directories);

    std::optional<Row> get(Entity entity, const Id& id) override;
    void put(const Row& row) override;
    void act_as(const Id& user, InstantMs now_ms) override;
    bool remove(Entity entity, const Id& id) override;
    bool attempt(const std::function<bool()>& work) override;
    ReadSnapshot& view() override { return m_view; }
    AccountWrites& accounts() override { return m_accounts; }
    ShareWrites& shares() override { return m_shares; }
    ImportWrites& imports() override { return m_imports; }
    std::int64_t next_ticket_number() override;
    void put_client(const ClientRecord& client) override;
    void put_mutation(const Id& client, std::int64_t mid, const MutationRecord& record) override;
    void put_permission_set(const Id& user, const std::string& set, const std::vector<StreamId>& streams,
                            InstantMs now_ms) override;
    void put_figures_given(const Id& user, FiguresForm form) override;
    void set_tenant_kind(TenantKind kind) override;
    void renew_epoch(const std::string& epoch) override;
    void collect_garbage(InstantMs now_ms) override;

    // The practice's rollups are made when the transaction ends, unless note_rollups_made() says that they are.
    void note_facts_changed(const Id& practice) { m_pending.facts_changed.insert(practice); }
    void note_rollups_made(const Id& practice) { m_pending.facts_changed.erase(practice); }

    // Makes the rollups and the vendors' counts that are due, writes the streams' sums in sorted order and then the
    // head; the caller commits.
    CommitNotice finish();

  private:
    struct StreamChange {
        std::int64_t count = 0;
        std::array<std::uint64_t, 2> hash{};
        std::int64_t last_seq = 0;
    };
    // What finish() will write; a savepoint that is undone takes its part back.
    struct Pending {
        std::int64_t seq = 0;
        bool places_changed = false;
        bool scopes_changed = false;
        std::set<Id> facts_changed, facts_moved;  // Practices whose rollups are due.
        std::set<Id> counts_due;                  // Practices whose vendors' counts are.
        std::map<StreamId, StreamChange> streams;
    };

    void log_change(Entity entity, const Id& id, std::string_view kind, std::int64_t rev);
    void log_streams(const Row* before, const Row* after);
    void log_entry(const StreamId& stream, const Row& row, Membership membership);
    std::int64_t stream_number_or_new(const StreamId& stream);
    std::int64_t last_rev(Entity entity, const Id& id);
    void note_places(const Row& row);
    void move_along(const Row& before, const Row& after);
    void move_actions(const Row& practice);
    void move_facts(const Id& location, const Id& from, const Id& to);
    void make_rollups_due();
    void make_counts_due();

    SqliteConnection& m_connection;
    SqliteReads m_view;
    SqliteAccountWrites m_accounts;
    SqliteShareWrites m_shares;
    SqliteImports m_imports;
    std::int64_t m_seq_before = 0;
    Pending m_pending;
    Id m_user;
    InstantMs m_now_ms = 0;
};

}  // namespace portal::server
