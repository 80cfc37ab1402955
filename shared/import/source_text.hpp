// Physical lines of an import file, checked as they pass: UTF-8 only, no NUL, bounded length,
// newline at the end.
//
// Thread: one owner. Memory: one line and one read buffer, whatever the file's size.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"

namespace portal::import {

// Fills the buffer with up to its size and returns the count; 0 at the end of the file.
using ReadBytes = std::function<Result<std::size_t>(char* buffer, std::size_t size)>;

enum class LastLine : std::uint8_t {
    must_end,      // A file whose last line has no newline may have been cut off: refused.
    may_lack_end,  // The caller vouches for the file.
};

class SourceText {
  public:
    SourceText(ReadBytes read, LastLine last_line);

    // The next line without its line end; false at the end of the file. The view holds until the
    // next call. Errors name line, column and what to do.
    Result<bool> next(std::string_view& line);

    std::int64_t line_number() const { return m_line_number; }  // Of the line last returned, from 1.
    std::int64_t bytes_read() const { return m_bytes_read; }
    // Harmless oddities worth telling, such as a byte order mark.
    const std::vector<std::string>& notes() const { return m_notes; }

  private:
    Result<bool> fill();
    Status check_start();
    Status check_line(std::string_view line);
    tl::unexpected<Error> line_error(std::size_t column, const std::string& what) const;

    ReadBytes m_read;
    LastLine m_last_line;
    std::string m_buffer;
    std::size_t m_begin = 0;
    bool m_ended = false;
    bool m_started = false;
    bool m_carriage_returns_noted = false;
    std::int64_t m_line_number = 0;
    std::int64_t m_bytes_read = 0;
    std::vector<std::string> m_notes;
};

// Position of the first byte that is not valid UTF-8 (overlong forms, surrogates and values past
// U+10FFFF included), or npos.
std::size_t find_invalid_utf8(std::string_view text);

// "line 7, column 12: "
std::string place_text(std::int64_t line, std::int64_t column);

}  // namespace portal::import
