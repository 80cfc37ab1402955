#include "server-stub/api/routes.hpp"

#include <algorithm>
#include <array>

#include "server-stub/api/handlers.hpp"
#include "shared/base/check.hpp"
#include "shared/base/limits.hpp"

namespace portal::server {
namespace {

constexpr std::size_t no_body = 0;
constexpr std::size_t form_body = limits::sign_in_body_bytes_max;

using enum Access;
using enum Delivery;

constexpr auto table = std::to_array<Route>({
    {Method::post, "/api/v1/sync/pull", signed_in, Csrf::required, RateClass::sync, limits::pull_request_bytes_max,
     handler, handle_pull},
    {Method::post, "/api/v1/sync/push", signed_in, Csrf::required, RateClass::sync, limits::request_body_bytes_max,
     handler, handle_push},
    {Method::get, "/api/v1/facts", signed_in, Csrf::not_needed, RateClass::sync, no_body, handler, handle_facts},
    {Method::get, "/api/v1/peers", signed_in, Csrf::not_needed, RateClass::sync, no_body, handler, handle_peers},
    {Method::get, "/api/v1/live", signed_in, Csrf::not_needed, RateClass::live, no_body, live, nullptr},
    {Method::post, "/api/v1/session", anyone, Csrf::required, RateClass::sign_in, form_body, handler,
     handle_session_open},
    {Method::get, "/api/v1/session", signed_in, Csrf::not_needed, RateClass::light, no_body, handler,
     handle_session_get},
    {Method::delete_, "/api/v1/session", anyone, Csrf::required, RateClass::light, no_body, handler,
     handle_session_end},
    {Method::delete_, "/api/v1/sessions", signed_in, Csrf::required, RateClass::light, no_body, handler,
     handle_sessions_end},
    {Method::post, "/api/v1/session/demo", anyone, Csrf::required, RateClass::sign_in, form_body, handler,
     handle_demo_session_open},
    {Method::get, "/api/v1/demo-accounts", anyone, Csrf::not_needed, RateClass::light, no_body, handler,
     handle_demo_accounts},
    {Method::post, "/api/v1/password/redeem", anyone, Csrf::required, RateClass::sign_in, form_body, handler,
     handle_password_redeem},
    {Method::post, "/api/v1/password/change", signed_in, Csrf::required, RateClass::sign_in, form_body, handler,
     handle_password_change},
    {Method::post, "/api/v1/client-reports", signed_in, Csrf::required, RateClass::report,
     limits::client_report_bytes_max, handler, handle_client_reports},
    {Method::post, "/api/v1/admin/users", administrator, Csrf::required, RateClass::light, form_body, handler,
     handle_user_invite},
    {Method::patch, "/api/v1/admin/users/{user}", administrator, Csrf::required, RateClass::light, form_body, handler,
     handle_user_change},
    {Method::post, "/api/v1/shares", signed_in, Csrf::required, RateClass::light, limits::share_request_bytes_max,
     handler, handle_share_create},
    {Method::post, "/api/v1/shares/preview", signed_in, Csrf::required, RateClass::sync,
     limits::share_request_bytes_max, handler, handle_share_preview},
    {Method::get, "/api/v1/shares", signed_in, Csrf::not_needed, RateClass::light, no_body, handler, handle_share_list},
    {Method::patch, "/api/v1/shares/{share}", signed_in, Csrf::required, RateClass::light, form_body, handler,
     handle_share_change},
    {Method::delete_, "/api/v1/shares/{share}", signed_in, Csrf::required, RateClass::light, no_body, handler,
     handle_share_end},
    {Method::put, "/api/v1/shares/{share}/show", signed_in, Csrf::required, RateClass::show,
     limits::share_state_bytes_max, handler, handle_share_show},
    {Method::put, "/api/v1/shares/{share}/presenter", signed_in, Csrf::required, RateClass::light, form_body, handler,
     handle_share_presenter},
    {Method::post, "/api/v1/shares/join", anyone, Csrf::required, RateClass::sign_in, limits::share_redeem_bytes_max,
     handler, handle_share_join},
    {Method::get, "/api/v1/shares/{share}/follower", signed_in, Csrf::not_needed, RateClass::light, no_body, handler,
     handle_share_follower},
    {Method::get, "/api/v1/shares/{share}/follow", signed_in, Csrf::not_needed, RateClass::live, no_body, live,
     nullptr},
    {Method::post, "/api/v1/shares/{share}/reactions", signed_in, Csrf::required, RateClass::reaction,
     limits::share_redeem_bytes_max, handler, handle_share_user_reaction},
    {Method::get, "/api/v1/shares/{share}/session", signed_in, Csrf::not_needed, RateClass::light, no_body, handler,
     handle_recorded_session},
    {Method::get, "/api/v1/shares/{share}/dataset", signed_in, Csrf::not_needed, RateClass::light, no_body, handler,
     handle_recorded_dataset},
    {Method::get, "/api/v1/shares/{share}/recording", signed_in, Csrf::not_needed, RateClass::live, no_body, live,
     nullptr},
    {Method::post, "/share/redeem", anyone, Csrf::required, RateClass::sign_in, limits::share_redeem_bytes_max, handler,
     handle_share_redeem},
    {Method::get, "/share/session", share_guest, Csrf::not_needed, RateClass::light, no_body, handler,
     handle_share_guest},
    {Method::get, "/share/dataset", share_guest, Csrf::not_needed, RateClass::light, no_body, handler,
     handle_share_dataset},
    {Method::put, "/share/name", share_guest, Csrf::required, RateClass::reaction, limits::share_redeem_bytes_max,
     handler, handle_share_name},
    {Method::post, "/share/reactions", share_guest, Csrf::required, RateClass::reaction, limits::share_redeem_bytes_max,
     handler, handle_share_reaction},
    {Method::get, "/share/live", share_guest, Csrf::not_needed, RateClass::live, no_body, live, nullptr},
    {Method::get, "/healthz", anyone, Csrf::not_needed, RateClass::light, no_body, handler, handle_health},
    {Method::get, "/metrics", same_machine, Csrf::not_needed, RateClass::light, no_body, transport, nullptr},
});

// Whatever changes state proves its origin.
constexpr bool is_sound(const Route& route) {
    return (route.method == Method::get) == (route.csrf == Csrf::not_needed);
}
constexpr bool all_sound() {
    for (const Route& route : table)
        if (!is_sound(route)) return false;
    return true;
}
static_assert(all_sound());

// A path that a pattern has word for word is no other pattern's.
bool is_whole_pattern(std::string_view path) {
    return std::ranges::any_of(table, [&](const Route& route) { return route.pattern == path; });
}

bool matches(std::string_view pattern, std::string_view path, std::string_view& parameter) {
    const std::size_t open = pattern.find('{');
    if (open == std::string_view::npos || is_whole_pattern(path)) return pattern == path;
    const std::string_view before = pattern.substr(0, open), after = pattern.substr(pattern.find('}') + 1);
    if (path.size() <= before.size() + after.size() || !path.starts_with(before) || !path.ends_with(after))
        return false;
    parameter = path.substr(before.size(), path.size() - before.size() - after.size());
    return parameter.find('/') == std::string_view::npos;
}

}  // namespace

std::span<const Route> routes() {
    return table;
}

RouteMatch find_route(Method method, std::string_view path) {
    RouteMatch match{nullptr, RouteMiss::no_such_path, {}};
    for (const Route& route : table) {
        std::string_view parameter;
        if (!matches(route.pattern, path, parameter)) continue;
        if (route.method == method) return {&route, RouteMiss::none, parameter};
        match.miss = RouteMiss::method_not_allowed;
    }
    return match;
}

std::string_view text_of_rate_class(RateClass rate) {
    switch (rate) {
        case RateClass::light:
            return "light";
        case RateClass::sync:
            return "sync";
        case RateClass::live:
            return "live";
        case RateClass::sign_in:
            return "sign_in";
        case RateClass::report:
            return "report";
        case RateClass::show:
            return "show";
        case RateClass::reaction:
            return "reaction";
    }
    check_failed("a rate class outside its vocabulary", std::source_location::current());
}

}  // namespace portal::server
