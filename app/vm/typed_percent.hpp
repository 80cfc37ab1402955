// A share as a person types it. Thread: any.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace portal::vm {

// "12", "12.5 %", "12,5": basis points of 0 to 100 per cent; nothing for anything else.
std::optional<std::int64_t> typed_percent(std::string_view text);

}  // namespace portal::vm
