#include "app/mirror/imgui_hooks.hpp"

#include <imgui.h>
#include <imgui_internal.h>

#include <string_view>

namespace portal::mirror {

namespace {

std::uint32_t g_requested_focus = 0;

const ImGuiWindow* current_window() {
    return GImGui ? GImGui->CurrentWindow : nullptr;
}

bool is_popup(const ImGuiWindow& window) {
    const ImGuiWindow* root = window.RootWindow ? window.RootWindow : &window;
    return (root->Flags & (ImGuiWindowFlags_Popup | ImGuiWindowFlags_Tooltip | ImGuiWindowFlags_Modal)) != 0;
}

std::uint32_t state_of(ImGuiItemStatusFlags flags) {
    std::uint32_t state = state_none;
    if (flags & ImGuiItemStatusFlags_Checkable) state |= state_checkable;
    if (flags & ImGuiItemStatusFlags_Checked) state |= state_checked;
    if (flags & ImGuiItemStatusFlags_Openable) state |= state_expandable;
    if (flags & ImGuiItemStatusFlags_Opened) state |= state_expanded;
    return state;
}

void take_requested_focus(ImGuiID id, ImGuiWindow* window) {
    if (id != g_requested_focus || id == 0) return;
    g_requested_focus = 0;
    ImGui::SetFocusID(id, window);
    GImGui->NavCursorVisible = true;
    GImGui->NavHighlightItemUnderNav = true;
}

}  // namespace

void connect(bool enabled) {
    if (GImGui) GImGui->TestEngineHookItems = enabled;
}

void request_focus(std::uint32_t id) {
    g_requested_focus = id;
}

bool has_requested_focus() {
    return g_requested_focus != 0;
}

std::uint32_t last_item_id() {
    return GImGui ? GImGui->LastItemData.ID : 0;
}

Rect last_item_rect() {
    if (!GImGui) return {};
    const ImRect& rect = GImGui->LastItemData.Rect;
    return {rect.Min.x, rect.Min.y, rect.GetWidth(), rect.GetHeight()};
}

bool clip_to_window(Rect& rect, std::uint32_t& state) {
    if (rect.width <= 0 || rect.height <= 0) return false;
    const ImGuiWindow* window = current_window();
    if (!window) return true;
    if (window->Hidden || window->SkipItems) return false;
    if (is_popup(*window)) state |= state_top_layer;
    ImRect clipped(rect.x, rect.y, rect.x + rect.width, rect.y + rect.height);
    clipped.ClipWith(window->ClipRect);
    // ClipWith gives an inverted rectangle when the two do not meet.
    if (clipped.GetWidth() <= 0 || clipped.GetHeight() <= 0) {
        state |= state_clipped;
        return true;
    }
    rect = {clipped.Min.x, clipped.Min.y, clipped.GetWidth(), clipped.GetHeight()};
    return true;
}

bool is_in_popup() {
    const ImGuiWindow* window = current_window();
    return window && is_popup(*window);
}

std::uint32_t window_id() {
    const ImGuiWindow* window = current_window();
    return window ? window->ID : 0;
}

}  // namespace portal::mirror

// The four functions that Dear ImGui declares and leaves to whoever defines IMGUI_ENABLE_TEST_ENGINE.

void ImGuiTestEngineHook_ItemAdd(ImGuiContext* context, ImGuiID id, const ImRect& bounds,
                                 const ImGuiLastItemData* data) {
    using namespace portal::mirror;
    ImGuiWindow* window = context->CurrentWindow;
    // Windows report themselves too; the widgets say what a window is (a dialog, a landmark), ImGui cannot.
    if (!window || id == window->ID) return;
    if (data) take_requested_focus(id, window);
    Rect rect{bounds.Min.x, bounds.Min.y, bounds.GetWidth(), bounds.GetHeight()};
    std::uint32_t state = data && (data->ItemFlags & ImGuiItemFlags_Disabled) ? state_disabled : state_none;
    if (data && (data->ItemFlags & ImGuiItemFlags_ReadOnly)) state |= state_read_only;
    if (clip_to_window(rect, state)) current().on_item(id, rect, state);
}

void ImGuiTestEngineHook_ItemInfo(ImGuiContext*, ImGuiID id, const char* label, ImGuiItemStatusFlags flags) {
    using namespace portal::mirror;
    std::string_view name = label ? label : "";
    // "Text##id" shows only what stands before the hashes.
    name = name.substr(0, name.find("##"));
    current().on_item_information(id, name, state_of(flags));
    if (flags & ImGuiItemStatusFlags_Inputable) current().on_item_inputable(id);
}

void ImGuiTestEngineHook_Log(ImGuiContext*, const char*, ...) {}

const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID) {
    return nullptr;
}
