// What the laws of states bar practices from arranging for their patients: rows of a table, not code. A patient may
// still ask the lender for the same plan. Counsel of whoever deploys this confirms and completes them. Thread: any.
#pragma once

#include <span>
#include <string_view>

#include "shared/model/state_rule.hpp"

namespace portal {

// Those of one state stand together.
std::span<const StateRule> state_rules();

// The rule that bars it on that day, or null.
const StateRule* barring_rule(std::string_view state, Specialty specialty, PlanKind kind, Day today);

}  // namespace portal
