// The stories of the demo tenant that have screens, and where to look at each.
#pragma once

#include <string>
#include <vector>

#include "shared/base/calendar_day.hpp"
#include "shared/model/id.hpp"
#include "shared/model/states.hpp"

namespace portal::tenant {

struct Story {
    int number = 0;         // product's number, 1-9.
    std::string title_key;  // Of the text catalogue: "story.1.title".
    std::string account;    // Key of the demo account that sees it.
    std::string route;      // "/integrations/01J.."
    Day day = 0;            // When it shows best.
    Id practice;
    Specialty specialty = Specialty::dental;  // The practice's.
    Id subject;                               // The row the route opens, or empty.
};

}  // namespace portal::tenant
