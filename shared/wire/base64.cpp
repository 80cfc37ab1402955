#include "shared/wire/base64.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace portal::wire {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t no_digit = 0xff;

constexpr std::array<std::uint8_t, 256> make_digits() {
    std::array<std::uint8_t, 256> digits{};
    digits.fill(no_digit);
    for (std::size_t index = 0; index < alphabet.size(); ++index)
        digits[static_cast<unsigned char>(alphabet[index])] = static_cast<std::uint8_t>(index);
    return digits;
}
constexpr std::array<std::uint8_t, 256> digits = make_digits();

tl::unexpected<Error> malformed() {
    return fail(ErrorCode::invalid_argument, "is not base 64");
}

}  // namespace

std::string encode_base64(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4, '=');
    char* out = text.data();
    for (std::size_t index = 0; index < bytes.size(); index += 3, out += 4) {
        const std::size_t taken = std::min<std::size_t>(3, bytes.size() - index);
        std::uint32_t group = 0;
        for (std::size_t offset = 0; offset < taken; ++offset)
            group |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[index + offset])) << (16 - 8 * offset);
        for (std::size_t digit = 0; digit <= taken; ++digit)
            out[digit] = alphabet[group >> (18 - 6 * digit) & 63];
    }
    return text;
}

Result<std::string> decode_base64(std::string_view text) {
    if (text.size() % 4 != 0) return malformed();
    std::size_t padding = 0;
    while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=')
        ++padding;
    std::string bytes(text.size() / 4 * 3, '\0');
    char* out = bytes.data();
    const std::size_t whole = padding == 0 ? text.size() : text.size() - 4;
    std::uint8_t wrong = 0;
    for (std::size_t index = 0; index < whole; index += 4) {
        const auto digit = [&](std::size_t offset) { return digits[static_cast<unsigned char>(text[index + offset])]; };
        const std::uint8_t first = digit(0), second = digit(1), third = digit(2), fourth = digit(3);
        wrong |= static_cast<std::uint8_t>(first | second | third | fourth);
        out[0] = static_cast<char>(first << 2 | second >> 4);
        out[1] = static_cast<char>(second << 4 | third >> 2);
        out[2] = static_cast<char>(third << 6 | fourth);
        out += 3;
    }
    // Only what is no digit has a bit above the sixth.
    if (wrong > 63) return malformed();
    if (padding > 0) {
        std::uint32_t group = 0;
        for (std::size_t digit = 0; digit < 4 - padding; ++digit) {
            const std::uint8_t value = digits[static_cast<unsigned char>(text[whole + digit])];
            if (value == no_digit) return malformed();
            group |= static_cast<std::uint32_t>(value) << (18 - 6 * digit);
        }
        // No byte takes the last bits.
        if ((group & (padding == 1 ? 0xffu : 0xffffu)) != 0) return malformed();
        for (std::size_t index = 0; index < 3 - padding; ++index)
            out[index] = static_cast<char>(group >> (16 - 8 * index) & 0xff);
    }
    bytes.resize(bytes.size() - padding);
    return bytes;
}

}  // namespace portal::wire
