#include "server-stub/api/api.hpp"

#include "server-stub/api/incident.hpp"
#include "server-stub/auth/share_access.hpp"
#include "shared/base/check.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::server {
namespace {

Admission refuse(Error error, int status = 0) {
    Admission admission;
    admission.refusal = error_response(error);
    if (status != 0) admission.refusal.status = status;
    return admission;
}

// As the Allow header lists them.
std::string allowed_methods(std::string_view path) {
    std::string allowed;
    for (const Method method : {Method::get, Method::post, Method::put, Method::patch, Method::delete_}) {
        if (find_route(method, path).route == nullptr) continue;
        allowed.append(allowed.empty() ? "" : ", ").append(text_of_method(method));
        if (method == Method::get) allowed += ", HEAD";
    }
    return allowed;
}

// Where an origin's "scheme://" ends.
std::string_view host_of_origin(std::string_view origin) {
    const std::size_t scheme = origin.find("://");
    return scheme == std::string_view::npos ? std::string_view() : origin.substr(scheme + 3);
}

// The marker header cannot be sent by another site's form, nor by its script without our consent; the Origin says the
// same in the browser's own words.
bool proves_origin(const Request& request) {
    if (request.marker != "1") return false;
    return request.origin.empty() || (!request.host.empty() && host_of_origin(request.origin) == request.host);
}

std::optional<CookieKind> cookie_kind_of(ConnectionKind connection) {
    switch (connection) {
        case ConnectionKind::tls:
            return CookieKind::host_prefixed;
        case ConnectionKind::plain_loopback:
            return CookieKind::loopback;
        case ConnectionKind::plain_remote:
            return std::nullopt;
    }
    return std::nullopt;
}

// Where the guest's cookie counts and the user's does not.
bool is_for_guests(std::string_view path) {
    return path.starts_with("/share/");
}

bool is_loopback(std::string_view address) {
    return address == "::1" || address.starts_with("127.") || address.starts_with("::ffff:127.");
}

Status check_access(const Route& route, const Request& request, const Principal& principal) {
    switch (route.access) {
        case Access::anyone:
            return {};
        case Access::same_machine:
            if (is_loopback(request.address)) return {};
            return fail(ErrorCode::permission_denied, "this address is answered on the server's own machine only");
        case Access::share_guest:
            if (!principal.guest.session.empty()) return {};
            return fail(ErrorCode::unauthenticated, "this shared view has ended, or was not opened by its link");
        case Access::signed_in:
        case Access::administrator:
            break;
    }
    if (!principal.signed_in) return fail(ErrorCode::unauthenticated, "sign in first");
    if (route.access == Access::administrator && !principal.caller.has_role(Role::admin))
        return fail(ErrorCode::permission_denied, "only an administrator may do this");
    return {};
}

}  // namespace

Admission Api::admit(const Request& request) {
    try {
        return admit_or_throw(request);
    } catch (const StorageFault& fault) {
        m_services.log.record("storage_fault", fault.error().message);
        return refuse(fault.error());
    } catch (const std::exception& exception) {
        return refuse(report_incident(m_services, "admission", exception.what()));
    }
}

Admission Api::admit_or_throw(const Request& request) {
    const RouteMatch match = find_route(request.method, request.path);
    if (match.miss == RouteMiss::no_such_path)
        return refuse({ErrorCode::not_found, "there is nothing at this address"});
    if (match.miss == RouteMiss::method_not_allowed) {
        Admission refused = refuse({ErrorCode::not_found, "this address does not take this method"}, 405);
        refused.refusal.headers.emplace_back("Allow", allowed_methods(request.path));
        return refused;
    }
    Admission admission;
    admission.route = match.route;
    admission.parameter = std::string(match.parameter);
    const auto kind = cookie_kind_of(request.connection);
    const CookieHolder holder = is_for_guests(request.path) ? CookieHolder::guest : CookieHolder::user;
    const std::string token = kind ? token_in_cookies(request.cookie, *kind, holder) : std::string();
    if (!token.empty() && holder == CookieHolder::guest) recognise_guest(admission.principal, token);
    if (!token.empty() && holder == CookieHolder::user) recognise_user(admission, token);
    if (auto status = check_access(*match.route, request, admission.principal); !status) return refuse(status.error());
    if (match.route->csrf == Csrf::required && !proves_origin(request))
        return refuse(
            {ErrorCode::permission_denied, "the request does not prove that it comes from the portal's own pages"});
    if (request.body.size() > match.route->body_bytes_max)
        return refuse({ErrorCode::invalid_argument, "the request body is too large for this address"}, 413);
    return admission;
}

void Api::recognise_user(Admission& admission, const std::string& token) {
    const auto snapshot = m_services.repository.read();
    const InstantMs now_ms = m_services.clock.now_ms();
    const auto session = snapshot->accounts().session(hash_token(token));
    auto caller = session && is_session_alive(*session, now_ms) ? snapshot->caller(session->user) : std::nullopt;
    if (!caller) return;
    admission.principal = {true, session->token_hash, std::move(*caller), {}};
    admission.care = care_of_session(*session, now_ms);
}

void Api::recognise_guest(Principal& principal, const std::string& token) {
    const auto snapshot = m_services.repository.read();
    std::string session = hash_token(token);
    const ShareStanding standing = standing_of_guest(*snapshot, session, m_services.clock.now_ms());
    if (standing.state != ShareState::ended) principal.guest = {std::move(session), standing.record.id};
}

