#include "tests/sim/scenario.hpp"

#include <algorithm>

namespace portal::sim {

std::string words_of(const Scenario& scenario) {
    std::string words = "SEED=" + std::to_string(scenario.seed) + " ACTIONS=" + std::to_string(scenario.actions);
    std::string names;
    for (std::size_t index = 0; index < fault_count; ++index)
        if (scenario.without.test(index)) names.append(names.empty() ? "" : ",").append(fault_names[index]);
    if (!names.empty()) words += " WITHOUT=" + names;
    return words;
}

std::optional<FaultSet> parse_faults(std::string_view names) {
    FaultSet faults;
    while (!names.empty()) {
        const std::string_view name = names.substr(0, names.find(','));
        names.remove_prefix(std::min(names.size(), name.size() + 1));
        const auto found = std::find(fault_names.begin(), fault_names.end(), name);
        if (found == fault_names.end()) return std::nullopt;
        faults.set(static_cast<std::size_t>(found - fault_names.begin()));
    }
    return faults;
}

}  // namespace portal::sim
