// Finds what looks like a patient's or payer's number in text that a user is about to send. The composer warns; it does
// not refuse, because a confirmation number may look the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace portal {

enum class IdentifierKind : std::uint8_t {
    card,             // 13 to 19 digits whose Luhn sum is right (ISO/IEC 7812).
    social_security,  // 123-45-6789, or nine digits in a row that may be one.
    phone,            // Ten digits of the North American plan, in its usual writings.
};

struct IdentifierMatch {
    IdentifierKind kind;
    std::size_t offset = 0;  // Bytes.
    std::size_t size = 0;

    friend bool operator==(const IdentifierMatch&, const IdentifierMatch&) = default;
};

// In order, not overlapping.
std::vector<IdentifierMatch> find_identifier_like(std::string_view text);

}  // namespace portal
