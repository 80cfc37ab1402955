// What the server keeps of live shared views: who shares what with whoever has the link, and which browsers redeemed
// it. Plain data; no synchronised entity. Tokens are stored as hashes only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/clock.hpp"
#include "shared/model/share.hpp"

namespace portal::server {

struct ShareRecord {
    Id id;
    std::string token_hash;  // SHA-256 of the link's token, in lower-case hex; empty once ended.
    ShareScope scope;        // As it was made; what it still reaches is asked each time.
    ShareState state = ShareState::live;
    InstantMs created_ms = 0;
    InstantMs expires_ms = 0;
    Id presents = {};  // To whom its maker has handed presenting; empty: they present themselves.
};

// A browser that redeemed the link.
struct ShareGuestRecord {
    std::string token_hash;  // Of the cookie's token.
    Id share;
    InstantMs created_ms = 0;
};

class ShareReads {
  public:
    virtual ~ShareReads() = default;
    virtual std::optional<ShareRecord> share(const Id& id) = 0;
    virtual std::optional<ShareRecord> share_by_token(const std::string& token_hash) = 0;
    // Made by them or handed to them. Newest first, ended ones too as long as they are kept.
    virtual std::vector<ShareRecord> shares_of(const Id& presenter) = 0;
    virtual std::optional<ShareGuestRecord> guest(const std::string& token_hash) = 0;
    virtual std::int64_t guest_count(const Id& share) = 0;
    // Signed-in users who opened the link.
    virtual bool has_user(const Id& share, const Id& user) = 0;
    virtual std::int64_t user_count(const Id& share) = 0;
};

class ShareWrites {
  public:
    virtual ~ShareWrites() = default;
    virtual void put_share(const ShareRecord& share) = 0;
    virtual void put_guest(const ShareGuestRecord& guest) = 0;
    virtual void put_user(const Id& share, const Id& user) = 0;
    // Signed-in ones too.
    virtual void remove_guests_of(const Id& share) = 0;
    // After a restore: a share that was ended since the backup must not come back.
    virtual void end_all_shares() = 0;
};

}  // namespace portal::server
