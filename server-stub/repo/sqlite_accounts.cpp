#include "server-stub/repo/sqlite_accounts.hpp"

namespace portal::server {
namespace {

constexpr std::string_view invite_text = "invite";
constexpr std::string_view reset_text = "reset";

}  // namespace

std::optional<User> SqliteAccountReads::user_by_email(const std::string& email) {
    const auto statement = m_connection.sql("SELECT id FROM user WHERE lower(email) = lower(?) ORDER BY id LIMIT 1");
    statement->bind(1, email);
    if (email.empty() || !statement->executeStep()) return std::nullopt;
    const auto row = m_connection.table(Entity::user).get(statement->getColumn(0).getString());
    if (!row) return std::nullopt;
    return from_row<User>(*row);
}

std::optional<std::string> SqliteAccountReads::password_hash(const Id& user) {
    const auto statement = m_connection.sql("SELECT hash FROM password WHERE user_id = ?");
    statement->bind(1, user);
    if (!statement->executeStep()) return std::nullopt;
    return statement->getColumn(0).getString();
}

std::optional<SessionRecord> SqliteAccountReads::session(const std::string& token_hash) {
    const auto statement = m_connection.sql(
        "SELECT user_id, created_ms, seen_ms, rotated_ms, predecessor, ends_ms FROM session WHERE token_hash = ?");
    statement->bind(1, token_hash);
    if (!statement->executeStep()) return std::nullopt;
    return SessionRecord{token_hash,
                         statement->getColumn(0).getString(),
                         statement->getColumn(1).getInt64(),
                         statement->getColumn(2).getInt64(),
                         statement->getColumn(3).getInt64(),
                         statement->getColumn(4).getString(),
                         statement->getColumn(5).getInt64()};
}

std::optional<LinkRecord> SqliteAccountReads::link(const std::string& token_hash) {
    const auto statement = m_connection.sql("SELECT user_id, purpose, expires_ms FROM link WHERE token_hash = ?");
    statement->bind(1, token_hash);
    if (!statement->executeStep()) return std::nullopt;
    return LinkRecord{token_hash, statement->getColumn(0).getString(),
                      statement->getColumn(1).getString() == invite_text ? LinkPurpose::invite : LinkPurpose::reset,
                      statement->getColumn(2).getInt64()};
}

std::optional<ThrottleRecord> SqliteAccountReads::throttle(const std::string& key) {
    const auto statement = m_connection.sql("SELECT failures, open_ms FROM throttle WHERE key = ?");
    statement->bind(1, key);
    if (!statement->executeStep()) return std::nullopt;
    return ThrottleRecord{statement->getColumn(0).getInt64(), statement->getColumn(1).getInt64()};
}

std::vector<DemoAccount> SqliteAccountReads::demo_accounts() {
    const auto statement =
        m_connection.sql("SELECT user_id, email, name, role, sees, position FROM demo_account ORDER BY position");
    std::vector<DemoAccount> accounts;
    while (statement->executeStep())
        accounts.push_back({statement->getColumn(0).getString(), statement->getColumn(1).getString(),
                            statement->getColumn(2).getString(), statement->getColumn(3).getString(),
                            statement->getColumn(4).getString(), statement->getColumn(5).getInt64()});
    return accounts;
}

std::vector<AuditEntry> SqliteAccountReads::audit(std::size_t entries_max) {
    const auto statement = m_connection.sql(
        "SELECT time_ms, actor, action, subject, address, detail FROM audit ORDER BY number DESC LIMIT ?");
    statement->bind(1, static_cast<std::int64_t>(entries_max));
    std::vector<AuditEntry> entries;
    while (statement->executeStep())
        entries.push_back({statement->getColumn(0).getInt64(), statement->getColumn(1).getString(),
                           statement->getColumn(2).getString(), statement->getColumn(3).getString(),
                           statement->getColumn(4).getString(), statement->getColumn(5).getString()});
    return entries;
}

bool SqliteAccountReads::has_admin() {
    bool found = false;
    m_connection.table(Entity::grant).each_where("role", std::string(text_of(Role::admin)), [&](Row row) {
        const auto user = m_connection.table(Entity::user).get(from_row<Grant>(row).user);
        if (user && !from_row<User>(*user).disabled) found = true;
    });
    return found;
}

void SqliteAccountWrites::set_password_hash(const Id& user, const std::string& hash) {
    run("INSERT OR REPLACE INTO password (user_id, hash) VALUES (?, ?)", user, hash);
}

void SqliteAccountWrites::put_session(const SessionRecord& session) {
    run("INSERT OR REPLACE INTO session (token_hash, user_id, created_ms, seen_ms, rotated_ms, predecessor, ends_ms)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        session.token_hash, session.user, session.created_ms, session.seen_ms, session.rotated_ms, session.predecessor,
        session.ends_ms);
}

void SqliteAccountWrites::remove_session(const std::string& token_hash) {
    run("DELETE FROM session WHERE token_hash = ?", token_hash);
}

void SqliteAccountWrites::remove_sessions_of(const Id& user) {
    run("DELETE FROM session WHERE user_id = ?", user);
}

void SqliteAccountWrites::remove_all_sessions() {
    run("DELETE FROM session");
}

void SqliteAccountWrites::remove_all_links() {
    run("DELETE FROM link");
}

void SqliteAccountWrites::put_link(const LinkRecord& link) {
    run("INSERT OR REPLACE INTO link (token_hash, user_id, purpose, expires_ms) VALUES (?, ?, ?, ?)", link.token_hash,
        link.user, std::string(link.purpose == LinkPurpose::invite ? invite_text : reset_text), link.expires_ms);
}

void SqliteAccountWrites::remove_link(const std::string& token_hash) {
    run("DELETE FROM link WHERE token_hash = ?", token_hash);
}

void SqliteAccountWrites::remove_links_of(const Id& user) {
    run("DELETE FROM link WHERE user_id = ?", user);
}

void SqliteAccountWrites::put_throttle(const std::string& key, const ThrottleRecord& record) {
    run("INSERT OR REPLACE INTO throttle (key, failures, open_ms) VALUES (?, ?, ?)", key, record.failures,
        record.open_ms);
}

void SqliteAccountWrites::remove_throttle(const std::string& key) {
    run("DELETE FROM throttle WHERE key = ?", key);
}

void SqliteAccountWrites::put_demo_account(const DemoAccount& account) {
    run("INSERT OR REPLACE INTO demo_account (user_id, email, name, role, sees, position) VALUES (?, ?, ?, ?, ?, ?)",
        account.user, account.email, account.name, account.role, account.sees, account.position);
}

void SqliteAccountWrites::add_audit(const AuditEntry& entry) {
    run("INSERT INTO audit (time_ms, actor, action, subject, address, detail) VALUES (?, ?, ?, ?, ?, ?)", entry.time_ms,
        entry.actor, entry.action, entry.subject, entry.address, entry.detail);
}

}  // namespace portal::server
