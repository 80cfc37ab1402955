// Presenting is handed over.
//
//   PUT shares/{share}/presenter  {"user":".."}
//
// Whoever presents hands it to a user who follows at the moment and may share all of it themselves; whoever made the
// link may take it back at any time. Both are asked anew within the transaction that does it, which is audited. To whom
// it was handed already it is handed again without a change, so that a lost answer does no harm.
#include "server-stub/api/handlers.hpp"
#include "server-stub/api/json_body.hpp"
#include "server-stub/auth/share_access.hpp"
#include "shared/base/limits.hpp"

namespace portal::server {
namespace {

struct Handing {
    Id share, from, to;
    InstantMs now_ms = 0;
    std::string address;
};

Status check_handing(const Handing& handing, ReadSnapshot& view, const ShareStanding& standing,
                     const ShareHub& followers) {
    const Id& maker = standing.record.scope.presenter;
    const bool takes_back = handing.from == maker && handing.to == maker;
    if (standing.scope.presenter != handing.from && !takes_back)
        return fail(ErrorCode::conflict, "another one presents this shared view now");
    if (handing.to == maker) return {};
    if (!view.shares().has_user(handing.share, handing.to) || !followers.has_follower(handing.share, handing.to))
        return fail(ErrorCode::precondition_failed, "they do not follow this shared view any more");
    const auto caller = view.caller(handing.to);
    if (!caller || !may_present(standing.scope, *caller, *view.directory(handing.to)))
        return fail(ErrorCode::permission_denied, "they may not share all of what is shared here");
    return {};
}

Status hand_over(const Handing& handing, WriteTransaction& writes, const ShareHub& followers) {
    ReadSnapshot& view = writes.view();
    ShareStanding standing = standing_of_share(view, view.shares().share(handing.share), handing.now_ms);
    ShareRecord& record = standing.record;
    const Id& maker = record.scope.presenter;
    // Who neither made it nor presents it nor opened its link is not told that it is there.
    const bool is_theirs = maker == handing.from || standing.scope.presenter == handing.from ||
                           view.shares().has_user(handing.share, handing.from);
    if (record.id.empty() || !is_theirs) return fail(ErrorCode::not_found, "there is no such share");
    if (standing.state == ShareState::ended) return fail(ErrorCode::precondition_failed, "this shared view has ended");
    const Id presents = handing.to == maker ? Id() : handing.to;
    if (standing.scope.presenter == handing.to && record.presents == presents) return {};
    PORTAL_TRY(check_handing(handing, view, standing, followers));
    record.presents = presents;
    // Who has presented may follow from now on.
    writes.shares().put_user(handing.share, handing.from);
    writes.shares().put_share(record);
    writes.accounts().add_audit(
        {handing.now_ms, handing.from, "share.hand_over", handing.share, handing.address, handing.to});
    return {};
}

Status change_presenter(const Exchange& exchange, const Respond& respond) {
    PORTAL_TRY_ASSIGN(body, JsonBody::parse(exchange.request.body));
    PORTAL_TRY_ASSIGN(to, body.text("user", limits::wire_name_bytes_max));
    const Handing handing{Id(exchange.parameter), exchange.principal.caller.user, to, exchange.services.clock.now_ms(),
                          exchange.request.address};
    const auto run = [handing, &followers = exchange.followers](WriteTransaction& writes) {
        return hand_over(handing, writes, followers);
    };
    const auto done = [share = handing.share, respond, &followers = exchange.followers](const Status& status) {
        if (!status) return respond(error_response(status.error()));
        followers.share_changed(share);
        respond({204, "", {}, ""});
    };
    return exchange.services.writer.submit({run, done, 1});
}

}  // namespace

void handle_share_presenter(const Exchange& exchange, Respond respond) {
    if (auto status = change_presenter(exchange, respond); !status) respond(error_response(status.error()));
}

}  // namespace portal::server
