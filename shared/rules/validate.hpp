// Is a row fit to be kept? The same answer in the browser, at the server's push, and at import.
#pragma once

#include <string_view>

#include "shared/base/result.hpp"
#include "shared/model/row.hpp"

namespace portal {

enum class TextShape : std::uint8_t {
    single_line,  // No control character at all.
    multi_line,   // Line feeds and tabs, too.
};

// UTF-8, no NUL, no control characters but those of the shape, at most `bytes_max`. The error names `column`.
Status validate_text(std::string_view text, std::string_view column, TextShape shape, std::size_t bytes_max);

// One value per column, of the column's type and vocabulary, required texts present, lengths within limits, references
// shaped like ids, numbers in their ranges. Whether a referenced row exists is for the caller, who has the rows.
// Errors: invalid_argument, naming the column.
Status validate_row(const Row& row);

}  // namespace portal
