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
#include <string>
#include <utility>
#include <vector>

#include "shared/base/clock.hpp"
#include "shared/model/row.hpp"
#include "shared/rules/access.hpp"
#include "shared/rules/caller.hpp"

namespace portal {

enum class MutationKind : std::uint8_t { create, update };

using FieldValues = std::vector<std::pair<std::string, Value>>;  // In the order given; names are unique.

struct Mutation {
    std::int64_t mid = 0;  // Dense per client, from 1.
    Id intent;             // ULID made where the user acted; unique on the server.
    MutationKind kind = MutationKind::update;
    Entity entity = Entity::ticket;  // With kind, the wire's op: "ticket.create", "ticket.update", "message.create".
    Id row;
    Id depends_on;    // Intent that must have been applied first, or empty.
    FieldValues was;  // Updates: what the user saw.
    FieldValues set;
};

enum class RejectionCode : std::uint8_t {
    none,
    invalid,            // A value breaks validation.
    clash,              // Somebody else changed the same strict field; see `theirs`.
    not_allowed_move,   // The state machine refuses; the message names the allowed moves.
    access_denied,
    access_revoked,
    missing_row,        // Deleted or never seen.
    depends_on_rejected,
    duplicate_row,      // Create of an id that exists with another body.
    too_large,
    defect,             // A deterministic exception, recorded with an incident id.
};

enum class OutcomeKind : std::uint8_t { applied, merged, nothing_to_do, rejected };

struct MutationOutcome {
    OutcomeKind kind = OutcomeKind::applied;
    RejectionCode code = RejectionCode::none;
    std::string message;  // English sentence for logs and API clients; the UI words it by code.
    FieldValues theirs;   // On a clash: the server's values of the clashing fields.
};

std::string_view text_of_rejection(RejectionCode code);
std::optional<RejectionCode> parse_rejection(std::string_view text);

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
