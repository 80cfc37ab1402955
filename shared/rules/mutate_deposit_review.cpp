#include "shared/rules/deposits.hpp"
#include "shared/rules/mutation_run.hpp"

namespace portal {
namespace {

// One review for each day of a location: two people who look at it meet in one row.
Refusal refuse_review_place(const MutationRun& run, const DepositReview& review) {
    if (!find_record<Location>(run, review.location)) return rejected(RejectionCode::invalid, "location is not known");
    if (review.id != deposit_review_id(review.location, review.day))
        return rejected(RejectionCode::invalid, "the id is not that of the location's day");
    return std::nullopt;
}

// Who looked says what was found.
Refusal refuse_silence(const DepositReview& review) {
    const bool is_silent = review.note.find_first_not_of(" \t\n") == std::string::npos;
    if (review.reviewed && is_silent) return rejected(RejectionCode::invalid, "note is required");
    return std::nullopt;
}

// The last word is the last writer's, whether it is given or taken back.
void note_reviewer(const MutationRun& run, DepositReview& review) {
    review.reviewed_by = run.caller().user;
    review.reviewed_ms = run.context.now_ms;
}

}  // namespace

MutationOutcome create_deposit_review(const MutationRun& run) {
    const auto read = read_creation<DepositReview>(run);
    if (!read) return read.error();
    DepositReview review = *read;
    if (Refusal refusal = refuse_write(run, to_row(review))) return *refusal;
    if (Refusal refusal = refuse_review_place(run, review)) return *refusal;
    if (const auto present = run.rows.get(Entity::deposit_review, review.id)) return repeated_creation(run, *present);
    if (Refusal refusal = refuse_silence(review)) return *refusal;
    note_reviewer(run, review);
    if (Refusal refusal = refuse_invalid(to_row(review))) return *refusal;
    store_row(run, to_row(review));
    return {};
}

MutationOutcome update_deposit_review(const MutationRun& run) {
    std::optional<Row> row = run.rows.get(Entity::deposit_review, run.mutation.row);
    if (!row) return rejected(RejectionCode::missing_row, "there is no such deposit review");
    if (Refusal refusal = refuse_write(run, *row)) return *refusal;
    MutationOutcome outcome = merge_fields(run, *row);
    if (outcome.kind == OutcomeKind::rejected || outcome.kind == OutcomeKind::nothing_to_do) return outcome;
    if (Refusal refusal = refuse_invalid(*row)) return *refusal;
    DepositReview review = from_row<DepositReview>(*row);
    if (Refusal refusal = refuse_silence(review)) return *refusal;
    note_reviewer(run, review);
    store_row(run, to_row(review));
    return outcome;
}

}  // namespace portal
