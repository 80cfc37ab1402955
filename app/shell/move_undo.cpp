#include "app/shell/move_undo.hpp"

#include <algorithm>

namespace portal::shell {

void MoveUndo::made(const vm::MoveTicket& move) {
    m_waiting = move;
}

std::optional<vm::MoveTicket> MoveUndo::offered_by(const vm::Snapshot& snapshot) {
    if (!m_waiting || !snapshot.tickets || !snapshot.tickets->detail) return std::nullopt;
    const vm::TicketDetail& detail = *snapshot.tickets->detail;
    if (detail.brief.id != m_waiting->ticket || detail.brief.state != m_waiting->to) return std::nullopt;
    const vm::MoveTicket done = *m_waiting;
    m_waiting.reset();
    if (std::find(detail.allowed_moves.begin(), detail.allowed_moves.end(), done.from) == detail.allowed_moves.end())
        return std::nullopt;
    return vm::MoveTicket{{}, done.ticket, done.to, done.from};
}

}  // namespace portal::shell
