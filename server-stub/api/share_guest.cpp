// What guests say to their presenter: what they call themselves, and what they press. Kept in memory, as long as the
// share is followed.
//
//   PUT  share/name       {"name":"Ana"}
//   POST share/reactions  {"kind":"agree" | "question" | "slower"}
//
// Signed-in followers have a name already, and press the same at shares/{share}/reactions.
#include "server-stub/api/handlers.hpp"
#include "server-stub/api/json_body.hpp"
#include "server-stub/auth/share_access.hpp"
#include "shared/base/limits.hpp"
#include "shared/rules/share.hpp"

namespace portal::server {
namespace {

Status take_name(const Exchange& exchange) {
    PORTAL_TRY_ASSIGN(body, JsonBody::parse(exchange.request.body));
    PORTAL_TRY_ASSIGN(name, body.text_or_empty("name", limits::share_name_bytes_max));
    PORTAL_TRY(check_follower_name(name));
    const Guest& guest = exchange.principal.guest;
    exchange.followers.name_guest(guest.share, guest.session, name);
    return {};
}

Status take_reaction(const Exchange& exchange, const Id& share) {
    PORTAL_TRY_ASSIGN(body, JsonBody::parse(exchange.request.body));
    PORTAL_TRY_ASSIGN(text, body.text("kind", limits::wire_name_bytes_max));
    const auto reaction = parse_text<ShareReaction>(text);
    if (!reaction) return fail(ErrorCode::invalid_argument, "'kind' is nothing that can be pressed");
    exchange.followers.react(share, *reaction);
    return {};
}

Status take_user_reaction(const Exchange& exchange) {
    const Id share(exchange.parameter);
    const auto snapshot = exchange.services.repository.read();
    const FollowerStanding standing =
        standing_of_follower(*snapshot, share, exchange.principal.caller.user, exchange.services.clock.now_ms());
    if (!standing.may_follow()) return fail(ErrorCode::not_found, "there is no such share");
    return take_reaction(exchange, share);
}

}  // namespace

void handle_share_name(const Exchange& exchange, Respond respond) {
    const Status status = take_name(exchange);
    respond(status ? Response{204, "", {}, ""} : error_response(status.error()));
}

void handle_share_reaction(const Exchange& exchange, Respond respond) {
    const Status status = take_reaction(exchange, exchange.principal.guest.share);
    respond(status ? Response{204, "", {}, ""} : error_response(status.error()));
}

void handle_share_user_reaction(const Exchange& exchange, Respond respond) {
    const Status status = take_user_reaction(exchange);
    respond(status ? Response{204, "", {}, ""} : error_response(status.error()));
}

}  // namespace portal::server
