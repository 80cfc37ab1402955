// The leads as one text that the desk keeps, and as a file to take away. Thread: any.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/vm/format.hpp"
#include "app/vm/leads_part.hpp"

namespace portal::pitch {

// Why it cannot be kept as it is, beside `kept` that are there.
vm::LeadProblem problem_of_lead(const vm::Lead& lead, std::size_t kept);

// A line each; control characters become blanks. What is no lead in a kept text is left out.
std::string text_of_leads(const std::vector<vm::Lead>& leads);
std::vector<vm::Lead> leads_of_text(std::string_view text);

// What is so much somebody's own in these leads that it may stand nowhere after they were wiped.
std::vector<std::string> traces_of_leads(const std::vector<vm::Lead>& leads);

std::string csv_of_leads(const std::vector<vm::Lead>& leads, const vm::Format& format);

}  // namespace portal::pitch
