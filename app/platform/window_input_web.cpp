// Pointer, wheel, keyboard, text and clipboard. The JavaScript half is web/bridge/window_input.js.
#include <emscripten.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cfloat>

#include "app/mirror/imgui_hooks.hpp"
#include "app/platform/window_keys.hpp"
#include "app/platform/window_web.hpp"

namespace portal::platform {

namespace {

constexpr int modifier_control = 1, modifier_shift = 2, modifier_alt = 4, modifier_meta = 8;

// What portal_window_key() tells the page.
constexpr int key_is_known = 1, key_text_is_wanted = 2, key_navigation_is_on = 4;

// The browser's buttons are left, middle, right; ImGui's left, right, middle.
int button_of(int browser_button) {
    return browser_button == 1 ? 2 : browser_button == 2 ? 1 : browser_button;
}

// ImGui swaps Ctrl and Cmd on Apple computers, also for events that we make ourselves.
ImGuiKey command_modifier() {
    return ImGui::GetIO().ConfigMacOSXBehaviors ? ImGuiMod_Super : ImGuiMod_Ctrl;
}

void tap_command(ImGuiKey key) {
    ImGuiIO& io = ImGui::GetIO();
    io.AddKeyEvent(command_modifier(), true);
    io.AddKeyEvent(key, true);
    io.AddKeyEvent(key, false);
    io.AddKeyEvent(command_modifier(), false);
}

void tap(ImGuiKey key) {
    ImGui::GetIO().AddKeyEvent(key, true);
    ImGui::GetIO().AddKeyEvent(key, false);
}

bool moves_far(ImGuiKey key) {
    return key == ImGuiKey_Home || key == ImGuiKey_End || key == ImGuiKey_PageUp || key == ImGuiKey_PageDown;
}

bool can_scroll(const ImGuiWindow& window, bool vertical) {
    return (vertical ? window.ScrollMax.y : window.ScrollMax.x) > 0 &&
           !(window.Flags & ImGuiWindowFlags_NoScrollWithMouse);
}

// The window that ImGui is going to scroll: the hovered one or the nearest around it that can.
const ImGuiWindow* wheel_target(bool vertical) {
    const ImGuiContext& context = *GImGui;
    if (context.WheelingWindow) return context.WheelingWindow;
    const ImGuiWindow* window = context.HoveredWindow;
    while (window && (window->Flags & ImGuiWindowFlags_ChildWindow) && !can_scroll(*window, vertical))
        window = window->ParentWindow;
    return window;
}

// ImGui scrolls by lines (five vertically, two horizontally, see ImGui::UpdateMouseWheel); fingers and touchpads move
// pixels, so a pixel is told as the fraction of that step.
float wheel_units(float pixels, bool vertical) {
    const ImGuiWindow* window = wheel_target(vertical);
    const float line = window ? window->FontRefSize : ImGui::GetStyle().FontSizeBase;
    float step = (vertical ? 5.0f : 2.0f) * std::max(line, 1.0f);
    if (window) {
        const float extent = vertical ? window->InnerRect.GetHeight() : window->InnerRect.GetWidth();
        if (extent > 0) step = std::min(step, extent * 0.67f);
    }
    return -pixels / std::max(ImTrunc(step), 1.0f);
}

bool activate(ImGuiID id) {
    if (GImGui->ActiveId == id) return true;
    // What was typed before belongs to the field that was active then.
    if (!GImGui->InputEventsQueue.empty()) web_window()->settle_input();
    ImGui::ActivateItemByID(id);
    GImGui->NavNextActivateFlags = ImGuiActivateFlags_PreferInput;
    web_window()->settle_input();
    return GImGui->ActiveId == id;
}

void replace_text(ImGuiID id, const char* text) {
    if (!activate(id)) return;
    if (ImGuiInputTextState* state = ImGui::GetInputTextState(id)) state->SelectAll();
    if (text[0])
        ImGui::GetIO().AddInputCharactersUTF8(text);
    else
        tap(ImGuiKey_Delete);
    web_window()->settle_input();
}

// Assistive software focuses an item and presses a key at once. The key is meant for that item, not for the one that
// has the focus until the next frame. False when that is nothing which takes the focus.
bool place_requested_focus() {
    if (!portal::mirror::has_requested_focus()) return true;
    web_window()->settle_input();
    const bool is_placed = !portal::mirror::has_requested_focus();
    portal::mirror::request_focus(0);
    return is_placed;
}

// Moves the biggest area that can move that way. Find-in-page and scrollIntoView() scroll the mirror's elements; only
// ImGui can bring what they found into sight.
void scroll_by(float x, float y) {
    ImGuiWindow* best = nullptr;
    for (ImGuiWindow* window : GImGui->Windows) {
        if (!window->WasActive || window->Hidden) continue;
        const bool fits = (y != 0 && window->ScrollMax.y > 0) || (x != 0 && window->ScrollMax.x > 0);
        if (fits && (!best || window->InnerRect.GetArea() > best->InnerRect.GetArea())) best = window;
    }
    if (!best) return;
    if (y != 0) ImGui::SetScrollY(best, best->Scroll.y + y);
    if (x != 0) ImGui::SetScrollX(best, best->Scroll.x + x);
    web_window()->wake(3);
}

}  // namespace

}  // namespace portal::platform

