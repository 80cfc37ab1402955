#include "shared/model/mutation.hpp"

#include <array>

#include "shared/base/check.hpp"

namespace portal {
namespace {

// In the order of the enums' values.
constexpr auto kind_texts = std::to_array<std::string_view>({"create", "update"});
constexpr auto outcome_texts = std::to_array<std::string_view>({"applied", "merged", "nothing_to_do", "rejected"});
constexpr auto rejection_texts =
    std::to_array<std::string_view>({"none", "invalid", "clash", "not_allowed_move", "access_denied", "access_revoked",
                                     "missing_row", "depends_on_rejected", "duplicate_row", "too_large", "defect"});

template <class Enum, std::size_t Size>
std::string_view word_of(const std::array<std::string_view, Size>& texts, Enum value) {
    const auto index = static_cast<std::size_t>(value);
    check(index < Size, "a vocabulary value outside its table");
    return texts[index];
}

template <class Enum, std::size_t Size>
std::optional<Enum> value_of_word(const std::array<std::string_view, Size>& texts, std::string_view text) {
    for (std::size_t index = 0; index < Size; ++index)
        if (texts[index] == text) return static_cast<Enum>(index);
    return std::nullopt;
}

}  // namespace

std::string operation_text(MutationKind kind, Entity entity) {
    return std::string(descriptor_of(entity).name) + "." + std::string(word_of(kind_texts, kind));
}

std::optional<std::pair<MutationKind, Entity>> parse_operation(std::string_view text) {
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const EntityDescriptor* descriptor = find_entity(text.substr(0, dot));
    const auto kind = value_of_word<MutationKind>(kind_texts, text.substr(dot + 1));
    if (!descriptor || !kind) return std::nullopt;
    return std::pair{*kind, descriptor->entity};
}

std::string_view text_of_outcome(OutcomeKind kind) {
    return word_of(outcome_texts, kind);
}
std::optional<OutcomeKind> parse_outcome(std::string_view text) {
    return value_of_word<OutcomeKind>(outcome_texts, text);
}

std::string_view text_of_rejection(RejectionCode code) {
    return word_of(rejection_texts, code);
}
std::optional<RejectionCode> parse_rejection(std::string_view text) {
    return value_of_word<RejectionCode>(rejection_texts, text);
}

}  // namespace portal
