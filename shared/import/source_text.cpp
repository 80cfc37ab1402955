#include "shared/import/source_text.hpp"

#include <cstring>
#include <utility>

#include "shared/base/limits.hpp"

namespace portal::import {
namespace {

constexpr std::size_t read_bytes = 256 << 10;

// Length of the UTF-8 sequence that starts here, or 0 when it is malformed (RFC 3629, table in
// section 4).
std::size_t sequence_length(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t index) -> unsigned {
        return index < text.size() ? static_cast<unsigned char>(text[index]) : 0u;
    };
    const auto continues = [&](std::size_t index) { return (byte(index) & 0xC0u) == 0x80u; };
    const unsigned lead = byte(at);
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return continues(at + 1) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        const unsigned second = byte(at + 1);
        if (lead == 0xE0 && second < 0xA0) return 0;
        if (lead == 0xED && second > 0x9F) return 0;
        return continues(at + 1) && continues(at + 2) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const unsigned second = byte(at + 1);
        if (lead == 0xF0 && second < 0x90) return 0;
        if (lead == 0xF4 && second > 0x8F) return 0;
        return continues(at + 1) && continues(at + 2) && continues(at + 3) ? 4 : 0;
    }
    return 0;
}

}  // namespace

std::size_t find_invalid_utf8(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        // Eight ASCII bytes at a time: almost every line is nothing else.
        std::uint64_t word = 0;
        while (at + sizeof word <= text.size()) {
            std::memcpy(&word, text.data() + at, sizeof word);
            if ((word & 0x8080808080808080ull) != 0) break;
            at += sizeof word;
        }
        if (at >= text.size()) break;
        const std::size_t length = sequence_length(text, at);
        if (length == 0) return at;
        at += length;
    }
    return std::string_view::npos;
}

std::string place_text(std::int64_t line, std::int64_t column) {
    return "line " + std::to_string(line) + ", column " + std::to_string(column) + ": ";
}

SourceText::SourceText(ReadBytes read, LastLine last_line) : m_read(std::move(read)), m_last_line(last_line) {}

tl::unexpected<Error> SourceText::line_error(std::size_t column, const std::string& what) const {
    return fail(ErrorCode::invalid_argument, place_text(m_line_number, static_cast<std::int64_t>(column) + 1) + what);
}

Result<bool> SourceText::fill() {
    if (m_ended) return false;
    m_buffer.erase(0, m_begin);
    m_begin = 0;
    const std::size_t former = m_buffer.size();
    m_buffer.resize(former + read_bytes);
    PORTAL_TRY_ASSIGN(count, m_read(m_buffer.data() + former, read_bytes));
    m_buffer.resize(former + count);
    m_bytes_read += static_cast<std::int64_t>(count);
    m_ended = count == 0;
    return count > 0;
}

Status SourceText::check_start() {
    m_started = true;
    while (m_buffer.size() < 4 && !m_ended)
        PORTAL_TRY(fill());
    const std::string_view start = m_buffer;
    const bool utf16_mark = start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF");
    const bool utf16_bare = start.size() >= 2 && (start[0] == '\0') != (start[1] == '\0');
    if (utf16_mark || utf16_bare)
        return fail(ErrorCode::invalid_argument,
                    "line 1, column 1: the file is UTF-16 (or UTF-32); save it as UTF-8 and import "
                    "it again");
    if (start.starts_with("\xEF\xBB\xBF")) {
        m_begin = 3;
        m_notes.emplace_back("The file starts with a byte order mark, which was skipped.");
    }
    if (start.empty()) return fail(ErrorCode::invalid_argument, "line 1, column 1: the file is empty");
    return {};
}

Status SourceText::check_line(std::string_view line) {
    if (line.size() > limits::import_line_bytes_max)
        return line_error(limits::import_line_bytes_max,
                          "the line is longer than " + std::to_string(limits::import_line_bytes_max) + " bytes");
    if (const auto nul = line.find('\0'); nul != std::string_view::npos)
        return line_error(nul, "a NUL byte; the file is damaged or not text. Export it again as UTF-8");
    if (const auto bad = find_invalid_utf8(line); bad != std::string_view::npos)
        return line_error(bad,
                          "not valid UTF-8; the file is probably in another encoding such as Windows-1252. "
                          "Save it as UTF-8 and import it again");
    if (const auto bare = line.find('\r'); bare != std::string_view::npos)
        return line_error(bare, "a carriage return without a line feed; save the file with LF or CRLF line ends");
    return {};
}

Result<bool> SourceText::next(std::string_view& line) {
    if (!m_started) PORTAL_TRY(check_start());
    std::size_t searched = m_begin;
    std::size_t end = std::string_view::npos;
    while ((end = m_buffer.find('\n', searched)) == std::string_view::npos) {
        const std::size_t pending = m_buffer.size() - m_begin;
        if (pending > limits::import_line_bytes_max + 2) break;
        PORTAL_TRY_ASSIGN(more, fill());
        if (!more) break;
        searched = m_begin + pending;
    }
    if (end == std::string_view::npos && m_begin == m_buffer.size()) return false;
    ++m_line_number;
    const bool has_end = end != std::string_view::npos;
    line = std::string_view(m_buffer).substr(m_begin, (has_end ? end : m_buffer.size()) - m_begin);
    m_begin = has_end ? end + 1 : m_buffer.size();
    if (line.ends_with('\r') && has_end) {
        line.remove_suffix(1);
        if (!std::exchange(m_carriage_returns_noted, true))
            m_notes.emplace_back("Lines end with CRLF, which was accepted.");
    }
    PORTAL_TRY(check_line(line));
    if (!has_end && m_last_line == LastLine::must_end)
        return line_error(line.size(),
                          "the file ends in the middle of a line, so it may have been cut off. Export it "
                          "again; if it is whole, add a line end or pass --accept-missing-line-end");
    return true;
}

}  // namespace portal::import
