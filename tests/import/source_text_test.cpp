#include "shared/import/source_text.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cstring>

#include "shared/base/limits.hpp"

using namespace portal;
using namespace portal::import;

namespace {

// Hands the text out in pieces of `piece` bytes, as a slow disk would.
ReadBytes reader_of(std::string text, std::size_t piece = 3) {
    return [text = std::move(text), piece, at = std::size_t{0}](char* buffer,
                                                                std::size_t size) mutable -> Result<std::size_t> {
        const std::size_t count = std::min({piece, size, text.size() - at});
        std::memcpy(buffer, text.data() + at, count);
        at += count;
        return count;
    };
}

Result<std::vector<std::string>> lines_of(const std::string& text, LastLine last_line = LastLine::must_end) {
    SourceText source(reader_of(text), last_line);
    std::vector<std::string> lines;
    std::string_view line;
    while (true) {
        PORTAL_TRY_ASSIGN(more, source.next(line));
        if (!more) return lines;
        lines.emplace_back(line);
    }
}

}  // namespace

TEST_CASE("lines come whole, whatever the pieces and line ends", "[import]") {
    CHECK(lines_of("a\nbb\n\nccc\n").value() == std::vector<std::string>{"a", "bb", "", "ccc"});
    CHECK(lines_of("a\r\nb\r\n").value() == std::vector<std::string>{"a", "b"});
    CHECK(lines_of("\xEF\xBB\xBFname\nZo\xC3\xAB\n").value() == std::vector<std::string>{"name", "Zo\xC3\xAB"});
    CHECK(lines_of("last", LastLine::may_lack_end).value() == std::vector<std::string>{"last"});
}

TEST_CASE("a byte order mark and CRLF are noted", "[import]") {
    SourceText source(reader_of("\xEF\xBB\xBF"
                                "a\r\n"),
                      LastLine::must_end);
    std::string_view line;
    REQUIRE(source.next(line).value());
    CHECK(source.notes().size() == 2);
}

TEST_CASE("what is not a UTF-8 text file is refused with its place", "[import]") {
    struct Case {
        const char* name;
        std::string text;
        const char* message_has;
    };
    const Case cases[] = {
        {"NUL", std::string("a\nb\0c\n", 6), "line 2, column 2: a NUL"},
        {"UTF-16 with mark",
         "\xFF\xFE"
         "a\n",
         "UTF-16"},
        {"UTF-16 big endian",
         "\xFE\xFF"
         "a\n",
         "UTF-16"},
        {"UTF-16 bare", std::string("a\0b\0", 4), "UTF-16"},
        {"Windows-1252", "name\nZo\xEB\n", "line 2, column 3: not valid UTF-8"},
        {"overlong", "a\xC0\xAF\n", "line 1, column 2"},
        {"surrogate", "\xED\xA0\x80\n", "line 1, column 1"},
        {"past the end", "\xF4\x90\x80\x80\n", "line 1, column 1"},
        {"cut sequence", "ab\xE2\x82\n", "line 1, column 3"},
        {"cut file", "a,b\n1,2", "cut off"},
        {"bare CR", "a\rb\n", "carriage return"},
        {"empty", "", "empty"},
        {"long line", std::string(limits::import_line_bytes_max + 1, 'x') + "\n", "longer than"},
        {"endless line", std::string(10 * limits::import_line_bytes_max, 'x'), "longer than"},
    };
    for (const Case& item : cases) {
        INFO(item.name);
        const auto lines = lines_of(item.text);
        REQUIRE(!lines);
        CHECK(lines.error().code == ErrorCode::invalid_argument);
        CHECK(lines.error().message.find(item.message_has) != std::string::npos);
    }
}

TEST_CASE("valid UTF-8 of every length passes", "[import]") {
    CHECK(find_invalid_utf8("plain ascii text, long enough for words") == std::string_view::npos);
    CHECK(find_invalid_utf8("\xC2\xA2 \xE2\x82\xAC \xF0\x9F\x98\x80 end") == std::string_view::npos);
    CHECK(find_invalid_utf8("12345678\xFF") == 8);
}
