#include "app/ui/tooltip.hpp"

#include "app/ui/motion.hpp"

#include <imgui_internal.h>

#include <algorithm>

namespace portal::ui {
namespace {

constexpr float width_max = 320;

// Painted on the foreground list: a window of its own would take part in layout, focus and hit
// testing for nothing.
void paint_bubble(Box anchor, std::string_view content, std::string_view shortcut) {
    const float wrap = measure(TextStyle::caption_strong, content).x > width_max ? width_max : 0.0f;
    const ImVec2 words_size = measure(TextStyle::caption_strong, content, wrap);
    const float keys = shortcut.empty() ? 0.0f : measure(TextStyle::caption, shortcut).x + space::medium;
    const ImVec2 extent(words_size.x + keys + 2 * space::small + 4, words_size.y + 2 * 5);
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    ImVec2 at(anchor.center().x - extent.x * 0.5f, anchor.max.y + 8);
    if (at.y + extent.y > screen.y - 4) {
        at.y = anchor.min.y - 8 - extent.y;
    }
    at.x = std::clamp(at.x, 4.0f, std::max(4.0f, screen.x - extent.x - 4));
    at = ImVec2(std::round(at.x), std::round(at.y));
    ImDrawList* list = ImGui::GetForegroundDrawList();
    list->AddRectFilled(at, ImVec2(at.x + extent.x, at.y + extent.y), color(Color::tooltip), 6);
    ImDrawList* former = ImGui::GetCurrentWindow()->DrawList;
    ImGui::GetCurrentWindow()->DrawList = list;
    paint_text(ImVec2(at.x + space::small + 2, at.y + 5), TextStyle::caption_strong, content,
               color(Color::text_on_tooltip), wrap);
    if (!shortcut.empty()) {
        paint_text(ImVec2(at.x + extent.x - space::small - 2 - keys + space::medium, at.y + 5), TextStyle::caption,
                   shortcut, color_with_alpha(Color::text_on_tooltip, 0.75f));
    }
    ImGui::GetCurrentWindow()->DrawList = former;
}

}  // namespace

void tooltip(std::string_view content, std::string_view shortcut) {
    const ImGuiID id = ImGui::GetItemID();
    const bool focused = ImGui::IsItemFocused() && ImGui::GetCurrentContext()->NavCursorVisible;
    if (!ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled) && !focused) {
        return;
    }
    if (ImGui::IsItemActive()) {
        return;
    }
    const float rested = seconds_shown(id ^ 0x746F6F6Cu);
    if (rested < duration::tooltip_delay_seconds) {
        request_frames(2);
        return;
    }
    paint_bubble({ImGui::GetItemRectMin(), ImGui::GetItemRectMax()}, content, shortcut);
}

void tooltip_over(Box box, std::string_view content) {
    if (!ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows) || !clipped(box).contains(ImGui::GetIO().MousePos)) {
        return;
    }
    const ImGuiID id = ImHashData(&box, sizeof(box), 0x746F7665u);
    if (seconds_shown(id) < duration::tooltip_delay_seconds) {
        request_frames(2);
        return;
    }
    paint_bubble(box, content, {});
}

bool begin_tooltip_panel() {
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(space::medium, space::small + 2));
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(space::small, space::tiny));
    ImGui::PushStyleVar(ImGuiStyleVar_PopupBorderSize, 1.0f);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, radius::control);
    ImGui::PushStyleVar(ImGuiStyleVar_PopupRounding, radius::control);
    const bool open = ImGui::BeginTooltip();
    if (!open) {
        ImGui::PopStyleVar(5);
    }
    return open;
}

void end_tooltip_panel() {
    ImGui::EndTooltip();
    ImGui::PopStyleVar(5);
}

}  // namespace portal::ui
