#include <algorithm>

#include "app/store/builders.hpp"
#include "shared/rules/access.hpp"
#include "shared/rules/share.hpp"

namespace portal::store {
namespace {

bool has_any(const Caller& caller, std::initializer_list<Role> roles) {
    return std::any_of(roles.begin(), roles.end(), [&](Role role) { return caller.has_role(role); });
}

template <class Choices>
void sort_by_name(Choices& choices) {
    std::sort(choices.begin(), choices.end(), [](const vm::PlaceChoice& left, const vm::PlaceChoice& right) {
        return std::tie(left.name, left.id) < std::tie(right.name, right.id);
    });
}

}  // namespace

vm::Home home_of(Role role) {
    switch (role) {
        case Role::practice_user:
        case Role::practice_admin:
        case Role::share_guest:
        case Role::demo:
            return vm::Home::practice;
        case Role::vendor_user:
            return vm::Home::vendor;
        case Role::account_manager:
        case Role::lead:
            return vm::Home::account_manager;
        case Role::integration_engineer:
            return vm::Home::engineer;
        case Role::support_agent:
        case Role::quality_analyst:
        case Role::operations:
            return vm::Home::agent;
        case Role::auditor:
            return vm::Home::auditor;
        case Role::admin:
            return vm::Home::admin;
    }
    return vm::Home::practice;
}

vm::SessionPart build_session(const BuildContext& context) {
    vm::SessionPart part;
    const Caller& caller = context.caller;
    part.user = caller.user;
    part.name = caller.name;
    if (const auto found = context.records.users().find(caller.user); found != context.records.users().end()) {
        part.email = found->second.email;
        part.title = found->second.title;
    }
    part.role = caller.leading_role();
    part.home = home_of(part.role);
    part.demo = context.demo == Demo::yes;
    part.sees_financing = context.sees_financing();
    part.sees_tickets = part.role != Role::admin && !caller.grants.empty();
    part.may_file_tickets = has_any(caller, {Role::practice_user, Role::practice_admin, Role::account_manager,
                                             Role::lead, Role::support_agent, Role::operations});
    part.writes_internal_notes = has_any(
        caller, {Role::account_manager, Role::lead, Role::integration_engineer, Role::support_agent, Role::operations});
    part.sees_actions = has_any(caller, {Role::account_manager, Role::lead, Role::auditor});
    // Deposits go with single facts; operations have rollups.
    part.sees_deposits =
        has_any(caller, {Role::practice_user, Role::practice_admin, Role::account_manager, Role::lead, Role::auditor});
    part.sees_sql = context.may_read_facts();
    part.may_share = std::ranges::any_of(caller.grants, role_may_share, &Grant::role);
    part.writes_actions = may_write_somewhere(caller, Entity::action_item);
    part.takes_leads = may_write_somewhere(caller, Entity::prospect);
    for (const auto& [id, practice] : context.records.practices())
        part.practices.push_back({id, practice.name, practice.region, {}});
    for (const auto& [id, location] : context.records.locations())
        part.locations.push_back({id, location.name, location.city + ", " + location.state, location.practice});
    sort_by_name(part.practices);
    sort_by_name(part.locations);
    part.scope = context.scope;
    part.time_zone = context.time_zone_of(context.first_location());
    return part;
}

}  // namespace portal::store
