// ReadSnapshot over one connection; the transaction around it is its owner's.
#pragma once

#include "server-stub/repo/directory_cache.hpp"
#include "server-stub/repo/repository.hpp"
#include "server-stub/repo/sqlite_accounts.hpp"
#include "server-stub/repo/sqlite_connection.hpp"
#include "server-stub/repo/sqlite_shares.hpp"

namespace portal::server {

// 0 for a stream that no row has ever been in.
std::int64_t stream_number(SqliteConnection& connection, const StreamId& stream);
// "external_key, .., fee_cents" of fact f with its place p and plan l, in read_fact()'s order.
extern const std::string_view fact_columns;
FinancingFact read_fact(SQLite::Statement& statement, int first);

class SqliteReads : public ReadSnapshot {
  public:
    SqliteReads(SqliteConnection& connection, DirectoryCache& directories)
        : m_connection(connection), m_directories(directories), m_accounts(connection), m_shares(connection) {}

    SyncHead head() override;
    TenantKind tenant_kind() override;
    std::optional<Row> row(Entity entity, const Id& id) override;
    std::optional<Row> row_by_external_key(Entity entity, std::string_view external_key) override;
    void each_row(Entity entity, const std::function<void(Row)>& visit) override;
    void each_row_where(Entity entity, std::string_view column, const Value& value,
                        const std::function<void(Row)>& visit) override;
    std::int64_t row_count(Entity entity) override;
    StreamState stream(const StreamId& stream) override;
    std::vector<StreamId> all_streams() override;
    void each_entry(const StreamId& stream, std::int64_t after, std::int64_t until,
                    const std::function<bool(const StreamEntry&)>& visit) override;
    std::optional<std::vector<StreamId>> permission_set(const Id& user, const std::string& set) override;
    std::optional<Caller> caller(const Id& user) override;
    std::shared_ptr<const Directory> directory(const Id& user) override;
    std::optional<ClientRecord> client(const Id& client) override;
    std::optional<Id> intent_of(const Id& client, std::int64_t mid) override;
    std::optional<MutationRecord> mutation(const Id& intent) override;
    std::optional<FinancingFact> fact(std::string_view external_key) override;
    std::int64_t fact_count() override;
    void each_fact(const Id& location, MonthIndex month,
                   const std::function<void(const FinancingFact&)>& visit) override;
    AccountReads& accounts() override { return m_accounts; }
    ShareReads& shares() override { return m_shares; }

    // Set while a transaction has changed places and not committed: its directory is then nobody else's.
    void set_directory_private(bool is_private) { m_directory_private = is_private; }

  private:
    std::shared_ptr<const Directory> places();
    std::shared_ptr<const Directory> build_places();

    SqliteConnection& m_connection;
    DirectoryCache& m_directories;
    SqliteAccountReads m_accounts;
    SqliteShareReads m_shares;
    bool m_directory_private = false;
};

}  // namespace portal::server
