// Mutations that the screens offer, and whether the shared mutator would take them now: what a button shows and what it
// does can then never disagree.
#pragma once

#include "app/store/build_context.hpp"

namespace portal::store {

// A vocabulary's word as a field of a mutation has it.
Value word_value(std::string_view word);

Mutation ticket_move(const Ticket& ticket, TicketState to);
Mutation stage_move(const Integration& integration, IntegrationStage to);
Mutation ticket_reply(const Id& message, const Ticket& ticket, const std::string& body, MessageVisibility visibility);

// Runs the mutator on a copy; nothing is written.
bool is_applicable(const BuildContext& context, const Mutation& mutation);

}  // namespace portal::store
