// State machines: which moves are allowed, from one table each.
//
//   Integration: discovery > contracted > kickoff > sandbox > build > certification > pilot > live > hypercare > steady
//                > retired. pilot or live may roll back to certification; any stage before live may go to cancelled.
//   Ticket:      new > triaged > in_progress <> waiting_practice | waiting_vendor; in_progress > resolved > closed;
//                resolved > in_progress within 14 days.
#pragma once

#include <string>
#include <vector>

#include "shared/base/clock.hpp"
#include "shared/base/result.hpp"
#include "shared/model/states.hpp"

namespace portal {

inline constexpr DurationMs ticket_reopen_window_ms = 14LL * 24 * 60 * 60 * 1000;

std::vector<TicketState> allowed_ticket_moves(TicketState from, InstantMs resolved_ms, InstantMs now_ms);
// The error names the allowed moves.
Status check_ticket_move(TicketState from, TicketState to, InstantMs resolved_ms, InstantMs now_ms);

std::vector<IntegrationStage> allowed_integration_moves(IntegrationStage from);
Status check_integration_move(IntegrationStage from, IntegrationStage to);

}  // namespace portal
