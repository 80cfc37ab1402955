// What a user did, as data: numbered by the client that sends it, applied by rules/mutate on both sides.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/model/row.hpp"

namespace portal {

enum class MutationKind : std::uint8_t { create, update };

// Names are unique. The wire writes them sorted by name, so that equal mutations have equal bytes.
using FieldValues = std::vector<std::pair<std::string, Value>>;

struct Mutation {
    std::int64_t mid = 0;  // Dense per client, from 1.
    Id intent;             // ULID made where the user acted; unique on the server.
    MutationKind kind = MutationKind::update;
    Entity entity = Entity::ticket;  // With kind, the wire's op: "ticket.create", "ticket.update", "message.create".
    Id row;
    Id depends_on;    // Intent that must have been applied first, or empty.
    FieldValues was;  // Updates: what the user saw.
    FieldValues set;

    friend bool operator==(const Mutation&, const Mutation&) = default;
};

enum class RejectionCode : std::uint8_t {
    none,
    invalid,           // A value breaks validation.
    clash,             // Somebody else changed the same strict field; see `theirs`.
    not_allowed_move,  // The state machine refuses; the message names the allowed moves.
    access_denied,
    access_revoked,
    missing_row,  // Deleted or never seen.
    depends_on_rejected,
    duplicate_row,  // Create of an id that exists with another body.
    too_large,
    defect,  // A deterministic exception, recorded with an incident id.
};

enum class OutcomeKind : std::uint8_t { applied, merged, nothing_to_do, rejected };

struct MutationOutcome {
    OutcomeKind kind = OutcomeKind::applied;
    RejectionCode code = RejectionCode::none;
    std::string message;  // English sentence for logs and API clients; the UI words it by code.
    FieldValues theirs;   // On a clash: the server's values of the clashing fields.

    friend bool operator==(const MutationOutcome&, const MutationOutcome&) = default;
};

// "ticket.create"; the reverse gives nothing for a word that names no entity and kind.
std::string operation_text(MutationKind kind, Entity entity);
std::optional<std::pair<MutationKind, Entity>> parse_operation(std::string_view text);

}  // namespace portal
