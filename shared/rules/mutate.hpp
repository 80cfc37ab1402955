// The one mutator, run by the browser on its overlay and by the server on its tables.
//
// A mutation is a unit of atomicity: it changes rows through RowStore or is refused whole. The server alone sets time
// and authority: the browser's result is a guess that the next pull replaces.
//
// Per field (Merge): theirs == was: apply; theirs == ours: nothing to do; otherwise a clash: strict fields refuse the
// mutation and show both values, last-wins fields apply, set fields merge additions and removals.
#pragma once

#include <cstdint>
#include <optional>

#include "shared/base/clock.hpp"
#include "shared/model/mutation.hpp"
#include "shared/model/row.hpp"
#include "shared/rules/access.hpp"
#include "shared/rules/caller.hpp"

namespace portal {

// Reads and writes inside the caller's transaction.
class RowStore {
  public:
    virtual ~RowStore() = default;
    virtual std::optional<Row> get(Entity entity, const Id& id) = 0;
    // Writes the row with the values given; the implementation counts rev and logs the change.
    virtual void put(const Row& row) = 0;
};

// What the running side knows.
struct MutationContext {
    InstantMs now_ms = 0;  // The server's clock, or the browser's estimate of it.
    const Caller& caller;
    const Directory* directory = nullptr;  // Null in the browser: it holds only rows it may see.
    std::int64_t next_ticket_number = 0;   // 0 in the browser: "numbered when sent".
};

MutationOutcome apply_mutation(const Mutation& mutation, const MutationContext& context, RowStore& rows);

}  // namespace portal
