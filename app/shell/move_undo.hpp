// The last ticket move made in this window, and whether it can be taken back. Undo is a new move the other way, never a
// removal of the first, so it is offered only where the ticket's states allow that way. Thread: UI.
#pragma once

#include <optional>

#include "app/vm/intent.hpp"
#include "app/vm/snapshot.hpp"

namespace portal::shell {

class MoveUndo {
  public:
    void made(const vm::MoveTicket& move);
    // The way back, told once: when a snapshot shows the move done and the ticket may return.
    std::optional<vm::MoveTicket> offered_by(const vm::Snapshot& snapshot);

  private:
    std::optional<vm::MoveTicket> m_waiting;
};

}  // namespace portal::shell
