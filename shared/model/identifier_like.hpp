// Does a text hold something that could identify a patient: a card, account, social security or telephone number?
//
// No field of any entity may identify a patient. This is the writer's warning, not a filter: it speaks up when in doubt.
#pragma once

#include <string_view>

namespace portal {

// The first run of nine or more digits, with single spaces, dots or dashes between them, as written; empty when none.
// Nine is the shortest of the numbers above; dates, amounts and our own ids are shorter or carry letters.
std::string_view identifier_like(std::string_view text);

}  // namespace portal
