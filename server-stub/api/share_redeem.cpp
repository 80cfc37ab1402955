// A guest redeems a link: the token of its fragment becomes a cookie of its own.
//
// The attempt is counted before it is looked at, as a sign-in is; a wrong, ended or expired token are answered alike.
#include "server-stub/api/handlers.hpp"
#include "server-stub/api/json_body.hpp"
#include "server-stub/api/share_opening.hpp"
#include "server-stub/api/sign_in.hpp"
#include "server-stub/auth/throttle.hpp"
#include "shared/base/limits.hpp"

namespace portal::server {
namespace {

struct Redemption {
    std::string token, address, key;
    InstantMs now_ms = 0;
    DurationMs wait_ms = 0;
    std::string cookie_token;
    std::int64_t cookie_age_s = 0;
    bool is_full = false;
};

// A refusal is committed too: its count and its audit entry stand.
void redeem(Redemption& redemption, WriteTransaction& writes, RandomSource& random) {
    redemption.wait_ms = begin_attempt(writes, {{}, redemption.key}, redemption.now_ms);
    if (redemption.wait_ms > 0) return;
    ReadSnapshot& view = writes.view();
    const ShareStanding standing =
        standing_of_share(view, view.shares().share_by_token(hash_token(redemption.token)), redemption.now_ms);
    const Id& share = standing.record.id;
    redemption.is_full = view.shares().guest_count(share) >= static_cast<std::int64_t>(limits::share_guests_max);
    if (standing.state == ShareState::ended || redemption.is_full) {
        writes.accounts().add_audit({redemption.now_ms, {}, "share.refused", share, redemption.address, {}});
        return;
    }
    take_back_attempt(writes, redemption.key);
    redemption.cookie_token = make_token(random);
    redemption.cookie_age_s = (standing.record.expires_ms - redemption.now_ms) / 1000;
    writes.shares().put_guest({hash_token(redemption.cookie_token), share, redemption.now_ms});
    writes.accounts().add_audit({redemption.now_ms, {}, "share.redeem", share, redemption.address, {}});
}

Response answer_of(const Redemption& redemption, CookieKind kind) {
    if (redemption.wait_ms > 0) return throttled_response(redemption.wait_ms);
    if (!redemption.cookie_token.empty())
        return {204,
                "",
                {{"Set-Cookie", share_cookie(redemption.cookie_token, kind, redemption.cookie_age_s)},
                 {"Cache-Control", "no-store"}},
                ""};
    if (redemption.is_full)
        return error_response({ErrorCode::precondition_failed, "too many guests have opened this link"});
    return error_response(link_refusal());
}

Status redeem_link(const Exchange& exchange, const Respond& respond) {
    PORTAL_TRY(check_channel(exchange.request));
    PORTAL_TRY_ASSIGN(body, JsonBody::parse(exchange.request.body));
    PORTAL_TRY_ASSIGN(token, body.text("token", limits::short_text_bytes_max));
    const std::string& address = exchange.request.address;
    auto redemption = std::make_shared<Redemption>();
    redemption->token = token;
    redemption->address = address;
    redemption->key = share_throttle_key(address);
    redemption->now_ms = exchange.services.clock.now_ms();
    const auto run = [redemption, &random = exchange.services.random](WriteTransaction& writes) -> Status {
        redeem(*redemption, writes, random);
        return {};
    };
    const auto done = [redemption, respond, kind = cookie_of(exchange.request)](const Status& status) {
        respond(status ? answer_of(*redemption, kind) : error_response(status.error()));
    };
    return exchange.services.writer.submit({run, done, 1});
}

}  // namespace

std::string share_throttle_key(const std::string& address) {
    return throttle_key(ThrottleKind::address, "share " + address);
}

Error link_refusal() {
    return {ErrorCode::permission_denied, "this link does not work: ask for a new one"};
}

void handle_share_redeem(const Exchange& exchange, Respond respond) {
    if (auto status = redeem_link(exchange, respond); !status) respond(error_response(status.error()));
}

}  // namespace portal::server
