#include "shared/model/mutation.hpp"

#include "shared/model/states.hpp"

namespace portal {

std::string operation_text(MutationKind kind, Entity entity) {
    return std::string(descriptor_of(entity).name) + "." + std::string(text_of(kind));
}

std::optional<std::pair<MutationKind, Entity>> parse_operation(std::string_view text) {
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const EntityDescriptor* descriptor = find_entity(text.substr(0, dot));
    const auto kind = parse_text<MutationKind>(text.substr(dot + 1));
    if (!descriptor || !kind) return std::nullopt;
    return std::pair{*kind, descriptor->entity};
}

}  // namespace portal
