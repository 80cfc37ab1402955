#include "app/ui/carousel.hpp"

#include <algorithm>
#include <cmath>

namespace portal::ui {
namespace {

constexpr float card_share = 0.62f;  // Of the row's width.
constexpr float edge = 1;            // Of the cards, which would be cut off otherwise.

}  // namespace

Carousel::Carousel(const char* id) {
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(edge, edge));
    ImGui::PushStyleColor(ImGuiCol_ChildBg, ImVec4(0, 0, 0, 0));
    ImGui::BeginChild(
        id, ImVec2(0, 0),
        ImGuiChildFlags_AlwaysUseWindowPadding | ImGuiChildFlags_NavFlattened | ImGuiChildFlags_AutoResizeY,
        ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoScrollbar);
    ImGui::PopStyleColor();
    ImGui::PopStyleVar();
    m_at = ImGui::GetCursorScreenPos();
    m_width = std::round(ImGui::GetContentRegionAvail().x * card_share);
}

void Carousel::close() {
    if (!m_area) return;
    m_tallest = std::max(m_tallest, m_area->close());
    m_area.reset();
    ImGui::SetCursorScreenPos(m_at);
    ImGui::ItemSize(ImVec2(m_width, m_tallest), 0);
    m_at.x += m_width + space::medium;
}

void Carousel::next() {
    close();
    m_area.emplace(m_at, m_width);
}

Carousel::~Carousel() {
    close();
    ImGui::EndChild();
}

}  // namespace portal::ui
