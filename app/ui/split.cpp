#include "app/ui/split.hpp"

#include "app/ui/scroll.hpp"
#include "app/ui/text.hpp"

namespace portal::ui {
namespace {

// Under this the detail would be narrower than a line of text reads well.
constexpr float narrow_below = 760;

}  // namespace

Split::Split(const char* id, Frame& frame, SplitNarrow narrow, float list_width)
    : m_frame(frame), m_narrow(narrow), m_list_width(list_width), m_box(frame.begin_fixed_content(id)) {
    m_is_narrow = m_box.width() < narrow_below;
    if (m_is_narrow) m_list_width = m_box.width();
}

Split::~Split() {
    m_frame.end_fixed_content();
}

bool Split::begin_list() {
    if (m_is_narrow && m_narrow == SplitNarrow::detail) return false;
    ImGui::SetCursorScreenPos(m_box.min);
    if (!m_is_narrow) {
        paint_box({m_box.min, {m_box.min.x + m_list_width, m_box.max.y}}, color(Color::card), 0);
        paint_rule({m_box.min.x + m_list_width, m_box.min.y}, m_box.height(), ImGuiDir_Down, color(Color::line));
    }
    begin_scroll("list", {m_list_width, m_box.height()}, space::large, space::large);
    return true;
}

void Split::end_list() {
    end_scroll();
}

bool Split::begin_detail(const char* id) {
    if (m_is_narrow && m_narrow == SplitNarrow::list) return false;
    const float left = m_is_narrow ? 0 : m_list_width + hairline();
    const float padding = m_is_narrow ? space::large : space::section;
    ImGui::SetCursorScreenPos({m_box.min.x + left, m_box.min.y});
    begin_scroll(id, {m_box.width() - left, m_box.height()}, padding, padding);
    if (!m_is_narrow) begin_headings_below();
    return true;
}

void Split::end_detail() {
    if (!m_is_narrow) end_headings_below();
    end_scroll();
}

}  // namespace portal::ui
