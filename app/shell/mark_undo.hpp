// The last action item marked done or reopened in this window, and the way back: a new mark the other way, never a
// removal of the first. Thread: UI.
#pragma once

#include <optional>
#include <string>

#include "app/vm/intent.hpp"
#include "app/vm/snapshot.hpp"

namespace portal::shell {

class MarkUndo {
  public:
    void made(const vm::MarkAction& mark) { m_waiting = mark; }

    struct Offer {
        vm::MarkAction mark;
        std::string title;
    };
    // The way back, told once: when a snapshot shows the item as it was marked.
    std::optional<Offer> offered_by(const vm::Snapshot& snapshot);

  private:
    std::optional<vm::MarkAction> m_waiting;
};

}  // namespace portal::shell
