#include "shared/rules/transitions.hpp"

#include <algorithm>

namespace portal {
namespace {

template <class State>
struct Move {
    State from, to;
};

enum class TicketMover : std::uint8_t { desk, desk_and_filer };

struct TicketMove {
    TicketState from, to;
    TicketMover mover;
};

constexpr auto ticket_moves = std::to_array<TicketMove>({
    {TicketState::new_, TicketState::triaged, TicketMover::desk},
    {TicketState::triaged, TicketState::in_progress, TicketMover::desk},
    {TicketState::in_progress, TicketState::waiting_practice, TicketMover::desk},
    {TicketState::in_progress, TicketState::waiting_vendor, TicketMover::desk},
    {TicketState::in_progress, TicketState::resolved, TicketMover::desk},
    {TicketState::waiting_practice, TicketState::in_progress, TicketMover::desk_and_filer},
    {TicketState::waiting_vendor, TicketState::in_progress, TicketMover::desk},
    {TicketState::resolved, TicketState::closed, TicketMover::desk_and_filer},
    {TicketState::resolved, TicketState::in_progress, TicketMover::desk_and_filer},  // Within ticket_reopen_window_ms.
});

bool makes_move(Role role, TicketMover mover) {
    switch (role) {
        case Role::support_agent:
        case Role::operations:
            return true;
        case Role::practice_user:
        case Role::practice_admin:
        case Role::account_manager:
        case Role::lead:
            return mover == TicketMover::desk_and_filer;
        default:
            return false;
    }
}

using Stage = IntegrationStage;

constexpr auto integration_moves = std::to_array<Move<Stage>>({
    {Stage::discovery, Stage::contracted}, {Stage::discovery, Stage::cancelled},
    {Stage::contracted, Stage::kickoff},   {Stage::contracted, Stage::cancelled},
    {Stage::kickoff, Stage::sandbox},      {Stage::kickoff, Stage::cancelled},
    {Stage::sandbox, Stage::build},        {Stage::sandbox, Stage::cancelled},
    {Stage::build, Stage::certification},  {Stage::build, Stage::cancelled},
    {Stage::certification, Stage::pilot},  {Stage::certification, Stage::cancelled},
    {Stage::pilot, Stage::live},           {Stage::pilot, Stage::certification},
    {Stage::pilot, Stage::cancelled},      {Stage::live, Stage::hypercare},
    {Stage::live, Stage::certification},   {Stage::hypercare, Stage::steady},
    {Stage::steady, Stage::retired},
});

template <class State>
Status check_move(State from, State to, const std::vector<State>& allowed) {
    if (std::find(allowed.begin(), allowed.end(), to) != allowed.end()) return {};
    std::string message = "cannot move from " + std::string(text_of(from)) + " to " + std::string(text_of(to)) + "; ";
    if (allowed.empty()) message += "no move is allowed";
    for (std::size_t index = 0; index < allowed.size(); ++index)
        message.append(index ? ", " : "allowed: ").append(text_of(allowed[index]));
    return fail(ErrorCode::precondition_failed, std::move(message));
}

}  // namespace

std::vector<TicketState> allowed_ticket_moves(TicketState from, InstantMs resolved_ms, InstantMs now_ms) {
    constexpr auto every_mover = std::to_array({Role::support_agent});
    return allowed_ticket_moves(every_mover, from, resolved_ms, now_ms);
}

std::vector<TicketState> allowed_ticket_moves(std::span<const Role> roles, TicketState from, InstantMs resolved_ms,
                                              InstantMs now_ms) {
    std::vector<TicketState> allowed;
    for (const TicketMove& move : ticket_moves) {
        const bool reopens = move.from == TicketState::resolved && move.to == TicketState::in_progress;
        if (move.from != from || (reopens && now_ms - resolved_ms > ticket_reopen_window_ms)) continue;
        if (std::any_of(roles.begin(), roles.end(), [&](Role role) { return makes_move(role, move.mover); }))
            allowed.push_back(move.to);
    }
    return allowed;
}

Status check_ticket_move(std::span<const Role> roles, TicketState from, TicketState to, InstantMs resolved_ms,
                         InstantMs now_ms) {
    return check_move(from, to, allowed_ticket_moves(roles, from, resolved_ms, now_ms));
}

std::vector<IntegrationStage> allowed_integration_moves(IntegrationStage from) {
    std::vector<IntegrationStage> allowed;
    for (const auto& move : integration_moves)
        if (move.from == from) allowed.push_back(move.to);
    return allowed;
}

Status check_integration_move(IntegrationStage from, IntegrationStage to) {
    return check_move(from, to, allowed_integration_moves(from));
}

}  // namespace portal
