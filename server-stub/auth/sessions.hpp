// Sessions: a 256-bit token in an HttpOnly cookie, its SHA-256 in the database.
//
//   opened --(12 h unseen)--> idle, ended      opened --(7 days)--> ended
//   opened --(an hour old, seen again)--> rotated: a new token is offered; once that is seen, the old one is honoured
//   for
//                                         a minute more (a lost answer signs nobody out)
//   signed out, signed out everywhere, password changed, user disabled --> ended
//
// Pure functions over the repository's reads and writes; the clock comes in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server-stub/repo/repository.hpp"
#include "shared/base/random.hpp"

namespace portal::server {

enum class CookieKind : std::uint8_t {
    host_prefixed,  // "__Host-portal_session", Secure: over TLS.
    loopback,       // "portal_session_loopback": plain HTTP on the same machine.
};

// Whose cookie: a signed-in user's, or that of a shared view's guest ("portal_share" in place of "portal_session").
enum class CookieHolder : std::uint8_t { user, guest };

// 256 random bits as 43 characters of URL-safe base 64.
std::string make_token(RandomSource& random);
// SHA-256 in lower-case hex: what the database stores of a token.
std::string hash_token(std::string_view token);

// The token of a Cookie header, or empty.
std::string token_in_cookies(std::string_view cookie_header, CookieKind kind, CookieHolder holder = CookieHolder::user);
// Values of Set-Cookie.
std::string session_cookie(std::string_view token, CookieKind kind);
std::string ended_cookie(CookieKind kind);
std::string share_cookie(std::string_view token, CookieKind kind, std::int64_t max_age_s);

// Whether a session holds at `now_ms`.
bool is_session_alive(const SessionRecord& session, InstantMs now_ms);
enum class SessionCare : std::uint8_t { none, touch, confirm, rotate };
// What an alive session needs when it is seen at `now_ms`.
SessionCare care_of_session(const SessionRecord& session, InstantMs now_ms);

// Opens a session and returns its token.
std::string open_session(WriteTransaction& writes, const Id& user, InstantMs now_ms, RandomSource& random);
// Applies what care_of_session() asks, unless another request has done so; the new token after a rotation.
std::optional<std::string> tend_session(WriteTransaction& writes, const std::string& token_hash, InstantMs now_ms,
                                        RandomSource& random);

}  // namespace portal::server
