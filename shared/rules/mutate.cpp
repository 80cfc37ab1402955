#include "shared/rules/mutate.hpp"

#include "shared/rules/mutation_run.hpp"

namespace portal {
namespace {

using Step = MutationOutcome (*)(const MutationRun&);

// One's own rows: the user's settings and the notices. Nobody writes another's, whatever the role.
Step step_of(MutationKind kind, Entity entity) {
    const bool creates = kind == MutationKind::create;
    switch (entity) {
        case Entity::ticket:
            return creates ? create_ticket : update_ticket;
        case Entity::message:
            return creates ? create_message : update_message;
        case Entity::action_item:
            return creates ? create_action_item : update_action_item;
        case Entity::deposit_review:
            return creates ? create_deposit_review : update_deposit_review;
        case Entity::prospect:
            return creates ? create_prospect : nullptr;
        case Entity::integration:
            return creates ? nullptr : update_integration;
        case Entity::practice:
            return creates ? nullptr : update_practice;
        case Entity::user:
        case Entity::notice:
            return creates ? nullptr : update_own_row;
        default:
            return nullptr;
    }
}

}  // namespace

MutationOutcome update_own_row(const MutationRun& run) {
    std::optional<Row> row = run.rows.get(run.mutation.entity, run.mutation.row);
    const std::string_view owner = !row                          ? std::string_view()
                                   : row->entity == Entity::user ? std::string_view(row->id)
                                                                 : text_value(*row, "user");
    if (!row || owner != run.caller().user)
        return rejected(RejectionCode::missing_row, "there is no such row of yours");
    MutationOutcome outcome = merge_fields(run, *row);
    if (outcome.kind == OutcomeKind::rejected || outcome.kind == OutcomeKind::nothing_to_do) return outcome;
    if (Refusal refusal = refuse_invalid(*row)) return *refusal;
    store_row(run, std::move(*row));
    return outcome;
}

MutationOutcome apply_mutation(const Mutation& mutation, const MutationContext& context, RowStore& rows) {
    const MutationRun run{mutation, context, rows};
    const Step step = step_of(mutation.kind, mutation.entity);
    if (!step || context.caller.user.empty())
        return rejected(RejectionCode::access_denied,
                        operation_text(mutation.kind, mutation.entity) + " is not something a client does");
    if (Refusal refusal = refuse_unknown_fields(run)) return *refusal;
    return step(run);
}

}  // namespace portal
