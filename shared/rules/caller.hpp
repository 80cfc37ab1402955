// Who asks: a signed-in user with the grants that hold now.
#pragma once

#include <string>
#include <vector>

#include "shared/model/records.hpp"

namespace portal {

// How the figures reach those whose facts may be many: leads and auditors.
enum class FiguresForm : std::uint8_t { facts, rollups };

struct Caller {
    Id user;
    std::string name;
    std::string language;
    Id practice;  // Practice staff; otherwise empty.
    Id vendor;    // Vendor staff; otherwise empty.
    std::vector<Grant> grants;
    FiguresForm figures = FiguresForm::facts;  // What they were last given.

    bool has_role(Role role) const;
    // Staff of the operator: account managers, engineers, agents, quality, operations, leads, auditors, admins.
    bool is_staff() const;
    // The role whose home the user sees first.
    Role leading_role() const;
};

}  // namespace portal
