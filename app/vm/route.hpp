// Routes: what the address bar says <-> which screen with what. Every screen state that is worth a link is in its
// query.
//
//   /                       /integrations            /integrations/<id>?day=2026-03-04
//   /financing?from=2026-01-01&until=2026-03-31&grain=week&practice=<id>&location=<id>&plan=<id>&channel=online
//       &cardholder=new&cents_from=20000&cents_until=79999&weekday=tuesday&hour=14&kind=sale&status=settled&compare=period&split=plan&explain=effects
//       &tables=net.funnel&passport=<figure>[.<plan, place or peers>]
//   /financing/rows?figure=pace&reference=R-7&sort=amount&order=up, and the same
//   /tickets?tab=all        /tickets/<id>            /tickets/new?integration=<id>&day=2026-03-04
//   /sync                   /profile
//   and on any of them scope=all, scope=practice.<id>.<id> or scope=location.<id>
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/vm/intent.hpp"

namespace portal::vm {

// "/financing?grain=day". Defaults are left out.
std::string route_of(const Query& query);
// Nothing for a path that names no screen; unknown or malformed parameters are ignored, so that old links open. The
// financing screens say so where a value meant nothing.
std::optional<Query> parse_route(std::string_view route);
// The choice of places beside the screen. `misread`: there are words for it that mean nothing.
struct RouteScope {
    std::optional<Scope> scope = {};
    bool misread = false;
};
RouteScope scope_of_route(std::string_view route);
// The route with the choice; as it is where there are more places than an address takes.
std::string with_scope(std::string route, const Scope& scope);
// The page that offers the demo account of a role and then goes on to the route (web/sign-in.js reads it).
std::string sign_in_route(std::string_view role, std::string_view next);

}  // namespace portal::vm
