// Signed-in users who follow a shared view in their own portal, from their own rows.
//
//   POST shares/join              {"token":".."}: as a guest redeems, but by the session, and no cookie is given
//   GET  shares/{share}/follower  what is shared, as far as the caller reaches it themselves
//   GET  shares/{share}/follow    the live channel: live/share_hub.hpp
//
// Whoever reaches nothing of it is told so (412) and may open the link as a guest. Where nobody is signed in, nothing
// is looked at and the answer is empty (204): the page of a link asks this first, and most who open one are guests.
#include "server-stub/api/handlers.hpp"
#include "server-stub/api/json_body.hpp"
#include "server-stub/api/share_opening.hpp"
#include "server-stub/api/sign_in.hpp"
#include "server-stub/auth/throttle.hpp"
#include "shared/base/limits.hpp"
#include "shared/wire/share_dataset_json.hpp"

namespace portal::server {
namespace {

struct Joining {
    std::string token, address;
    Id user;
    InstantMs now_ms = 0;
    DurationMs wait_ms = 0;
    Result<std::string> body = fail(link_refusal());
};

std::string follower_json(ReadSnapshot& view, const FollowerStanding& standing, const Id& user) {
    ShareGuestSession session = session_of_share(view, standing.share, standing.scope);
    session.share = standing.share.record.id;
    session.presents = standing.share.scope.presenter == user;
    return wire::encode(session);
}

// A refusal is committed too: its count and its audit entry stand.
void join_share(Joining& joining, WriteTransaction& writes) {
    const std::string key = share_throttle_key(joining.address);
    joining.wait_ms = begin_attempt(writes, {{}, key}, joining.now_ms);
    if (joining.wait_ms > 0) return;
    ReadSnapshot& view = writes.view();
    const FollowerStanding standing = standing_of_user(
        view, standing_of_share(view, view.shares().share_by_token(hash_token(joining.token)), joining.now_ms),
        joining.user);
    const Id& share = standing.share.record.id;
    const auto audit = [&](std::string action) {
        writes.accounts().add_audit({joining.now_ms, joining.user, std::move(action), share, joining.address, {}});
    };
    if (standing.share.state == ShareState::ended) return audit("share.refused");
    take_back_attempt(writes, key);
    if (!standing.may_follow()) {
        joining.body = fail(ErrorCode::precondition_failed, "nothing of what is shared is within your own reach");
        return audit("share.outside");
    }
    const bool is_known = view.shares().has_user(share, joining.user);
    if (!is_known && view.shares().user_count(share) >= static_cast<std::int64_t>(limits::share_users_max)) {
        joining.body = fail(ErrorCode::resource_exhausted, "too many users have opened this link");
        return audit("share.refused");
    }
    writes.shares().put_user(share, joining.user);
    joining.body = follower_json(view, standing, joining.user);
    audit("share.join");
}

Status join_by_link(const Exchange& exchange, const Respond& respond) {
    PORTAL_TRY_ASSIGN(body, JsonBody::parse(exchange.request.body));
    auto joining = std::make_shared<Joining>();
    PORTAL_TRY_ASSIGN(token, body.text("token", limits::short_text_bytes_max));
    if (!exchange.principal.signed_in) {
        respond({204, "", {}, ""});
        return {};
    }
    joining->token = token;
    joining->address = exchange.request.address;
    joining->user = exchange.principal.caller.user;
    joining->now_ms = exchange.services.clock.now_ms();
    const auto run = [joining](WriteTransaction& writes) -> Status {
        join_share(*joining, writes);
        return {};
    };
    const auto done = [joining, respond](const Status& status) {
        if (!status) return respond(error_response(status.error()));
        if (joining->wait_ms > 0) return respond(throttled_response(joining->wait_ms));
        answer_unkept(joining->body, respond);
    };
    return exchange.services.writer.submit({run, done, 1});
}

Result<std::string> read_follower(const Exchange& exchange) {
    const auto snapshot = exchange.services.repository.read();
    const Id& user = exchange.principal.caller.user;
    const FollowerStanding standing =
        standing_of_follower(*snapshot, Id(exchange.parameter), user, exchange.services.clock.now_ms());
    if (!standing.may_follow()) return fail(ErrorCode::not_found, "there is no such share");
    return follower_json(*snapshot, standing, user);
}

}  // namespace

void handle_share_join(const Exchange& exchange, Respond respond) {
    if (auto status = join_by_link(exchange, respond); !status) respond(error_response(status.error()));
}

void handle_share_follower(const Exchange& exchange, Respond respond) {
    answer_unkept(read_follower(exchange), respond);
}

}  // namespace portal::server
