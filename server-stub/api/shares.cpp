// A presenter's live shared views: making, listing, pausing, resuming, ending, and showing.
//
//   POST   shares               made, with the link that is told this once
//   POST   shares/preview       what a share would show: share_dataset.cpp
//   PATCH  shares/{share}       {"paused":true}: live <> paused
//   DELETE shares/{share}       ended, by who made it or presents it; its guests' cookies with it
//   PUT    shares/{share}/show  what the presenter looks at or points to; kept in memory
//   GET    shares/{share}/session, dataset, recording
//                               what its guests are given and told, for the presenter who records it
//
// Somebody else's share is not there: one is its maker's and, while presenting is handed over (share_presenter.cpp),
// theirs to whom it was. Guests are told after COMMIT.
#include <nlohmann/json.hpp>

#include "server-stub/api/handlers.hpp"
#include "server-stub/api/json_body.hpp"
#include "server-stub/auth/share_access.hpp"
#include "shared/base/limits.hpp"
#include "shared/wire/share_json.hpp"

namespace portal::server {
namespace {

using ShareChange = std::function<Status(WriteTransaction&, ShareRecord&)>;

Error no_such_share() {
    return {ErrorCode::not_found, "there is no such share"};
}

// The practices as they are reached now; the link's token is nowhere.
ShareListing listing_of(const ShareStanding& standing, std::int64_t guests) {
    const ShareRecord& record = standing.record;
    ShareListing listing{record.id,         standing.state,    record.scope, guests, 0,
                         record.created_ms, record.expires_ms, {},           {},     {}};
    listing.scope.practices = standing.scope.practices;
    return listing;
}

// Those who follow, as whoever presents is told of them.
void add_company(ReadSnapshot& view, const ShareStanding& standing, const ShareHub& followers, ShareListing& listing) {
    const Id &share = standing.record.id, &presenter = standing.scope.presenter;
    listing.followers = static_cast<std::int64_t>(followers.follower_count(share, presenter));
    listing.people = followers.people(share);
    std::erase_if(listing.people, [&](const ShareFollower& one) { return one.user == presenter; });
    for (ShareFollower& one : listing.people) {
        const auto caller = one.user.empty() ? std::nullopt : view.caller(one.user);
        one.may_present = caller && may_present(standing.scope, *caller, *view.directory(one.user));
    }
    listing.reactions = followers.reactions(share);
}

// For who made it, and for who presents it.
ShareListing listing_for(ReadSnapshot& view, const ShareStanding& standing, const ShareHub& followers,
                         const Id& reader) {
    const ShareRecord& record = standing.record;
    ShareListing listing = listing_of(standing, view.shares().guest_count(record.id));
    listing.is_lent = record.scope.presenter != reader;
    if (standing.state == ShareState::ended) return listing;
    if (standing.scope.presenter != reader)
        if (const auto presenter = view.row(Entity::user, standing.scope.presenter))
            listing.presenter = text_value(*presenter, "name");
    add_company(view, standing, followers, listing);
    return listing;
}

// Who made it, and who presents it now.
bool is_theirs(const ShareStanding& standing, const Id& user) {
    return standing.record.scope.presenter == user || standing.scope.presenter == user;
}

std::string body_text(const nlohmann::json& body) {
    return body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Status check_share_count(ReadSnapshot& view, const Id& presenter, InstantMs now_ms) {
    std::size_t open = 0;
    for (const ShareRecord& share : view.shares().shares_of(presenter))
        open += share.scope.presenter == presenter && share.state != ShareState::ended && now_ms < share.expires_ms;
    if (open < limits::shares_per_presenter_max) return {};
    return fail(ErrorCode::resource_exhausted, "end a shared view first: there are too many of yours");
}

struct MadeShare {
    std::string token;
    ShareListing listing;
};

Status make_share(const Exchange& exchange, const Respond& respond) {
    PORTAL_TRY_ASSIGN(request, wire::decode_share_request(exchange.request.body));
    request.scope.presenter = exchange.principal.caller.user;
    auto made = std::make_shared<MadeShare>();
    const auto run = [made, request, &random = exchange.services.random, now_ms = exchange.services.clock.now_ms(),
                      address = exchange.request.address](WriteTransaction& writes) -> Status {
        const Id& presenter = request.scope.presenter;
        // With the grants that hold now, not those with which the request was admitted.
        const auto caller = writes.view().caller(presenter);
        if (!caller) return fail(ErrorCode::unauthenticated, "sign in first");
        PORTAL_TRY_ASSIGN(scope, checked_scope(request.scope, *caller, *writes.view().directory(presenter)));
        PORTAL_TRY(check_share_count(writes.view(), presenter, now_ms));
        made->token = make_token(random);
        const ShareRecord record{make_id(now_ms, random),     hash_token(made->token), scope, ShareState::live, now_ms,
                                 now_ms + request.duration_ms};
        writes.shares().put_share(record);
        writes.accounts().add_audit({now_ms, presenter, "share.create", record.id, address, {}});
        made->listing = listing_of(standing_of_share(writes.view(), record, now_ms), 0);
        return {};
    };
    const auto done = [made, respond](const Status& status) {
        if (!status) return respond(error_response(status.error()));
        // The token is in the fragment, which no server and no log ever sees.
        made->listing.link = "/share#" + made->token;
        Response response = json_response(201, wire::encode(made->listing));
        response.headers.emplace_back("Cache-Control", "no-store");
        respond(std::move(response));
    };
    return exchange.services.writer.submit({run, done, 1});
}

// Changes a share of the caller's, made by them or handed to them, that has not ended.
Status change_share(const Exchange& exchange, const Respond& respond, std::string_view action, ShareChange change) {
    const Id share(exchange.parameter), presenter = exchange.principal.caller.user;
    const auto run = [share, presenter, action, change = std::move(change), now_ms = exchange.services.clock.now_ms(),
                      address = exchange.request.address](WriteTransaction& writes) -> Status {
        ReadSnapshot& view = writes.view();
        ShareStanding standing = standing_of_share(view, view.shares().share(share), now_ms);
        ShareRecord& record = standing.record;
        if (record.id.empty() || !is_theirs(standing, presenter)) return fail(no_such_share());
        if (record.state == ShareState::ended || now_ms >= record.expires_ms)
            return fail(ErrorCode::precondition_failed, "this shared view has ended");
        PORTAL_TRY(change(writes, record));
        writes.shares().put_share(record);
        writes.accounts().add_audit({now_ms, presenter, std::string(action), share, address, {}});
        return {};
    };
    const auto done = [share, respond, &followers = exchange.followers](const Status& status) {
        if (!status) return respond(error_response(status.error()));
        followers.share_changed(share);
        respond({204, "", {}, ""});
    };
    return exchange.services.writer.submit({run, done, 1});
}

Status pause_share(const Exchange& exchange, const Respond& respond) {
    PORTAL_TRY_ASSIGN(body, JsonBody::parse(exchange.request.body));
    PORTAL_TRY_ASSIGN(paused, body.flag("paused"));
    return change_share(
        exchange, respond, paused ? "share.pause" : "share.resume",
        [state = paused ? ShareState::paused : ShareState::live](WriteTransaction&, ShareRecord& record) -> Status {
            record.state = state;
            return {};
        });
}

Status end_share(const Exchange& exchange, const Respond& respond) {
    return change_share(exchange, respond, "share.end", [](WriteTransaction& writes, ShareRecord& record) -> Status {
        record.state = ShareState::ended;
        record.token_hash.clear();
        writes.shares().remove_guests_of(record.id);
        return {};
    });
}

Result<Response> show_to_guests(const Exchange& exchange) {
    PORTAL_TRY_ASSIGN(show, wire::decode_share_show(exchange.request.body));
    const auto snapshot = exchange.services.repository.read();
    const ShareStanding standing = standing_of_share(*snapshot, snapshot->shares().share(Id(exchange.parameter)),
                                                     exchange.services.clock.now_ms());
    const Id& user = exchange.principal.caller.user;
    if (standing.record.id.empty() || !is_theirs(standing, user)) return fail(no_such_share());
    if (standing.state != ShareState::ended && standing.scope.presenter != user)
        return fail(ErrorCode::conflict, "another one presents this shared view now");
    if (standing.state == ShareState::ended) return fail(ErrorCode::precondition_failed, "this shared view has ended");
    if (show.pointer) {
        PORTAL_TRY(check_pointer(*show.pointer));
        exchange.followers.tell_pointer(standing.record.id, *show.pointer);
        return Response{204, "", {}, ""};
    }
    PORTAL_TRY(check_view_state(*show.state, standing.scope, *standing.directory));
    const std::int64_t q = exchange.followers.tell_state(standing.record.id, *show.state);
    const auto followers = static_cast<std::int64_t>(exchange.followers.follower_count(standing.record.id, user));
    return json_response(200, body_text({{"q", q}, {"followers", followers}}));
}

}  // namespace

void handle_share_create(const Exchange& exchange, Respond respond) {
    if (auto status = make_share(exchange, respond); !status) respond(error_response(status.error()));
}

void handle_share_list(const Exchange& exchange, Respond respond) {
    const auto snapshot = exchange.services.repository.read();
    const InstantMs now_ms = exchange.services.clock.now_ms();
    const Id& user = exchange.principal.caller.user;
    std::vector<ShareListing> listings;
    for (const ShareRecord& record : snapshot->shares().shares_of(user)) {
        const ShareStanding standing = standing_of_share(*snapshot, record, now_ms);
        if (is_theirs(standing, user) && listings.size() < limits::share_list_max)
            listings.push_back(listing_for(*snapshot, standing, exchange.followers, user));
    }
    Response response = json_response(200, wire::encode_share_list(listings));
    response.headers.emplace_back("Cache-Control", "no-store");
    respond(std::move(response));
}

void handle_share_change(const Exchange& exchange, Respond respond) {
    if (auto status = pause_share(exchange, respond); !status) respond(error_response(status.error()));
}

void handle_share_end(const Exchange& exchange, Respond respond) {
    if (auto status = end_share(exchange, respond); !status) respond(error_response(status.error()));
}

void handle_share_show(const Exchange& exchange, Respond respond) {
    auto response = show_to_guests(exchange);
    respond(response ? std::move(*response) : error_response(response.error()));
}

}  // namespace portal::server
