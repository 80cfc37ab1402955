#include "shared/rules/access.hpp"
#include "shared/rules/mutation_run.hpp"
#include "shared/rules/sla.hpp"
#include "shared/rules/transitions.hpp"

namespace portal {
namespace {

std::optional<WorkingHours> working_hours(const MutationRun& run, const Id& location_id) {
    const auto location = find_record<Location>(run, location_id);
    const auto calendar = location ? find_record<Calendar>(run, location->calendar) : std::nullopt;
    return calendar ? working_hours_of(*location, *calendar) : std::nullopt;
}

// The place of a ticket is told by its location; a practice or integration named beside it must agree.
Refusal complete_place(const MutationRun& run, Ticket& ticket) {
    const auto location = find_record<Location>(run, ticket.location);
    if (!location) return rejected(RejectionCode::invalid, "location is not known");
    if (!ticket.practice.empty() && ticket.practice != location->practice)
        return rejected(RejectionCode::invalid, "location belongs to another practice");
    ticket.practice = location->practice;
    if (const auto practice = find_record<Practice>(run, ticket.practice)) ticket.practice_name = practice->name;
    if (ticket.integration.empty()) return std::nullopt;
    const auto integration = find_record<Integration>(run, ticket.integration);
    if (!integration || integration->practice != ticket.practice)
        return rejected(RejectionCode::invalid, "integration does not belong to the practice");
    return std::nullopt;
}

// An assignment shows the ticket to the assignee, so it is given only to those whose work it may be.
Refusal complete_assignee(const MutationRun& run, Ticket& ticket) {
    ticket.assignee_name.clear();
    if (ticket.assignee.empty()) return std::nullopt;
    const auto user = find_record<User>(run, ticket.assignee);
    if (!user && run.knows_all_rows()) return rejected(RejectionCode::invalid, "assignee is not known");
    if (!user) return std::nullopt;  // The browser's guess goes without a name; the server decides.
    if (user->disabled || !user->practice.empty())
        return rejected(RejectionCode::invalid, "assignee cannot work on tickets");
    if (!user->vendor.empty()) {
        const auto integration = find_record<Integration>(run, ticket.integration);
        if (!integration || integration->vendor != user->vendor)
            return rejected(RejectionCode::invalid, "assignee belongs to a vendor without a part in this ticket");
    }
    ticket.assignee_name = user->name;
    return std::nullopt;
}

// The clock stands while the practice is asked; what it stood still is added to the promise. An overdue one stays so.
void end_pause(const MutationRun& run, Ticket& ticket, InstantMs paused_since_ms) {
    if (!ticket.due_ms || *ticket.due_ms < paused_since_ms) return;
    const auto hours = working_hours(run, ticket.location);
    const DurationMs paused = open_time_between(hours, paused_since_ms, run.context.now_ms);
    if (paused > 0) ticket.due_ms = after_open_time(hours, *ticket.due_ms, paused);
}

// In a browser, which lacks the places of others, every grant counts; the server then decides by those that reach.
std::vector<Role> roles_at(const MutationRun& run, const Ticket& ticket) {
    if (run.knows_all_rows()) return writing_roles(run.caller(), *run.context.directory, to_row(ticket));
    std::vector<Role> roles;
    for (const Grant& grant : run.caller().grants)
        roles.push_back(grant.role);
    return roles;
}

Refusal change_state(const MutationRun& run, const Ticket& before, Ticket& ticket) {
    if (ticket.state == before.state) return std::nullopt;
    const InstantMs now_ms = run.context.now_ms;
    const Status move =
        check_ticket_move(roles_at(run, before), before.state, ticket.state, before.resolved_ms.value_or(0), now_ms);
    if (!move) return rejected(RejectionCode::not_allowed_move, move.error().message);
    if (before.state == TicketState::waiting_practice && !run.sets("due_ms"))
        end_pause(run, ticket, before.state_since_ms);
    if (ticket.state == TicketState::resolved) ticket.resolved_ms = now_ms;
    if (before.state == TicketState::resolved && ticket.state == TicketState::in_progress) ticket.resolved_ms.reset();
    ticket.state_since_ms = now_ms;
    return std::nullopt;
}

// Another priority moves the promise by the difference of the two policies, so that pauses and agreed dates survive.
void change_priority(const MutationRun& run, const Ticket& before, Ticket& ticket) {
    if (ticket.priority == before.priority || run.sets("due_ms") || !ticket.due_ms) return;
    const auto hours = working_hours(run, ticket.location);
    *ticket.due_ms +=
        due_of(ticket.priority, ticket.created_ms, hours) - due_of(before.priority, ticket.created_ms, hours);
}

}  // namespace

MutationOutcome create_ticket(const MutationRun& run) {
    if (Refusal refusal = refuse_staff_fields(run, {"practice", "location", "integration", "subject", "description",
                                                    "state", "priority", "category", "labels"}))
        return *refusal;
    const auto read = read_creation<Ticket>(run);
    if (!read) return read.error();
    Ticket ticket = *read;
    if (ticket.state != TicketState::new_) return rejected(RejectionCode::not_allowed_move, "a ticket begins as new");
    if (Refusal refusal = complete_place(run, ticket)) return *refusal;
    if (Refusal refusal = refuse_write(run, to_row(ticket))) return *refusal;
    if (const auto present = run.rows.get(Entity::ticket, ticket.id)) return repeated_creation(run, *present);
    if (Refusal refusal = complete_assignee(run, ticket)) return *refusal;
    ticket.number = run.context.next_ticket_number;
    ticket.requester = run.caller().user;
    ticket.requester_name = run.caller().name;
    ticket.created_ms = run.context.now_ms;
    ticket.state_since_ms = run.context.now_ms;
    if (!ticket.due_ms) ticket.due_ms = due_of(ticket.priority, ticket.created_ms, working_hours(run, ticket.location));
    if (Refusal refusal = refuse_invalid(to_row(ticket))) return *refusal;
    store_row(run, to_row(ticket));
    return {};
}

MutationOutcome update_ticket(const MutationRun& run) {
    std::optional<Row> row = run.rows.get(Entity::ticket, run.mutation.row);
    if (!row) return rejected(RejectionCode::missing_row, "there is no such ticket");
    if (Refusal refusal = refuse_write(run, *row)) return *refusal;
    if (Refusal refusal =
            refuse_staff_fields(run, {"subject", "description", "state", "priority", "category", "labels"}))
        return *refusal;
    const Ticket before = from_row<Ticket>(*row);
    MutationOutcome outcome = merge_fields(run, *row);
    if (outcome.kind == OutcomeKind::rejected || outcome.kind == OutcomeKind::nothing_to_do) return outcome;
    if (Refusal refusal = refuse_invalid(*row)) return *refusal;
    Ticket ticket = from_row<Ticket>(*row);
    if (ticket.assignee != before.assignee)
        if (Refusal refusal = complete_assignee(run, ticket)) return *refusal;
    change_priority(run, before, ticket);
    if (Refusal refusal = change_state(run, before, ticket)) return *refusal;
    store_row(run, to_row(ticket));
    return outcome;
}

}  // namespace portal
