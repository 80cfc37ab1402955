// State machines: which moves are allowed, from one table each.
//
//   Integration: discovery > contracted > kickoff > sandbox > build > certification > pilot > live > hypercare > steady
//                > retired. pilot or live may roll back to certification; any stage before live may go to cancelled.
//   Ticket:      new > triaged > in_progress <> waiting_practice | waiting_vendor; in_progress > resolved > closed;
//                resolved > in_progress within 14 days. The desk (support agents, operations) makes every move. Who
//                files tickets (a practice, or its account manager and lead for it) answers, accepts and reopens:
//                waiting_practice > in_progress, resolved > closed, resolved > in_progress.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "shared/base/clock.hpp"
#include "shared/base/result.hpp"
#include "shared/model/states.hpp"

namespace portal {

inline constexpr DurationMs ticket_reopen_window_ms = 14LL * 24 * 60 * 60 * 1000;

std::vector<TicketState> allowed_ticket_moves(TicketState from, InstantMs resolved_ms, InstantMs now_ms);
// Those of them that at least one of the roles makes.
std::vector<TicketState> allowed_ticket_moves(std::span<const Role> roles, TicketState from, InstantMs resolved_ms,
                                              InstantMs now_ms);
// The error names the moves that are allowed to these roles.
Status check_ticket_move(std::span<const Role> roles, TicketState from, TicketState to, InstantMs resolved_ms,
                         InstantMs now_ms);

std::vector<IntegrationStage> allowed_integration_moves(IntegrationStage from);
Status check_integration_move(IntegrationStage from, IntegrationStage to);

}  // namespace portal
