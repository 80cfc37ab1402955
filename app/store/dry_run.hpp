// Mutations that the screens offer, and whether the shared mutator would take them now: what a button shows and what it
// does can then never disagree.
#pragma once

#include "app/store/build_context.hpp"

namespace portal::store {

// A vocabulary's word as a field of a mutation has it.
Value word_value(std::string_view word);

// Without an intent and fields; those are the caller's.
Mutation creation_of(Entity entity, const Id& row);

Mutation ticket_move(const Ticket& ticket, TicketState to);
Mutation stage_move(const Integration& integration, IntegrationStage to);
// Only what differs is set, and told as it was seen.
Mutation blocker_change(const Id& integration, const vm::Blocker& seen, const vm::Blocker& wanted);
Mutation consent_change(const Id& practice, bool wanted);
Mutation ticket_reply(const Id& message, const Ticket& ticket, const std::string& body, MessageVisibility visibility);

// Only what differs is set, and told as it was seen.
Mutation action_edit(const Id& action, const vm::ActionValues& seen, const vm::ActionValues& wanted);
Mutation action_mark(const Id& action, bool done);
// A new review, or what differs from the one that was seen.
Mutation deposit_review(const Id& location, Day day, const std::optional<vm::ReviewValues>& seen,
                        const vm::ReviewValues& wanted);

// What a creation would make of the row that somebody else has made meanwhile; nothing is set where they agree.
Mutation edit_instead_of(const Mutation& creation, const Row& row);

// Runs the mutator on a copy; nothing is written.
bool is_applicable(const BuildContext& context, const Mutation& mutation);

}  // namespace portal::store
