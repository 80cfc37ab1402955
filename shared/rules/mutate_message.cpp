#include "shared/rules/mutation_run.hpp"

namespace portal {
namespace {

MessageAuthorKind author_kind_of(const Caller& caller) {
    if (caller.is_staff()) return MessageAuthorKind::staff;
    return caller.has_role(Role::vendor_user) ? MessageAuthorKind::vendor : MessageAuthorKind::practice;
}

// The first public answer by a person of the operator stops the first-response clock.
void note_first_response(const MutationRun& run, const Message& message, Ticket ticket) {
    const bool answers = message.visibility == MessageVisibility::public_ &&
                         message.author_kind == MessageAuthorKind::staff && message.author != ticket.requester;
    if (!answers || ticket.first_response_ms) return;
    ticket.first_response_ms = message.created_ms;
    store_row(run, to_row(ticket));
}

}  // namespace

MutationOutcome create_message(const MutationRun& run) {
    const auto read = read_creation<Message>(run);
    if (!read) return read.error();
    Message message = *read;
    if (message.visibility == MessageVisibility::internal && !run.caller().is_staff())
        return rejected(RejectionCode::access_denied, "internal notes are for staff");
    const auto ticket = find_record<Ticket>(run, message.ticket);
    if (!ticket) return rejected(RejectionCode::missing_row, "there is no such ticket");
    message.practice = ticket->practice;
    message.location = ticket->location;
    if (Refusal refusal = refuse_write(run, to_row(message))) {
        // Somebody else's ticket is told like one that does not exist.
        if (run.knows_all_rows() &&
            may_write(run.caller(), *run.context.directory, to_row(*ticket)) == WriteDecision::not_visible)
            return rejected(RejectionCode::missing_row, "there is no such ticket");
        return *refusal;
    }
    if (const auto present = run.rows.get(Entity::message, message.id)) {
        if (text_value(*present, "author") != run.caller().user)
            return rejected(RejectionCode::duplicate_row, "another row has this id");
        return repeated_creation(run, *present);
    }
    message.author_kind = author_kind_of(run.caller());
    message.author = run.caller().user;
    message.author_name = run.caller().name;
    message.created_ms = run.context.now_ms;
    if (Refusal refusal = refuse_invalid(to_row(message))) return *refusal;
    store_row(run, to_row(message));
    note_first_response(run, message, *ticket);
    return {};
}

MutationOutcome update_message(const MutationRun& run) {
    std::optional<Row> row = run.rows.get(Entity::message, run.mutation.row);
    if (!row) return rejected(RejectionCode::missing_row, "there is no such message");
    if (Refusal refusal = refuse_write(run, *row)) return *refusal;
    if (text_value(*row, "author") != run.caller().user)
        return rejected(RejectionCode::access_denied, "only its author edits a message");
    MutationOutcome outcome = merge_fields(run, *row);
    if (outcome.kind == OutcomeKind::rejected || outcome.kind == OutcomeKind::nothing_to_do) return outcome;
    if (Refusal refusal = refuse_invalid(*row)) return *refusal;
    store_row(run, std::move(*row));
    return outcome;
}

}  // namespace portal
