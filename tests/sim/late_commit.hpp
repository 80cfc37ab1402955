// A planted defect: the server numbers changes when they are made, not when they are committed. One transaction takes
// its numbers and is committed after others that took later ones; a cursor that is the highest committed number has
// then passed its changes.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>

namespace portal::sim {

struct LateCommit {
    std::int64_t first = 0, last = 0;  // Its numbers.
    std::set<std::pair<std::string, std::string>> rows;
    std::int64_t later_ones = 0;  // Committed meanwhile.
};

}  // namespace portal::sim
