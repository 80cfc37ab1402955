// Leads as the one text that this machine keeps of them: the pitch writes it, the portal reads it. Thread: any.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/vm/leads_part.hpp"

namespace portal::vm {

// A line each; control characters become blanks.
std::string text_of_leads(const std::vector<Lead>& leads);
// What is no lead is left out; one of a build that gave no ids comes without.
std::vector<Lead> leads_of_text(std::string_view text);

// Of one field, as it stands in that text.
std::string on_one_line(std::string_view text);

}  // namespace portal::vm
