#include "app/ui/scroll.hpp"

#include "app/ui/tokens.hpp"

namespace portal::ui {

void begin_scroll(const char* id, ImVec2 extent, float padding_x, float padding_y) {
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(padding_x, padding_y));
    ImGui::PushStyleColor(ImGuiCol_ChildBg, ImVec4(0, 0, 0, 0));
    ImGui::BeginChild(id, extent, ImGuiChildFlags_AlwaysUseWindowPadding | ImGuiChildFlags_NavFlattened,
                      ImGuiWindowFlags_NoSavedSettings);
    ImGui::PopStyleColor();
    ImGui::PopStyleVar();
}

void end_scroll() {
    ImGui::EndChild();
}

}  // namespace portal::ui
