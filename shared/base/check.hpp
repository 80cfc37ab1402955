// check(): a condition that only a defect of ours can break. Stays on in release builds.
#pragma once

#include <source_location>
#include <string_view>

namespace portal {

// Writes where and what to standard error and aborts. The browser's boot script shows the sentence and offers a reload.
[[noreturn]] void check_failed(std::string_view message, std::source_location where);

inline void check(bool condition, std::string_view message,
                  std::source_location where = std::source_location::current()) {
    if (!condition) [[unlikely]]
        check_failed(message, where);
}

}  // namespace portal
