// What bytes of an unknown file say: whether they are text at all, in which encoding, and what parts their cells.
// Thread: any.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace portal::pitch {

// As UTF-8: from UTF-8 with or without a mark, UTF-16 with one, or else from Windows' Western letters. Nothing for what
// is no text: a workbook, a PDF, an image.
std::optional<std::string> text_of_bytes(std::string bytes);

// The one that parts the first lines into the same number of cells most often; quotes keep theirs.
char delimiter_of(std::string_view text);

}  // namespace portal::pitch
