// Business contacts that a pitch has brought: whom to call, never a patient. They wait on this machine until they are
// taken away as a file, or sent from the portal by somebody who signs in there.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "shared/model/id.hpp"

namespace portal::vm {

struct Lead {
    std::string practice = {};
    std::string name = {};
    std::string email = {};
    std::string note = {};
    Id id = {};  // Given when it is kept.
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
enum class Wiped : std::uint8_t {
    no,
    looking,
    clean,
    sent_ones_left,  // In the data of the portal's account that has sent them, which is not the pitch's to remove.
    something_left,
};

// What was removed, and what was looked through afterwards for anything of it.
struct WipeProof {
    Wiped wiped = Wiped::no;
    std::int64_t leads = 0, files = 0;
    std::int64_t entries = 0, bytes = 0;
};

struct LeadsPart {
    std::vector<Lead> leads;
    LeadProblem problem = LeadProblem::none;
    bool has_anything = false;  // To wipe: a lead, one that is being typed, or a file.
    WipeProof proof;
};

}  // namespace portal::vm
