#include "shared/rules/mutation_run.hpp"

namespace portal {

// A practice's own word: whether its vendor may see its volumes as counts. No other field of it is anybody's to set.
MutationOutcome update_practice(const MutationRun& run) {
    std::optional<Row> row = run.rows.get(Entity::practice, run.mutation.row);
    if (!row) return rejected(RejectionCode::missing_row, "there is no such practice");
    if (Refusal refusal = refuse_write(run, *row)) return *refusal;
    MutationOutcome outcome = merge_fields(run, *row);
    if (outcome.kind == OutcomeKind::rejected || outcome.kind == OutcomeKind::nothing_to_do) return outcome;
    // The rest of the row is the server's own, and its books and teams may bear the keys of another system.
    if (Refusal refusal = refuse_unknown_words<Practice>(*row)) return *refusal;
    store_row(run, std::move(*row));
    return outcome;
}

}  // namespace portal
