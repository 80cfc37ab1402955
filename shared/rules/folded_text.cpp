#include "shared/rules/folded_text.hpp"

#include <algorithm>
#include <array>

namespace portal {
namespace {

struct Decoded {
    char32_t code = 0;
    std::size_t size = 1;
};
constexpr char32_t not_utf8 = 0xFFFF'FFFF;

Decoded decode_one(std::string_view text, std::size_t at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) return {byte, 1};
    const std::size_t size = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC2 ? 2 : 0;
    if (size == 0 || at + size > text.size()) return {not_utf8, 1};
    char32_t code = byte & (0x7Fu >> size);
    for (std::size_t more = 1; more < size; ++more) {
        const auto next = static_cast<unsigned char>(text[at + more]);
        if ((next & 0xC0) != 0x80) return {not_utf8, 1};
        code = code << 6 | (next & 0x3Fu);
    }
    return {code, size};
}

constexpr char is_unseen = 1, is_blank = 2, ends_clause = 3;

struct Likeness {
    char32_t first, last;
    std::string_view letters;  // One for each code, or one for all of them.
};
// Letters with accents, letters of other scripts that look like Latin ones, wide and superscript forms.
constexpr auto likenesses = std::to_array<Likeness>({
    {0xC0, 0xC5, "a"},
    {0xC7, 0xC7, "c"},
    {0xC8, 0xCB, "e"},
    {0xCC, 0xCF, "i"},
    {0xD1, 0xD1, "n"},
    {0xD2, 0xD6, "o"},
    {0xD8, 0xD8, "o"},
    {0xD9, 0xDC, "u"},
    {0xDD, 0xDD, "y"},
    {0xE0, 0xE5, "a"},
    {0xE7, 0xE7, "c"},
    {0xE8, 0xEB, "e"},
    {0xEC, 0xEF, "i"},
    {0xF1, 0xF1, "n"},
    {0xF2, 0xF6, "o"},
    {0xF8, 0xF8, "o"},
    {0xF9, 0xFC, "u"},
    {0xFD, 0xFD, "y"},
    {0xFF, 0xFF, "y"},
    {0x100, 0x105, "a"},
    {0x106, 0x10D, "c"},
    {0x10E, 0x111, "d"},
    {0x112, 0x11B, "e"},
    {0x11C, 0x123, "g"},
    {0x124, 0x127, "h"},
    {0x128, 0x131, "i"},
    {0x139, 0x142, "l"},
    {0x143, 0x148, "n"},
    {0x14C, 0x151, "o"},
    {0x154, 0x159, "r"},
    {0x15A, 0x161, "s"},
    {0x162, 0x167, "t"},
    {0x168, 0x173, "u"},
    {0x174, 0x175, "w"},
    {0x176, 0x178, "y"},
    {0x179, 0x17E, "z"},
    {0x261, 0x261, "g"},
    {0x26A, 0x26A, "i"},
    {0x391, 0x392, "ab"},
    {0x395, 0x397, "ezh"},
    {0x399, 0x39A, "ik"},
    {0x39C, 0x39D, "mn"},
    {0x39F, 0x39F, "o"},
    {0x3A1, 0x3A1, "p"},
    {0x3A4, 0x3A5, "ty"},
    {0x3A7, 0x3A7, "x"},
    {0x3B1, 0x3B1, "a"},
    {0x3B5, 0x3B5, "e"},
    {0x3B9, 0x3B9, "i"},
    {0x3BD, 0x3BD, "v"},
    {0x3BF, 0x3BF, "o"},
    {0x3C1, 0x3C1, "p"},
    {0x3C4, 0x3C5, "tu"},
    {0x405, 0x406, "si"},
    {0x408, 0x408, "j"},
    {0x410, 0x410, "a"},
    {0x412, 0x412, "b"},
    {0x415, 0x415, "e"},
    {0x41A, 0x41A, "k"},
    {0x41C, 0x41E, "mho"},
    {0x420, 0x422, "pct"},
    {0x423, 0x423, "y"},
    {0x425, 0x425, "x"},
    {0x430, 0x430, "a"},
    {0x435, 0x435, "e"},
    {0x43E, 0x43E, "o"},
    {0x440, 0x441, "pc"},
    {0x443, 0x443, "y"},
    {0x445, 0x445, "x"},
    {0x455, 0x456, "si"},
    {0x458, 0x458, "j"},
    {0x66A, 0x66A, "%"},
    {0x2070, 0x2070, "0"},
    {0x2071, 0x2071, "i"},
    {0x207F, 0x207F, "n"},
    {0xFE6A, 0xFE6A, "%"},
    {0xFF05, 0xFF05, "%"},
    {0xFF10, 0xFF19, "0123456789"},
    {0xFF21, 0xFF3A, "abcdefghijklmnopqrstuvwxyz"},
    {0xFF41, 0xFF5A, "abcdefghijklmnopqrstuvwxyz"},
});

bool is_not_seen(char32_t code) {
    return code == 0xAD || code == 0x34F || code == 0x180E || (code >= 0x300 && code <= 0x36F) ||
           (code >= 0x200B && code <= 0x200F) || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2060 && code <= 0x2064) || (code >= 0xFE00 && code <= 0xFE0F) || code == 0xFEFF || code == '\'' ||
           code == 0x2019;
}

