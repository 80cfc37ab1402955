#include "shared/rules/caller.hpp"

#include <algorithm>
#include <array>

namespace portal {
namespace {

// Whose home comes first when a user has several roles: the narrower desk before the wider one.
constexpr auto leading_order = std::to_array<Role>({
    Role::practice_admin,
    Role::practice_user,
    Role::vendor_user,
    Role::lead,
    Role::account_manager,
    Role::integration_engineer,
    Role::support_agent,
    Role::quality_analyst,
    Role::operations,
    Role::admin,
    Role::auditor,
    Role::share_guest,
    Role::demo,
});
static_assert(leading_order.size() == static_cast<std::size_t>(Role::demo) + 1);

bool is_staff_role(Role role) {
    switch (role) {
        case Role::account_manager:
        case Role::lead:
        case Role::integration_engineer:
        case Role::support_agent:
        case Role::quality_analyst:
        case Role::operations:
        case Role::auditor:
        case Role::admin:
            return true;
        case Role::practice_user:
        case Role::practice_admin:
        case Role::vendor_user:
        case Role::share_guest:
        case Role::demo:
            return false;
    }
    return false;
}

}  // namespace

bool Caller::has_role(Role role) const {
    return std::any_of(grants.begin(), grants.end(), [role](const Grant& grant) { return grant.role == role; });
}

bool Caller::is_staff() const {
    return std::any_of(grants.begin(), grants.end(), [](const Grant& grant) { return is_staff_role(grant.role); });
}

Role Caller::leading_role() const {
    for (const Role role : leading_order)
        if (has_role(role)) return role;
    // Nobody without a grant sees anything; the guest's home is the emptiest.
    return Role::share_guest;
}

}  // namespace portal
