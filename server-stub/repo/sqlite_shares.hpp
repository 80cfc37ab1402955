// Live shared views in SQLite.
#pragma once

#include "server-stub/repo/share_records.hpp"
#include "server-stub/repo/sqlite_connection.hpp"

namespace portal::server {

class SqliteShareReads final : public ShareReads {
  public:
    explicit SqliteShareReads(SqliteConnection& connection) : m_connection(connection) {}
    std::optional<ShareRecord> share(const Id& id) override;
    std::optional<ShareRecord> share_by_token(const std::string& token_hash) override;
    std::vector<ShareRecord> shares_of(const Id& presenter) override;
    std::optional<ShareGuestRecord> guest(const std::string& token_hash) override;
    std::int64_t guest_count(const Id& share) override;
    bool has_user(const Id& share, const Id& user) override;
    std::int64_t user_count(const Id& share) override;

  private:
    SqliteConnection& m_connection;
};

class SqliteShareWrites final : public ShareWrites {
  public:
    explicit SqliteShareWrites(SqliteConnection& connection) : m_connection(connection) {}
    void put_share(const ShareRecord& share) override;
    void put_guest(const ShareGuestRecord& guest) override;
    void put_user(const Id& share, const Id& user) override;
    void remove_guests_of(const Id& share) override;
    void end_all_shares() override;

  private:
    SqliteConnection& m_connection;
};

}  // namespace portal::server
