// Every endpoint, once. The network dispatches by this table, the access test walks it, and openapi.yaml is compared
// with it: a handler that is not in it cannot be reached.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "server-stub/api/http.hpp"
#include "shared/rules/caller.hpp"

namespace portal::server {

struct Exchange;
using Handler = void (*)(const Exchange& exchange, Respond respond);

enum class Access : std::uint8_t {
    anyone,
    same_machine,   // Loopback peers only, signed in or not.
    signed_in,      // Any user with a session.
    administrator,  // A user with the role admin.
    share_guest,    // A guest of a live or paused shared view, by that cookie and no other.
};

enum class Csrf : std::uint8_t {
    not_needed,
    required
};  // Required: X-Portal-Request: 1, and Origin == Host if present.

// How many requests a principal or an address may make; the network keeps the buckets.
enum class RateClass : std::uint8_t { light, sync, live, sign_in, report, show, reaction };

enum class Delivery : std::uint8_t {
    handler,    // `handler` answers.
    live,       // The live hub, or the guests' one, takes the connection over (Access has been checked).
    transport,  // The network answers by itself (its own counters).
};

struct Route {
    Method method;
    std::string_view pattern;  // "{name}" stands for one segment.
    Access access;
    Csrf csrf;
    RateClass rate;
    std::size_t body_bytes_max;
    Delivery delivery;
    Handler handler;  // Null unless delivery is handler.
};

std::span<const Route> routes();

enum class RouteMiss : std::uint8_t { none, no_such_path, method_not_allowed };
struct RouteMatch {
    const Route* route = nullptr;
    RouteMiss miss = RouteMiss::none;
    std::string_view parameter;  // The segment that "{name}" stood for; points into `path`.
};
RouteMatch find_route(Method method, std::string_view path);

// For logs and metrics.
std::string_view text_of_rate_class(RateClass rate);

}  // namespace portal::server
