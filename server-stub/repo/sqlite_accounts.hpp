// Accounts, sessions and the audit trail in SQLite.
#pragma once

#include "server-stub/repo/account_records.hpp"
#include "server-stub/repo/sqlite_connection.hpp"

namespace portal::server {

class SqliteAccountReads final : public AccountReads {
  public:
    explicit SqliteAccountReads(SqliteConnection& connection) : m_connection(connection) {}
    std::optional<User> user_by_email(const std::string& email) override;
    std::optional<std::string> password_hash(const Id& user) override;
    std::optional<SessionRecord> session(const std::string& token_hash) override;
    std::optional<LinkRecord> link(const std::string& token_hash) override;
    std::optional<ThrottleRecord> throttle(const std::string& key) override;
    std::vector<DemoAccount> demo_accounts() override;
    std::vector<AuditEntry> audit(std::size_t entries_max) override;
    bool has_admin() override;

  private:
    SqliteConnection& m_connection;
};

class SqliteAccountWrites final : public AccountWrites {
  public:
    explicit SqliteAccountWrites(SqliteConnection& connection) : m_connection(connection) {}
    void set_password_hash(const Id& user, const std::string& hash) override;
    void put_session(const SessionRecord& session) override;
    void remove_session(const std::string& token_hash) override;
    void remove_sessions_of(const Id& user) override;
    void remove_all_sessions() override;
    void put_link(const LinkRecord& link) override;
    void remove_link(const std::string& token_hash) override;
    void remove_links_of(const Id& user) override;
    void remove_all_links() override;
    void put_throttle(const std::string& key, const ThrottleRecord& record) override;
    void remove_throttle(const std::string& key) override;
    void put_demo_account(const DemoAccount& account) override;
    void add_audit(const AuditEntry& entry) override;

  private:
    template <class... Values>
    void run(std::string_view text, const Values&... values) {
        const auto statement = m_connection.sql(text);
        bind_all(*statement, values...);
        statement->exec();
    }

    SqliteConnection& m_connection;
};

}  // namespace portal::server
