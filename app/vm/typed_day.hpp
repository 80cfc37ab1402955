// A day as people type it: 2026-12-04 everywhere; 12/4/2026 or 12/4 in English, 4/12/2026 or 4/12 in Spanish.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/vm/words.hpp"
#include "shared/base/calendar_day.hpp"

namespace portal::vm {

// Nothing for what is no day. Without a year it is the next such day, `today` included.
std::optional<Day> typed_day(Language language, std::string_view text, Day today);
// "12/4/2026" | "4/12/2026": what typed_day() reads back.
std::string text_of_typed_day(Language language, Day day);

}  // namespace portal::vm
