// What the law of a state bars a practice from arranging for its patients; rules/state_rules.hpp has those there are.
#pragma once

#include <string_view>

#include "shared/base/calendar_day.hpp"
#include "shared/model/states.hpp"

namespace portal {

struct StateRule {
    std::string_view state;  // As the post abbreviates it: "CA".
    std::string_view name;   // The same in every language of the portal.
    Specialty specialty = Specialty::dental;
    PlanKind barred = PlanKind::deferred_interest;
    CivilDate since{};        // The first day it holds.
    std::string_view source;  // Where it stands.
};

}  // namespace portal
