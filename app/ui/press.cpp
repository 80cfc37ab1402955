#include "app/ui/press.hpp"

#include <imgui_internal.h>

namespace portal::ui {
namespace {

Press react(ImGuiID id, Box box, Enabled enabled) {
    Press result;
    result.id = id;
    result.box = box;
    result.visible = is_visible(box);
    const bool pressed =
        ImGui::ButtonBehavior(ImRect(box.min, box.max), id, &result.hovered, &result.held, ImGuiButtonFlags_None);
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    result.focused = context.NavId == id && context.NavCursorVisible;
    result.by_pointer = result.hovered && !(result.focused && context.NavHighlightItemUnderNav);
    result.clicked = pressed && enabled == Enabled::yes;
    if (result.hovered && enabled == Enabled::yes) {
        ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    }
    return result;
}

}  // namespace

Press press(const char* id, ImVec2 extent, Enabled enabled) {
    const ImGuiID item = id_of(id);
    const Box box = box_at(ImGui::GetCursorScreenPos(), extent);
    ImGui::ItemSize(extent, 0);
    if (!ImGui::ItemAdd(ImRect(box.min, box.max), item)) {
        Press clipped_away;
        clipped_away.id = item;
        clipped_away.box = box;
        return clipped_away;
    }
    return react(item, box, enabled);
}

Press press_at(ImGuiID id, Box box, Enabled enabled, TabStop tab_stop) {
    if (!ImGui::ItemAdd(ImRect(box.min, box.max), id, nullptr,
                        tab_stop == TabStop::yes ? ImGuiItemFlags_None : ImGuiItemFlags_NoTabStop)) {
        Press clipped_away;
        clipped_away.id = id;
        clipped_away.box = box;
        return clipped_away;
    }
    return react(id, box, enabled);
}

ImGuiID id_of(const char* id) {
    return ImGui::GetCurrentWindow()->GetID(id);
}
ImGuiID id_of(const char* id, ImGuiID seed) {
    return ImHashStr(id, 0, seed);
}

}  // namespace portal::ui
