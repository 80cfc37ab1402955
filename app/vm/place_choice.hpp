// A place or a person to choose from a list.
#pragma once

#include <string>

#include "shared/model/id.hpp"

namespace portal::vm {

struct PlaceChoice {
    Id id;
    std::string name;
    std::string detail;  // City and state, specialty, or a person's title.
    Id practice;         // Of a location; empty for a practice.
};

}  // namespace portal::vm
