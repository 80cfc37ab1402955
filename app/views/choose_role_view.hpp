// The demo before a role was chosen: who one could be, and what that one looks at.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/views/view.hpp"

namespace portal::views {

struct RoleChoice {
    std::string_view account;  // What the choice is known by.
    std::string_view name;
    std::string_view sees;
    Role role = Role::practice_user;
};

// The account that was chosen in this frame.
std::optional<std::string> choose_role_view(const ViewContext& context, std::span<const RoleChoice> choices);

}  // namespace portal::views
