#include "shared/model/identifiers.hpp"

#include <optional>
#include <string>

namespace portal {
namespace {

bool is_digit(char character) {
    return character >= '0' && character <= '9';
}
bool is_letter(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character == '_';
}

bool is_separator(char character) {
    return std::string_view(" -.()/").find(character) != std::string_view::npos;
}

// Digits in a row. People write long numbers as several groups with a separator or two between them.
struct Group {
    std::size_t offset = 0, size = 0;
    bool continues = false;  // Only separators stand between it and the group before.

    std::size_t end() const { return offset + size; }
};

constexpr std::size_t separators_max = 2;  // "(503) 555-0100" has two in a row.
constexpr std::size_t digits_max = 19;

// Groups inside words are left out: "TKT123456789" is a reference of ours, not somebody's number.
std::vector<Group> digit_groups(std::string_view text) {
    std::vector<Group> groups;
    std::size_t separators = separators_max + 1;
    for (std::size_t index = 0; index < text.size(); ++index) {
        if (!is_digit(text[index])) {
            separators = is_separator(text[index]) ? separators + 1 : separators_max + 1;
            continue;
        }
        Group group{index, 0, separators <= separators_max};
        while (index < text.size() && is_digit(text[index]))
            ++index;
        group.size = index - group.offset;
        const bool word_before = group.offset > 0 && is_letter(text[group.offset - 1]);
        const bool word_after = index < text.size() && is_letter(text[index]);
        const bool in_word = word_before || word_after;
        if (!in_word) groups.push_back(group);
        separators = in_word ? separators_max + 1 : 0;
        --index;
    }
    return groups;
}

bool luhn_holds(std::string_view digits) {
    int sum = 0;
    for (std::size_t index = 0; index < digits.size(); ++index) {
        int digit = digits[digits.size() - 1 - index] - '0';
        if (index % 2 == 1) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    return sum % 10 == 0;
}

// The Social Security Administration never gave out these areas, groups and serials.
bool may_be_social_security(std::string_view digits) {
    const std::string_view area = digits.substr(0, 3);
    return area != "000" && area != "666" && area[0] != '9' && digits.substr(3, 2) != "00" &&
           digits.substr(5) != "0000";
}

// Area and exchange codes start with 2 to 9; a leading 1 is the country.
bool may_be_phone(std::string_view digits) {
    if (digits.size() == 11 && digits[0] == '1') digits.remove_prefix(1);
    return digits.size() == 10 && digits[0] >= '2' && digits[3] >= '2';
}

std::optional<IdentifierKind> kind_of(std::string_view written) {
    std::string digits, shape;
    for (const char character : written) {
        if (is_digit(character)) digits += character;
        shape += is_digit(character) ? 'd' : character;
    }
    if (digits.size() >= 13 && digits.size() <= digits_max && luhn_holds(digits)) return IdentifierKind::card;
    const bool usual_nine = shape == "ddd-dd-dddd" || shape == "ddd dd dddd" || shape == "ddddddddd";
    if (usual_nine && may_be_social_security(digits)) return IdentifierKind::social_security;
    if (may_be_phone(digits)) return IdentifierKind::phone;
    return std::nullopt;
}

// The longest number that starts with group `first`, and how many groups it takes: a card may be followed by its date.
struct Found {
    IdentifierMatch match;
    std::size_t groups = 0;
};
std::optional<Found> find_from(std::string_view text, const std::vector<Group>& groups, std::size_t first) {
    std::optional<Found> found;
    std::size_t digits = 0;
    for (std::size_t last = first; last < groups.size(); ++last) {
        digits += groups[last].size;
        if (digits > digits_max || (last > first && !groups[last].continues)) break;
        const std::size_t offset = groups[first].offset, size = groups[last].end() - offset;
        if (const auto kind = kind_of(text.substr(offset, size)))
            found = Found{{*kind, offset, size}, last - first + 1};
    }
    return found;
}

}  // namespace

std::vector<IdentifierMatch> find_identifier_like(std::string_view text) {
    const std::vector<Group> groups = digit_groups(text);
    std::vector<IdentifierMatch> matches;
    for (std::size_t index = 0; index < groups.size();) {
        const auto found = find_from(text, groups, index);
        if (found) matches.push_back(found->match);
        index += found ? found->groups : 1;
    }
    return matches;
}

}  // namespace portal
