#include "server-stub/auth/sessions.hpp"

#include <sodium.h>

#include <array>
#include <cstring>

#include "shared/base/check.hpp"
#include "shared/base/limits.hpp"

namespace portal::server {
namespace {

constexpr std::size_t token_words = 4;
constexpr std::size_t token_characters = 43;

std::string_view cookie_name(CookieKind kind, CookieHolder holder) {
    if (holder == CookieHolder::guest)
        return kind == CookieKind::host_prefixed ? "__Host-portal_share" : "portal_share_loopback";
    return kind == CookieKind::host_prefixed ? "__Host-portal_session" : "portal_session_loopback";
}

std::string cookie(std::string_view value, CookieKind kind, CookieHolder holder, std::int64_t max_age_s) {
    std::string text(cookie_name(kind, holder));
    text.append("=").append(value).append("; Path=/; HttpOnly; SameSite=Strict; Max-Age=");
    text += std::to_string(max_age_s);
    if (kind == CookieKind::host_prefixed) text += "; Secure";
    return text;
}

}  // namespace

std::string make_token(RandomSource& random) {
    std::array<std::uint64_t, token_words> words{};
    for (std::uint64_t& word : words)
        word = random.next();
    std::array<unsigned char, sizeof words> bytes{};
    std::memcpy(bytes.data(), words.data(), bytes.size());
    std::array<char, sodium_base64_ENCODED_LEN(sizeof words, sodium_base64_VARIANT_URLSAFE_NO_PADDING)> text{};
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return text.data();
}

std::string hash_token(std::string_view token) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(token.data()), token.size());
    std::array<char, 2 * crypto_hash_sha256_BYTES + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    return hex.data();
}

std::string token_in_cookies(std::string_view header, CookieKind kind, CookieHolder holder) {
    const std::string_view name = cookie_name(kind, holder);
    while (!header.empty()) {
        const std::size_t end = std::min(header.find(';'), header.size());
        std::string_view pair = header.substr(0, end);
        header.remove_prefix(std::min(end + 1, header.size()));
        while (!pair.empty() && pair.front() == ' ')
            pair.remove_prefix(1);
        if (pair.size() == name.size() + 1 + token_characters && pair.starts_with(name) && pair[name.size()] == '=')
            return std::string(pair.substr(name.size() + 1));
    }
    return {};
}

std::string session_cookie(std::string_view token, CookieKind kind) {
    return cookie(token, kind, CookieHolder::user, limits::session_absolute_ms_max / 1000);
}

std::string ended_cookie(CookieKind kind) {
    return cookie("", kind, CookieHolder::user, 0);
}

std::string share_cookie(std::string_view token, CookieKind kind, std::int64_t max_age_s) {
    return cookie(token, kind, CookieHolder::guest, max_age_s);
}

bool is_session_alive(const SessionRecord& session, InstantMs now_ms) {
    if (now_ms - session.created_ms >= limits::session_absolute_ms_max) return false;
    if (now_ms - session.seen_ms >= limits::session_idle_ms_max) return false;
    return session.ends_ms == 0 || now_ms < session.ends_ms;
}

SessionCare care_of_session(const SessionRecord& session, InstantMs now_ms) {
    if (session.ends_ms != 0) return SessionCare::none;
    if (!session.predecessor.empty()) return SessionCare::confirm;
    if (now_ms - session.rotated_ms >= limits::session_rotate_ms) return SessionCare::rotate;
    return now_ms - session.seen_ms >= limits::session_touch_ms ? SessionCare::touch : SessionCare::none;
}

std::string open_session(WriteTransaction& writes, const Id& user, InstantMs now_ms, RandomSource& random) {
    std::string token = make_token(random);
    writes.accounts().put_session({hash_token(token), user, now_ms, now_ms, now_ms, {}, 0});
    return token;
}

std::optional<std::string> tend_session(WriteTransaction& writes, const std::string& token_hash, InstantMs now_ms,
                                        RandomSource& random) {
    auto session = writes.view().accounts().session(token_hash);
    if (!session || !is_session_alive(*session, now_ms)) return std::nullopt;
    const SessionCare care = care_of_session(*session, now_ms);
    if (care == SessionCare::none) return std::nullopt;
    session->seen_ms = now_ms;
    if (care == SessionCare::confirm) {
        if (auto former = writes.view().accounts().session(session->predecessor)) {
            former->ends_ms = now_ms + limits::session_overlap_ms;
            writes.accounts().put_session(*former);
        }
        session->predecessor.clear();
    }
    std::optional<std::string> token;
    if (care == SessionCare::rotate) {
        token = make_token(random);
        session->rotated_ms = now_ms;
        writes.accounts().put_session(
            {hash_token(*token), session->user, session->created_ms, now_ms, now_ms, token_hash, 0});
    }
    writes.accounts().put_session(*session);
    return token;
}

}  // namespace portal::server
