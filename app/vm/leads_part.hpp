// Business contacts that a pitch has brought: whom to call, never a patient. They wait on this machine until they are
// taken away as a file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace portal::vm {

struct Lead {
    std::string practice = {};
    std::string name = {};
    std::string email = {};
    std::string note = {};
    friend bool operator==(const Lead&, const Lead&) = default;
};

enum class LeadProblem : std::uint8_t {
    none,
    no_practice,
    wrong_email,
    identifier,  // A number that could be a person's or a card's.
    too_many,
    not_kept,  // The browser forbids it.
};
enum class Wiped : std::uint8_t { no, clean, something_left };

struct LeadsPart {
    std::vector<Lead> leads;
    LeadProblem problem = LeadProblem::none;
    Wiped wiped = Wiped::no;
};

}  // namespace portal::vm