void Api::run_handler(const Admission& admission, const Request& request, const Respond& respond) {
    const Exchange exchange{request, admission.principal, admission.parameter, m_services, m_followers};
    try {
        admission.route->handler(exchange, respond);
    } catch (const StorageFault& fault) {
        m_services.log.record("storage_fault", fault.error().message);
        respond(error_response(fault.error()));
    } catch (const std::exception& exception) {
        respond(error_response(report_incident(m_services, admission.route->pattern, exception.what())));
    }
}

void Api::dispatch(const Admission& admission, Request request, Respond respond) {
    if (!admission.route) return respond(admission.refusal);
    check(admission.route->delivery == Delivery::handler, "this route is not answered by a handler");
    if (admission.care == SessionCare::none) return run_handler(admission, request, respond);
    struct Tended {
        Admission admission;
        Request request;
        Respond respond;
        std::optional<std::string> token;
    };
    auto tended = std::make_shared<Tended>(Tended{admission, std::move(request), std::move(respond), std::nullopt});
    const auto go_on = [this, tended](const Status&) {
        Respond answer = tended->respond;
        if (tended->token) {
            const auto kind = cookie_kind_of(tended->request.connection);
            const std::string cookie = session_cookie(*tended->token, kind.value_or(CookieKind::host_prefixed));
            answer = [inner = tended->respond, cookie](Response response) {
                // A handler that opened or ended a session has said the last word about the cookie.
                bool said = false;
                for (const auto& [name, value] : response.headers)
                    said = said || name == "Set-Cookie";
                if (!said) response.headers.emplace_back("Set-Cookie", cookie);
                inner(std::move(response));
            };
        }
        run_handler(tended->admission, tended->request, answer);
    };
    const InstantMs now_ms = m_services.clock.now_ms();
    const auto tend = [this, tended, now_ms](WriteTransaction& writes) -> Status {
        tended->token = tend_session(writes, tended->admission.principal.session, now_ms, m_services.random);
        return {};
    };
    const bool waits = admission.care == SessionCare::rotate;
    const auto done = waits ? std::function<void(Status)>(go_on) : std::function<void(Status)>();
    // A full queue postpones the care to the next request.
    const Status queued = m_services.writer.submit({tend, done, 1});
    if (!waits || !queued) go_on({});
}

void Api::handle(Request request, Respond respond) {
    const Admission admission = admit(request);
    dispatch(admission, std::move(request), std::move(respond));
}

std::vector<StreamId> Api::streams_of_session(const std::string& session_hash) {
    try {
        const auto snapshot = m_services.repository.read();
        const auto session = snapshot->accounts().session(session_hash);
        if (!session || !is_session_alive(*session, m_services.clock.now_ms())) return {};
        const auto caller = snapshot->caller(session->user);
        if (!caller) return {};
        return streams_of_caller(*caller, *snapshot->directory(caller->user));
    } catch (const std::exception& exception) {
        // The network that asks has nobody to tell: the live connection ends, and its client comes back.
        m_services.log.record("storage_fault", exception.what());
        return {};
    }
}

ShareFollowing Api::following_of_share(const Id& share, const ShareViewState* state) {
    ShareFollowing following;
    try {
        const auto snapshot = m_services.repository.read();
        const ShareStanding standing =
            standing_of_share(*snapshot, snapshot->shares().share(share), m_services.clock.now_ms());
        if (standing.state == ShareState::ended) return following;
        following.expires_ms = standing.record.expires_ms;
        following.stand =
            standing.state == ShareState::paused ? ShareFollowing::Stand::paused : ShareFollowing::Stand::live;
        following.streams = streams_of_scope(standing.scope, *standing.directory);
        following.state_fits = state && check_view_state(*state, standing.scope, *standing.directory).has_value();
        return following;
    } catch (const std::exception& exception) {
        m_services.log.record("storage_fault", exception.what());
        return {};
    }
}

ShareFollowing Api::following_of_user(const ShareListener& listener, const ShareViewState* state) {
    try {
        const auto snapshot = m_services.repository.read();
        const InstantMs now_ms = m_services.clock.now_ms();
        const auto session = snapshot->accounts().session(listener.session);
        if (!session || session->user != listener.user || !is_session_alive(*session, now_ms)) return {};
        const FollowerStanding standing = standing_of_follower(*snapshot, listener.share, listener.user, now_ms);
        if (!standing.may_follow()) return {};
        ShareFollowing following;
        following.stand = ShareFollowing::Stand::live;
        following.expires_ms = standing.share.record.expires_ms;
        following.streams = streams_of_scope(standing.scope, *standing.directory);
        following.state_fits = state && check_view_state(*state, standing.scope, *standing.directory).has_value();
        if (const auto user = snapshot->row(Entity::user, listener.user)) following.name = text_value(*user, "name");
        return following;
    } catch (const std::exception& exception) {
        m_services.log.record("storage_fault", exception.what());
        return {};
    }
}

// What stands for a user is no hash, and so no guest's.
Result<LiveConnectionId> Api::follow(const Admission& admission, std::function<void()> wake) {
    const Principal& principal = admission.principal;
    if (admission.route->access == Access::share_guest)
        return m_followers.open({principal.guest.session, principal.guest.share, std::move(wake)});
    const Id& user = principal.caller.user;
    if (admission.route->pattern.ends_with("/recording")) {
        const auto snapshot = m_services.repository.read();
        PORTAL_TRY_ASSIGN(standing,
                          standing_for_presenter(*snapshot, Id(admission.parameter), user, m_services.clock.now_ms()));
        return m_followers.open({.guest = "recording " + principal.session,
                                 .share = standing.record.id,
                                 .wake = std::move(wake),
                                 .purpose = ShareListener::Purpose::recording});
    }
    return m_followers.open({"user " + user, Id(admission.parameter), std::move(wake), user, principal.session});
}

}  // namespace portal::server
