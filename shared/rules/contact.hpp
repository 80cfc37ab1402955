// Whom to call at a practice that may become a partner: one rule for the pitch that notes it down and for the server.
#pragma once

#include <cstdint>

#include "shared/model/records.hpp"

namespace portal {

enum class ContactProblem : std::uint8_t {
    none,
    no_practice,
    wrong_email,
    identifier,  // A number that could be a person's or a card's.
};

ContactProblem problem_of_contact(const Prospect& prospect);

}  // namespace portal
