#include "server-stub/repo/sqlite_shares.hpp"

#include "shared/wire/share_json.hpp"

namespace portal::server {
namespace {

// A state or a scope that cannot be read is that of an ended share.
ShareState share_state_of(const std::string& text) {
    return parse_text<ShareState>(text).value_or(ShareState::ended);
}

// Of a statement that selects id, token_hash, scope, state, created_ms, expires_ms, presents.
ShareRecord read_share(SQLite::Statement& statement) {
    ShareRecord record;
    record.id = statement.getColumn(0).getString();
    record.token_hash = statement.getColumn(1).getString();
    record.state = share_state_of(statement.getColumn(3).getString());
    record.created_ms = statement.getColumn(4).getInt64();
    record.expires_ms = statement.getColumn(5).getInt64();
    record.presents = statement.getColumn(6).getString();
    if (auto scope = wire::decode_share_scope(statement.getColumn(2).getString()))
        record.scope = std::move(*scope);
    else
        record.state = ShareState::ended;
    return record;
}

}  // namespace

std::optional<ShareRecord> SqliteShareReads::share(const Id& id) {
    const auto statement = m_connection.sql(
        "SELECT id, token_hash, scope, state, created_ms, expires_ms, presents FROM share WHERE id = ?");
    statement->bind(1, id);
    if (!statement->executeStep()) return std::nullopt;
    return read_share(*statement);
}

std::optional<ShareRecord> SqliteShareReads::share_by_token(const std::string& token_hash) {
    const auto statement = m_connection.sql(
        "SELECT id, token_hash, scope, state, created_ms, expires_ms, presents FROM share"
        " WHERE token_hash = ? AND token_hash <> ''");
    statement->bind(1, token_hash);
    if (!statement->executeStep()) return std::nullopt;
    return read_share(*statement);
}

std::vector<ShareRecord> SqliteShareReads::shares_of(const Id& presenter) {
    const auto statement = m_connection.sql(
        "SELECT id, token_hash, scope, state, created_ms, expires_ms, presents FROM share"
        " WHERE presenter = ? OR (presents <> '' AND presents = ?) ORDER BY created_ms DESC, id DESC");
    bind_all(*statement, presenter, presenter);
    std::vector<ShareRecord> shares;
    while (statement->executeStep())
        shares.push_back(read_share(*statement));
    return shares;
}

std::optional<ShareGuestRecord> SqliteShareReads::guest(const std::string& token_hash) {
    const auto statement = m_connection.sql("SELECT share, created_ms FROM share_guest WHERE token_hash = ?");
    statement->bind(1, token_hash);
    if (!statement->executeStep()) return std::nullopt;
    return ShareGuestRecord{token_hash, statement->getColumn(0).getString(), statement->getColumn(1).getInt64()};
}

std::int64_t SqliteShareReads::guest_count(const Id& share) {
    const auto statement = m_connection.sql("SELECT count(*) FROM share_guest WHERE share = ?");
    statement->bind(1, share);
    return statement->executeStep() ? statement->getColumn(0).getInt64() : 0;
}

bool SqliteShareReads::has_user(const Id& share, const Id& user) {
    const auto statement = m_connection.sql("SELECT 1 FROM share_user WHERE share = ? AND user_id = ?");
    bind_all(*statement, share, user);
    return statement->executeStep();
}

std::int64_t SqliteShareReads::user_count(const Id& share) {
    const auto statement = m_connection.sql("SELECT count(*) FROM share_user WHERE share = ?");
    statement->bind(1, share);
    return statement->executeStep() ? statement->getColumn(0).getInt64() : 0;
}

void SqliteShareWrites::put_share(const ShareRecord& share) {
    const auto statement = m_connection.sql(
        "INSERT OR REPLACE INTO share (id, presenter, token_hash, scope, state, created_ms, expires_ms,"
        " presents) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    bind_all(*statement, share.id, share.scope.presenter, share.token_hash, wire::encode(share.scope),
             std::string(text_of(share.state)), share.created_ms, share.expires_ms, share.presents);
    statement->exec();
}

void SqliteShareWrites::put_guest(const ShareGuestRecord& guest) {
    const auto statement =
        m_connection.sql("INSERT OR REPLACE INTO share_guest (token_hash, share, created_ms) VALUES (?, ?, ?)");
    bind_all(*statement, guest.token_hash, guest.share, guest.created_ms);
    statement->exec();
}

void SqliteShareWrites::put_user(const Id& share, const Id& user) {
    const auto statement = m_connection.sql("INSERT OR IGNORE INTO share_user (share, user_id) VALUES (?, ?)");
    bind_all(*statement, share, user);
    statement->exec();
}

void SqliteShareWrites::remove_guests_of(const Id& share) {
    for (const char* text : {"DELETE FROM share_guest WHERE share = ?", "DELETE FROM share_user WHERE share = ?"}) {
        const auto statement = m_connection.sql(text);
        statement->bind(1, share);
        statement->exec();
    }
}

void SqliteShareWrites::end_all_shares() {
    m_connection.sql("UPDATE share SET state = 'ended', token_hash = ''")->exec();
    m_connection.sql("DELETE FROM share_guest")->exec();
    m_connection.sql("DELETE FROM share_user")->exec();
}

}  // namespace portal::server