char fold_ascii(char32_t code) {
    if (code >= 'A' && code <= 'Z') return static_cast<char>(code - 'A' + 'a');
    if ((code >= 'a' && code <= 'z') || (code >= '0' && code <= '9') || code == '%') return static_cast<char>(code);
    constexpr std::string_view ends = ".,;:!?()[]{}|/";
    return ends.find(static_cast<char>(code)) != std::string_view::npos ? ends_clause : is_blank;
}

// Mathematical bold, italic and the like: thirteen alphabets in a row, then digits.
char fold_mathematical(char32_t code) {
    if (code >= 0x1D7CE) return static_cast<char>('0' + (code - 0x1D7CE) % 10);
    if (code >= 0x1D6A4) return '?';
    return static_cast<char>('a' + (code - 0x1D400) % 52 % 26);
}

char fold_one(char32_t code) {
    if (is_not_seen(code)) return is_unseen;
    if (code < 0x80) return fold_ascii(code);
    if (code >= 0x1D400 && code <= 0x1D7FF) return fold_mathematical(code);
    for (const Likeness& like : likenesses)
        if (code >= like.first && code <= like.last)
            return like.letters.size() == 1 ? like.letters.front() : like.letters[code - like.first];
    if (code == 0xA1 || code == 0xBF || code == 0x2022 || code == 0x2026) return ends_clause;
    return code >= 0xC0 && code < 0x2000 ? '?' : is_blank;
}

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

// A point between digits parts no words: "0.00%" is one number.
bool is_within_number(std::string_view text, std::size_t at) {
    return (text[at] == '.' || text[at] == ',') && at > 0 && at + 1 < text.size() && is_digit(text[at - 1]) &&
           is_digit(text[at + 1]);
}

}  // namespace

std::vector<FoldedLetter> fold_text(std::string_view text) {
    std::vector<FoldedLetter> letters;
    letters.reserve(text.size());
    TextGap gap = TextGap::none;
    bool line_is_empty = false;
    for (std::size_t at = 0; at < text.size();) {
        const Decoded next = decode_one(text, at);
        const char letter = next.code == not_utf8 ? is_blank : fold_one(next.code);
        if (text[at] == '\n') {
            if (line_is_empty) gap = TextGap::clause;
            line_is_empty = true;
        }
        if (letter == is_blank) {
            gap = std::max(gap, TextGap::blank);
        } else if (letter == ends_clause) {
            if (!is_within_number(text, at)) gap = TextGap::clause;
        } else if (letter != is_unseen) {
            // Digits and letters are words of their own, and so is what follows a per cent sign.
            const bool parts = !letters.empty() && letter != '%' && is_digit(letters.back().letter) != is_digit(letter);
            if (parts) gap = std::max(gap, TextGap::blank);
            letters.push_back({letter, gap, at, at + next.size});
            gap = letter == '%' ? TextGap::blank : TextGap::none;
            line_is_empty = false;
        }
        at += next.size;
    }
    return letters;
}

std::string folded_words(std::string_view text) {
    std::string words;
    for (const FoldedLetter& letter : fold_text(text)) {
        if (letter.gap != TextGap::none && !words.empty()) words += ' ';
        words += letter.letter;
    }
    return words;
}

}  // namespace portal
