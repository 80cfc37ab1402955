#include "server-stub/import/references.hpp"

#include "shared/base/limits.hpp"

namespace portal::import {
namespace {

Referenced describe(server::ReadSnapshot& view, const Row& row) {
    Referenced referenced;
    referenced.id = row.id;
    switch (row.entity) {
        case Entity::practice:
            referenced.practice = row.id;
            referenced.book = std::string(text_value(row, "book"));
            break;
        case Entity::location:
            referenced.practice = std::string(text_value(row, "practice"));
            if (const auto practice = view.row(Entity::practice, referenced.practice))
                referenced.practice_name = std::string(text_value(*practice, "name"));
            break;
        case Entity::integration:
            referenced.practice = std::string(text_value(row, "practice"));
            break;
        case Entity::ticket:
            referenced.practice = std::string(text_value(row, "practice"));
            referenced.location = std::string(text_value(row, "location"));
            break;
        case Entity::user:
            referenced.practice = std::string(text_value(row, "practice"));
            referenced.vendor = std::string(text_value(row, "vendor"));
            referenced.name = std::string(text_value(row, "name"));
            break;
        default:
            break;
    }
    return referenced;
}

}  // namespace

const Referenced* References::find(server::ReadSnapshot& view, Entity entity, const std::string& external_key) {
    const std::string key = std::to_string(static_cast<int>(entity)) + ":" + external_key;
    auto found = m_known.find(key);
    if (found == m_known.end()) {
        if (m_known.size() >= limits::import_references_kept_max) m_known.clear();
        const auto row = view.row_by_external_key(entity, external_key);
        found = m_known.emplace(key, row ? std::optional<Referenced>(describe(view, *row)) : std::nullopt).first;
    }
    return found->second ? &*found->second : nullptr;
}

}  // namespace portal::import
