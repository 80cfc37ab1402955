#include "shared/rules/state_rules.hpp"

#include <algorithm>
#include <array>

namespace portal {
namespace {

constexpr std::string_view california_source = "Business and Professions Code, section 654.3";

constexpr auto rules = std::to_array<StateRule>({
    {"CA", "California", Specialty::dental, PlanKind::deferred_interest, {2020, 7, 1}, california_source},
    {"CA", "California", Specialty::medical, PlanKind::deferred_interest, {2020, 7, 1}, california_source},
});

}  // namespace

std::span<const StateRule> state_rules() {
    return rules;
}

const StateRule* barring_rule(std::string_view state, Specialty specialty, PlanKind kind, Day today) {
    const auto found = std::ranges::find_if(rules, [&](const StateRule& rule) {
        return rule.state == state && rule.specialty == specialty && rule.barred == kind &&
               day_from_civil(rule.since) <= today;
    });
    return found == rules.end() ? nullptr : &*found;
}

}  // namespace portal
