// Keeps the rollups beside the facts that they are made of: in the same transaction, and only those that change.
//
// An import prepares them in small steps before its switch, as it prepares its segments; whatever else changes segments
// has them made when its transaction ends. Thread: the writer's.
#pragma once

#include <vector>

#include "server-stub/repo/sqlite_connection.hpp"
#include "shared/base/result.hpp"

namespace portal::server {

// Whose segments: the published ones, or those as an import will publish them.
enum class SegmentsOf : std::uint8_t { published, staged };

struct RollupChanges {
    std::vector<FactRollup> put;
    std::vector<Id> remove;
    std::int64_t segments = 0;  // That were read.
};

// What must change so that the practice's stored rollups are those of its segments. Errors: a segment does not decode.
Result<RollupChanges> rollup_changes(SqliteConnection& connection, const Id& practice, SegmentsOf segments_of);

struct VendorCountChanges {
    std::vector<VendorCount> put;
    std::vector<Id> remove;
};

// The same of what the vendors of the practice's integrations are told, by its stored rollups and its consent.
Result<VendorCountChanges> vendor_count_changes(SqliteConnection& connection, const Id& practice);

// A rollup that goes with an import is staged without bytes.
FactRollup staged_removal(const Id& id);
bool is_staged_removal(const Row& rollup);

}  // namespace portal::server
