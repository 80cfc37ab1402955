// What may be kept of a lead, and the leads as a file to take away. Thread: any.
#pragma once

#include <string>
#include <vector>

#include "app/vm/format.hpp"
#include "app/vm/leads_part.hpp"

namespace portal::pitch {

// Why it cannot be kept as it is, beside `kept` that are there.
vm::LeadProblem problem_of_lead(const vm::Lead& lead, std::size_t kept);

// What is so much somebody's own in these leads that it may stand nowhere after they were wiped.
std::vector<std::string> traces_of_leads(const std::vector<vm::Lead>& leads);

std::string csv_of_leads(const std::vector<vm::Lead>& leads, const vm::Format& format);

}  // namespace portal::pitch
