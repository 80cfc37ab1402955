#include "shared/rules/mutation_run.hpp"

namespace portal {
namespace {

// The practice tells the book, and so who sees the item. What it came from must lie at the same practice.
Refusal complete_place(const MutationRun& run, ActionItem& item) {
    const auto practice = find_record<Practice>(run, item.practice);
    if (!practice) return rejected(RejectionCode::invalid, "practice is not known");
    item.book = practice->book;
    if (!item.integration.empty()) {
        const auto integration = find_record<Integration>(run, item.integration);
        if (!integration || integration->practice != item.practice)
            return rejected(RejectionCode::invalid, "integration does not belong to the practice");
    }
    if (!item.ticket.empty()) {
        const auto ticket = find_record<Ticket>(run, item.ticket);
        if (!ticket || ticket->practice != item.practice)
            return rejected(RejectionCode::invalid, "ticket does not belong to the practice");
    }
    return std::nullopt;
}

// The operator's own work is done by the operator's own people.
Refusal refuse_owner(const MutationRun& run, const ActionItem& item) {
    const auto user = find_record<User>(run, item.owner);
    if (!user && run.knows_all_rows()) return rejected(RejectionCode::invalid, "owner is not known");
    if (!user) return std::nullopt;  // The browser has no row of them; the server decides.
    if (user->disabled || !user->practice.empty() || !user->vendor.empty())
        return rejected(RejectionCode::invalid, "owner is not one of the staff");
    return std::nullopt;
}

void note_done(const MutationRun& run, bool was_done, ActionItem& item) {
    if (item.done == was_done) return;
    item.done_ms.reset();
    item.done_by.clear();
    if (!item.done) return;
    item.done_ms = run.context.now_ms;
    item.done_by = run.caller().user;
}

}  // namespace

MutationOutcome create_action_item(const MutationRun& run) {
    const auto read = read_creation<ActionItem>(run);
    if (!read) return read.error();
    ActionItem item = *read;
    if (Refusal refusal = complete_place(run, item)) return *refusal;
    if (Refusal refusal = refuse_write(run, to_row(item))) return *refusal;
    if (const auto present = run.rows.get(Entity::action_item, item.id)) return repeated_creation(run, *present);
    if (item.owner.empty()) item.owner = run.caller().user;
    if (Refusal refusal = refuse_owner(run, item)) return *refusal;
    note_done(run, false, item);
    item.created_by = run.caller().user;
    item.created_ms = run.context.now_ms;
    if (Refusal refusal = refuse_invalid(to_row(item))) return *refusal;
    store_row(run, to_row(item));
    return {};
}

MutationOutcome update_action_item(const MutationRun& run) {
    std::optional<Row> row = run.rows.get(Entity::action_item, run.mutation.row);
    if (!row) return rejected(RejectionCode::missing_row, "there is no such action item");
    if (Refusal refusal = refuse_write(run, *row)) return *refusal;
    const ActionItem before = from_row<ActionItem>(*row);
    MutationOutcome outcome = merge_fields(run, *row);
    if (outcome.kind == OutcomeKind::rejected || outcome.kind == OutcomeKind::nothing_to_do) return outcome;
    if (Refusal refusal = refuse_invalid(*row)) return *refusal;
    ActionItem item = from_row<ActionItem>(*row);
    if (item.owner != before.owner)
        if (Refusal refusal = refuse_owner(run, item)) return *refusal;
    note_done(run, before.done, item);
    store_row(run, to_row(item));
    return outcome;
}

}  // namespace portal
