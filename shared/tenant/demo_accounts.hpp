// The accounts of the demo tenant that sign-in offers as "Try as" rows. Ids are the same for every seed and date.
#pragma once

#include <span>
#include <string_view>

#include "shared/model/states.hpp"

namespace portal::tenant {

struct DemoAccount {
    std::string_view key;  // "front_desk": what POST /session/demo and stories name.
    std::string_view id;   // The User row's id.
    std::string_view email;
    std::string_view name;
    std::string_view title;
    Role role;
    std::string_view sees;     // One line, English: what they look at.
    std::string_view sees_es;  // The same in Spanish.
    bool offered_first;        // Shown at once; the others under "More".
};

// In the order they are offered.
std::span<const DemoAccount> demo_accounts();
// Null for an unknown key.
const DemoAccount* find_demo_account(std::string_view key);

}  // namespace portal::tenant
