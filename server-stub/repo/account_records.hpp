// What the server alone keeps about people: passwords, sessions, one-time links, waiting times, the audit trail.
// Plain data; none of it is a synchronised entity. Secrets are stored as hashes only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "shared/model/records.hpp"

namespace portal::server {

// A signed-in browser. `token_hash` is the SHA-256 of the cookie's token, in lower-case hex.
struct SessionRecord {
    std::string token_hash;
    Id user;
    InstantMs created_ms = 0;
    InstantMs seen_ms = 0;     // Updated at most once per limits::session_touch_ms; decides the idle end.
    InstantMs rotated_ms = 0;  // When this token was made, or a successor was last offered.
    std::string predecessor;   // Hash of the token this one replaces, until this one has been seen; or empty.
    InstantMs ends_ms = 0;     // Replaced: honoured until then. 0 while it is the newest.
};

enum class LinkPurpose : std::uint8_t { invite, reset };

// A one-time link to set a password. `token_hash` as in SessionRecord.
struct LinkRecord {
    std::string token_hash;
    Id user;
    LinkPurpose purpose = LinkPurpose::invite;
    InstantMs expires_ms = 0;
};

// Failed attempts of one account or one address ("account:<id>", "address:<text>").
struct ThrottleRecord {
    std::int64_t failures = 0;
    InstantMs open_ms = 0;  // No attempt is looked at before this instant.
};

struct AuditEntry {
    InstantMs time_ms = 0;
    Id actor;             // Empty when nobody was signed in.
    std::string action;   // "session.open", "session.refused", "user.invite", ..
    std::string subject;  // Id of what it is about, or empty.
    std::string address;  // Of the network peer; empty for commands.
    std::string detail;   // Never a secret, never a row's value.
};

// An account that the sign-in page of a demo tenant offers.
struct DemoAccount {
    Id user;
    std::string email;
    std::string name;
    std::string role;  // A Role's text.
    std::string sees;  // One line: what this account sees.
    std::int64_t position = 0;
};

class AccountReads {
  public:
    virtual ~AccountReads() = default;
    // The address is compared without regard to ASCII case. Disabled users are found too.
    virtual std::optional<User> user_by_email(const std::string& email) = 0;
    virtual std::optional<std::string> password_hash(const Id& user) = 0;
    virtual std::optional<SessionRecord> session(const std::string& token_hash) = 0;
    virtual std::optional<LinkRecord> link(const std::string& token_hash) = 0;
    virtual std::optional<ThrottleRecord> throttle(const std::string& key) = 0;
    virtual std::vector<DemoAccount> demo_accounts() = 0;
    // Newest first.
    virtual std::vector<AuditEntry> audit(std::size_t entries_max) = 0;
    virtual bool has_admin() = 0;
};

class AccountWrites {
  public:
    virtual ~AccountWrites() = default;
    virtual void set_password_hash(const Id& user, const std::string& hash) = 0;
    virtual void put_session(const SessionRecord& session) = 0;
    virtual void remove_session(const std::string& token_hash) = 0;
    virtual void remove_sessions_of(const Id& user) = 0;
    virtual void remove_all_sessions() = 0;
    virtual void put_link(const LinkRecord& link) = 0;
    virtual void remove_link(const std::string& token_hash) = 0;
    virtual void remove_links_of(const Id& user) = 0;
    virtual void remove_all_links() = 0;
    virtual void put_throttle(const std::string& key, const ThrottleRecord& record) = 0;
    virtual void remove_throttle(const std::string& key) = 0;
    virtual void put_demo_account(const DemoAccount& account) = 0;
    virtual void add_audit(const AuditEntry& entry) = 0;
};

}  // namespace portal::server
