// Dollars as people type them: 1250, $1,250 or 1,250.50 in English; 1250, $1.250 or 1.250,50 in Spanish.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/vm/words.hpp"

namespace portal::vm {

// Cents. Nothing for what is no amount, is below zero or beyond nine digits of dollars.
std::optional<std::int64_t> typed_cents(Language language, std::string_view text);
// "1250" | "1250.50": what typed_cents() reads back.
std::string text_of_typed_cents(Language language, std::int64_t cents);

}  // namespace portal::vm
