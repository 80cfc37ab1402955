#include "shared/wire/base64.hpp"

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
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t index = 0; index < bytes.size(); index += 3) {
        const std::size_t taken = std::min<std::size_t>(3, bytes.size() - index);
        std::uint32_t group = 0;
        for (std::size_t offset = 0; offset < 3; ++offset)
            group = group << 8 | (offset < taken ? static_cast<unsigned char>(bytes[index + offset]) : 0u);
        for (std::size_t digit = 0; digit < 4; ++digit)
            text += digit <= taken ? alphabet[group >> (18 - 6 * digit) & 63] : '=';
    }
    return text;
}

Result<std::string> decode_base64(std::string_view text) {
    if (text.size() % 4 != 0) return malformed();
    std::size_t padding = 0;
    while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=')
        ++padding;
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    for (std::size_t index = 0; index < text.size(); index += 4) {
        const std::size_t significant = index + 4 == text.size() ? 4 - padding : 4;
        std::uint32_t group = 0;
        for (std::size_t digit = 0; digit < 4; ++digit) {
            const std::uint8_t value =
                digit < significant ? digits[static_cast<unsigned char>(text[index + digit])] : 0;
            if (value == no_digit) return malformed();
            group = group << 6 | value;
        }
        for (std::size_t byte = 0; byte + 1 < significant; ++byte)
            bytes += static_cast<char>(group >> (16 - 8 * byte) & 0xff);
        const std::uint32_t stray_mask = significant == 4 ? 0u : significant == 3 ? 0xffu : 0xffffu;
        if ((group & stray_mask) != 0) return malformed();
    }
    return bytes;
}

}  // namespace portal::wire
