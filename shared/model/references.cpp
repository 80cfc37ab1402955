#include "shared/model/references.hpp"

#include <array>

namespace portal {
namespace {

constexpr auto references = std::to_array<Reference>({
    {Entity::practice, "book", std::nullopt, Requirement::may_be_empty},
    {Entity::practice, "team", std::nullopt, Requirement::may_be_empty},
    {Entity::location, "practice", Entity::practice, Requirement::must_be_set},
    {Entity::location, "calendar", Entity::calendar, Requirement::may_be_empty},
    {Entity::user, "practice", Entity::practice, Requirement::may_be_empty},
    {Entity::user, "vendor", Entity::vendor, Requirement::may_be_empty},
    {Entity::grant, "user", Entity::user, Requirement::must_be_set},
    {Entity::grant, "scope", std::nullopt, Requirement::may_be_empty},
    {Entity::integration, "practice", Entity::practice, Requirement::must_be_set},
    {Entity::integration, "vendor", Entity::vendor, Requirement::must_be_set},
    {Entity::integration, "blocked_owner", Entity::user, Requirement::may_be_empty},
    {Entity::integration, "engineer", Entity::user, Requirement::may_be_empty},
    {Entity::check_rollup, "integration", Entity::integration, Requirement::must_be_set},
    {Entity::incident, "integration", Entity::integration, Requirement::must_be_set},
    {Entity::fact_segment, "practice", Entity::practice, Requirement::must_be_set},
    {Entity::fact_segment, "location", Entity::location, Requirement::must_be_set},
    {Entity::fact_rollup, "practice", Entity::practice, Requirement::must_be_set},
    {Entity::fact_rollup, "location", Entity::location, Requirement::must_be_set},
    {Entity::target, "practice", Entity::practice, Requirement::must_be_set},
    {Entity::deposit, "practice", Entity::practice, Requirement::must_be_set},
    {Entity::deposit, "location", Entity::location, Requirement::must_be_set},
    {Entity::deposit_review, "location", Entity::location, Requirement::must_be_set},
    {Entity::deposit_review, "reviewed_by", Entity::user, Requirement::may_be_empty},
    {Entity::vendor_count, "vendor", Entity::vendor, Requirement::must_be_set},
    {Entity::vendor_count, "integration", Entity::integration, Requirement::must_be_set},
    {Entity::vendor_count, "practice", Entity::practice, Requirement::must_be_set},
    {Entity::ticket, "practice", Entity::practice, Requirement::must_be_set},
    {Entity::ticket, "location", Entity::location, Requirement::must_be_set},
    {Entity::ticket, "integration", Entity::integration, Requirement::may_be_empty},
    {Entity::ticket, "requester", Entity::user, Requirement::may_be_empty},
    {Entity::ticket, "assignee", Entity::user, Requirement::may_be_empty},
    {Entity::message, "ticket", Entity::ticket, Requirement::must_be_set},
    {Entity::message, "practice", Entity::practice, Requirement::must_be_set},
    {Entity::message, "location", Entity::location, Requirement::must_be_set},
    {Entity::message, "author", Entity::user, Requirement::may_be_empty},
    {Entity::action_item, "practice", Entity::practice, Requirement::must_be_set},
    {Entity::action_item, "owner", Entity::user, Requirement::must_be_set},
    {Entity::action_item, "done_by", Entity::user, Requirement::may_be_empty},
    {Entity::action_item, "integration", Entity::integration, Requirement::may_be_empty},
    {Entity::action_item, "ticket", Entity::ticket, Requirement::may_be_empty},
    {Entity::action_item, "created_by", Entity::user, Requirement::may_be_empty},
    {Entity::prospect, "created_by", Entity::user, Requirement::may_be_empty},
    {Entity::notice, "user", Entity::user, Requirement::must_be_set},
    {Entity::notice, "subject", std::nullopt, Requirement::may_be_empty},
});

}  // namespace

std::span<const Reference> all_references() {
    return references;
}

const Reference* find_reference(Entity entity, std::string_view column) {
    for (const Reference& reference : references)
        if (reference.entity == entity && reference.column == column) return &reference;
    return nullptr;
}

}  // namespace portal
