#include "app/pitch/prospect_text.hpp"

#include <algorithm>
#include <array>

#include "shared/import/source_text.hpp"

namespace portal::pitch {
namespace {

constexpr std::size_t lines_looked_at = 20;
constexpr std::size_t bytes_looked_at = 4'096;

void append_utf8(std::string& text, std::uint32_t code) {
    if (code < 0x80) {
        text += static_cast<char>(code);
    } else if (code < 0x800) {
        text += {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 0x3F))};
    } else {
        text += {static_cast<char>(0xE0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 0x3F)),
                 static_cast<char>(0x80 | (code & 0x3F))};
    }
}

// Pairs of surrogates name no letter that a day or an amount has.
std::string from_utf16(std::string_view bytes, bool is_little) {
    std::string text;
    for (std::size_t at = 2; at + 1 < bytes.size(); at += 2) {
        const auto first = static_cast<unsigned char>(bytes[at]), second = static_cast<unsigned char>(bytes[at + 1]);
        const std::uint32_t unit = is_little ? second * 256u + first : first * 256u + second;
        append_utf8(text, unit >= 0xD800 && unit < 0xE000 ? '?' : unit);
    }
    return text;
}

std::string from_western(std::string_view bytes) {
    std::string text;
    for (const char byte : bytes) {
        const auto code = static_cast<unsigned char>(byte);
        append_utf8(text, code >= 0x80 && code < 0xA0 ? '?' : code);
    }
    return text;
}

bool is_known_binary(std::string_view bytes) {
    for (const std::string_view head : {"PK\x03\x04", "%PDF", "\x89PNG", "\xFF\xD8\xFF", "\xD0\xCF\x11\xE0", "GIF8"})
        if (bytes.starts_with(head)) return true;
    return bytes.substr(0, bytes_looked_at).find('\0') != std::string_view::npos;
}

}  // namespace

std::optional<std::string> text_of_bytes(std::string bytes) {
    if (bytes.starts_with("\xFF\xFE")) return from_utf16(bytes, true);
    if (bytes.starts_with("\xFE\xFF")) return from_utf16(bytes, false);
    if (is_known_binary(bytes)) return std::nullopt;
    if (import::find_invalid_utf8(bytes) != std::string_view::npos) return from_western(bytes);
    return bytes;
}

char delimiter_of(std::string_view text) {
    constexpr std::array candidates = {',', ';', '\t', '|'};
    std::array<std::size_t, candidates.size()> agreeing{};
    std::array<std::size_t, candidates.size()> in_header{};
    std::array<std::size_t, candidates.size()> in_line{};
    std::size_t lines = 0;
    bool is_quoted = false;
    for (std::size_t at = 0; at < text.size() && lines < lines_looked_at; ++at) {
        if (text[at] == '"') is_quoted = !is_quoted;
        if (is_quoted) continue;
        for (std::size_t index = 0; index < candidates.size(); ++index)
            in_line[index] += text[at] == candidates[index] ? 1 : 0;
        if (text[at] != '\n') continue;
        if (lines++ == 0) in_header = in_line;
        for (std::size_t index = 0; index < candidates.size(); ++index)
            agreeing[index] += in_header[index] > 0 && in_line[index] == in_header[index] ? 1 : 0;
        in_line.fill(0);
    }
    return candidates[static_cast<std::size_t>(std::ranges::max_element(agreeing) - agreeing.begin())];
}

}  // namespace portal::pitch