using namespace portal::platform;

extern "C" {

EMSCRIPTEN_KEEPALIVE void portal_window_pointer_move(float x, float y, int is_touch) {
    ImGuiIO& io = ImGui::GetIO();
    io.AddMouseSourceEvent(is_touch ? ImGuiMouseSource_TouchScreen : ImGuiMouseSource_Mouse);
    io.AddMousePosEvent(x, y);
}

EMSCRIPTEN_KEEPALIVE void portal_window_pointer_leave() {
    ImGui::GetIO().AddMousePosEvent(-FLT_MAX, -FLT_MAX);
}

EMSCRIPTEN_KEEPALIVE void portal_window_pointer_button(int button, int is_down) {
    ImGui::GetIO().AddMouseButtonEvent(button_of(button), is_down != 0);
}

EMSCRIPTEN_KEEPALIVE void portal_window_wheel(float pixels_x, float pixels_y) {
    web_window()->note_scrolling();
    ImGui::GetIO().AddMouseWheelEvent(pixels_x != 0 ? wheel_units(pixels_x, false) : 0,
                                      pixels_y != 0 ? wheel_units(pixels_y, true) : 0);
}

EMSCRIPTEN_KEEPALIVE void portal_window_focus(int has_focus) {
    ImGui::GetIO().AddFocusEvent(has_focus != 0);
}

EMSCRIPTEN_KEEPALIVE int portal_window_key(const char* code, const char* key, int is_down, int modifiers) {
    const ImGuiKey known = key_of(code, key);
    const bool presses = known == ImGuiKey_Enter || known == ImGuiKey_KeypadEnter || known == ImGuiKey_Space;
    if (is_down && !place_requested_focus() && presses) return key_is_known;
    if (is_down && moves_far(known)) web_window()->note_scrolling();
    ImGuiIO& io = ImGui::GetIO();
    io.AddKeyEvent(ImGuiMod_Ctrl, modifiers & modifier_control);
    io.AddKeyEvent(ImGuiMod_Shift, modifiers & modifier_shift);
    io.AddKeyEvent(ImGuiMod_Alt, modifiers & modifier_alt);
    io.AddKeyEvent(ImGuiMod_Super, modifiers & modifier_meta);
    if (known != ImGuiKey_None) {
        io.AddKeyEvent(known, is_down != 0);
        // While Cmd is held no browser reports other keys going up.
        if (is_down && (modifiers & modifier_meta)) io.AddKeyEvent(known, false);
    }
    return (known != ImGuiKey_None ? key_is_known : 0) | (io.WantTextInput ? key_text_is_wanted : 0) |
           (GImGui->NavWindow ? key_navigation_is_on : 0);
}

EMSCRIPTEN_KEEPALIVE void portal_window_tap(const char* name) {
    if (const ImGuiKey key = key_of(name, ""); key != ImGuiKey_None) tap(key);
}

EMSCRIPTEN_KEEPALIVE void portal_window_text(const char* text) {
    ImGui::GetIO().AddInputCharactersUTF8(text);
}

EMSCRIPTEN_KEEPALIVE void portal_window_select_all() {
    if (ImGuiInputTextState* state = ImGui::GetInputTextState(GImGui->ActiveId)) state->SelectAll();
}

EMSCRIPTEN_KEEPALIVE void portal_window_replace_text(std::uint32_t id, const char* text) {
    replace_text(id, text);
}

EMSCRIPTEN_KEEPALIVE void portal_window_paste(const char* text) {
    web_window()->clipboard = text;
    tap_command(ImGuiKey_V);
    web_window()->settle_input();
}

// What ImGui copies or cuts, or nullptr when nothing is selected. Valid until the next call.
EMSCRIPTEN_KEEPALIVE const char* portal_window_copy(int cut) {
    WebWindow& window = *web_window();
    window.clipboard_was_set = false;
    window.is_in_clipboard_event = true;
    tap_command(cut ? ImGuiKey_X : ImGuiKey_C);
    window.settle_input();
    window.is_in_clipboard_event = false;
    return window.clipboard_was_set ? window.clipboard.c_str() : nullptr;
}

EMSCRIPTEN_KEEPALIVE int portal_window_activate(std::uint32_t id) {
    return activate(id);
}

EMSCRIPTEN_KEEPALIVE void portal_window_focus_item(std::uint32_t id) {
    if (GImGui->NavId == id && GImGui->NavCursorVisible) return;
    portal::mirror::request_focus(id);
    web_window()->wake(3);
}

// The page took the focus away from the field that was being edited.
EMSCRIPTEN_KEEPALIVE void portal_window_release_text() {
    if (GImGui->ActiveId != 0 && ImGui::GetInputTextState(GImGui->ActiveId)) ImGui::ClearActiveID();
    web_window()->wake(2);
}

EMSCRIPTEN_KEEPALIVE std::uint32_t portal_window_active_item() {
    return GImGui->ActiveId;
}

EMSCRIPTEN_KEEPALIVE void portal_window_scroll_by(float x, float y) {
    scroll_by(x, y);
}

}  // extern "C"
