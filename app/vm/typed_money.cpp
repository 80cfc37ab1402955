#include "app/vm/typed_money.hpp"

namespace portal::vm {
namespace {

constexpr std::size_t dollar_digits_max = 9, group_digits = 3, cent_digits = 2;

char decimal_mark(Language language) {
    return language == Language::spanish ? ',' : '.';
}
char group_mark(Language language) {
    return language == Language::spanish ? '.' : ',';
}
bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

// The digits of whole dollars; empty for what is none. Groups, where there are any, are of three.
std::string digits_of(std::string_view text, char mark) {
    std::string digits;
    std::size_t since_mark = 0;
    bool is_grouped = false;
    for (const char letter : text) {
        if (letter == mark) {
            if (digits.empty() || (is_grouped ? since_mark != group_digits : since_mark > group_digits)) return {};
            is_grouped = true;
            since_mark = 0;
        } else if (is_digit(letter)) {
            digits += letter;
            ++since_mark;
        } else {
            return {};
        }
    }
    if (is_grouped && since_mark != group_digits) return {};
    return digits;
}

}  // namespace

std::optional<std::int64_t> typed_cents(Language language, std::string_view text) {
    const auto drop = [&](std::string_view unwanted) {
        while (!text.empty() && unwanted.find(text.front()) != std::string_view::npos)
            text.remove_prefix(1);
    };
    while (text.ends_with(' '))
        text.remove_suffix(1);
    drop(" ");
    if (text.starts_with('$')) text.remove_prefix(1);
    drop(" ");
    const std::size_t mark = text.find(decimal_mark(language));
    const std::string dollars = digits_of(text.substr(0, mark), group_mark(language));
    if (dollars.empty() || dollars.size() > dollar_digits_max) return std::nullopt;
    std::string cents = mark == std::string_view::npos ? "00" : std::string(text.substr(mark + 1));
    if (cents.empty() || cents.size() > cent_digits) return std::nullopt;
    cents.resize(cent_digits, '0');
    std::int64_t sum = 0;
    for (const char letter : dollars + cents) {
        if (!is_digit(letter)) return std::nullopt;
        sum = sum * 10 + (letter - '0');
    }
    return sum;
}

std::string text_of_typed_cents(Language language, std::int64_t cents) {
    std::string text = std::to_string(cents / 100);
    if (const std::int64_t rest = cents % 100; rest != 0)
        text += decimal_mark(language) + std::string(rest < 10 ? "0" : "") + std::to_string(rest);
    return text;
}

}  // namespace portal::vm
