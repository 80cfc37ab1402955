// Which columns hold the id of another row. Indexes, validation and imports follow this list.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "shared/model/row.hpp"

namespace portal {

enum class Requirement : std::uint8_t { must_be_set, may_be_empty };

struct Reference {
    Entity entity;
    std::string_view column;
    // Nothing when the id names no replicated entity (a book, a team) or one told by another column (a scope).
    std::optional<Entity> target;
    Requirement requirement;
};

std::span<const Reference> all_references();
// Null when the column holds no id.
const Reference* find_reference(Entity entity, std::string_view column);

}  // namespace portal
