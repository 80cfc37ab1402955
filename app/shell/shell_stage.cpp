// The stage in place of the frame: a bar, and below it the screen that the stage wants or a page of its own.
#include "app/shell/shell.hpp"
#include "app/ui/frame.hpp"

namespace portal::shell {

void Shell::follow_stage() {
    const std::optional<vm::Query> wanted = m_stage->wanted_screen();
    if (!wanted) {
        m_staged = {};
        return;
    }
    if (std::exchange(m_staged.wanted, wanted) != wanted) m_staged.linked.reset();
    const std::optional<vm::Query>& next = m_staged.linked ? m_staged.linked : wanted;
    if (m_staged.asked != next) {
        m_staged.asked = next;
        m_staged.is_due = true;
        if (!m_staged.kept) m_staged.kept = m_snapshot;
        post(vm::ShowScreen{*next});
    }
    // Until it has come the former screen stays, so that nobody sees one being made.
    if (!m_staged.is_due || !m_stage->has_arrived(*m_snapshot, *next)) return;
    m_query = next;
    m_staged.is_due = false;
    m_staged.kept.reset();
    m_staged.is_shown = true;
}

void Shell::draw_stage(const views::ViewContext& context) {
    // Nowhere to go but where the stage leads.
    const float strip_height = m_stage->strip_height();
    ui::Frame frame({.items_at_end = {}, .strip_height = strip_height});
    frame.begin_top_bar();
    m_stage->draw_bar(context);
    frame.end_top_bar();
    if (strip_height > 0) {
        frame.begin_strip();
        m_stage->draw_strip(context);
        frame.end_strip();
    }
    if (m_staged.is_shown && state_now() == State::screen) {
        draw_content(context, frame);
    } else {
        frame.begin_content("stage");
        m_stage->draw_page(context);
        frame.end_content();
    }
    m_stage->draw_above(context);
}

}  // namespace portal::shell
