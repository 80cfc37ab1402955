#include "app/shell/mark_undo.hpp"

namespace portal::shell {

std::optional<MarkUndo::Offer> MarkUndo::offered_by(const vm::Snapshot& snapshot) {
    if (!m_waiting || !snapshot.actions || !snapshot.actions->detail) return std::nullopt;
    const vm::ActionDetail& detail = *snapshot.actions->detail;
    const bool done = detail.brief.group == vm::ActionGroup::done;
    if (detail.brief.id != m_waiting->action || done != m_waiting->done) return std::nullopt;
    const vm::MarkAction back{{}, m_waiting->action, !m_waiting->done};
    m_waiting.reset();
    if (!detail.may_edit) return std::nullopt;
    return Offer{back, detail.brief.title};
}

}  // namespace portal::shell
