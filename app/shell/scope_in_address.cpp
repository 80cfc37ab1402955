#include "app/shell/scope_in_address.hpp"

#include <algorithm>
#include <utility>

#include "app/vm/route.hpp"

namespace portal::shell {
namespace {

bool has_all(const std::vector<vm::PlaceChoice>& places, const std::vector<Id>& ids) {
    return std::ranges::all_of(
        ids, [&](const Id& id) { return std::ranges::find(places, id, &vm::PlaceChoice::id) != places.end(); });
}

}  // namespace

void ScopeInAddress::read(std::string_view route) {
    const vm::RouteScope named = vm::scope_of_route(route);
    m_read = named.scope;
    m_is_refused = named.misread;
}

void ScopeInAddress::choose(vm::Scope scope) {
    *this = {};
    m_told = std::move(scope);
}

std::string ScopeInAddress::told(std::string route) const {
    return m_told ? vm::with_scope(std::move(route), *m_told) : route;
}

std::optional<vm::Scope> ScopeInAddress::wanted(const vm::SessionPart& session) {
    const std::optional<vm::Scope> asked = std::exchange(m_read, std::nullopt);
    if (!asked) return std::nullopt;
    m_is_refused = !has_all(session.practices, asked->practices) || !has_all(session.locations, asked->locations);
    if (m_is_refused) return std::nullopt;
    m_told = asked;
    return *asked == session.scope ? std::nullopt : asked;
}

bool ScopeInAddress::take_refused() {
    return std::exchange(m_is_refused, false);
}

}  // namespace portal::shell
