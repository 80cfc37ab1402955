// What the mirror asks Dear ImGui, and what platform/window asks the mirror to do inside an ImGui frame.
//
// Dear ImGui calls its test-engine hooks for every item while connect() says so; imgui_hooks.cpp implements them and
// writes to the installed MirrorFrame. All functions cope with a missing ImGui context (pure tests of MirrorFrame).
//
// Thread: the UI thread only.
#pragma once

#include <cstdint>

#include "app/mirror/mirror.hpp"

namespace portal::mirror {

// Turns the hooks of the current ImGui context on or off; call before ImGui::NewFrame().
void connect(bool enabled);

// When the item is next submitted it takes ImGui's keyboard focus, as if the user had come by Tab.
void request_focus(std::uint32_t id);
bool has_requested_focus();

// ImGui's last item; 0 and an empty rectangle without a context.
std::uint32_t last_item_id();
Rect last_item_rect();

// Clips to the current window. A rectangle out of sight stays whole and gets state_clipped; false when the window
// itself is not shown (its measuring frame) or the rectangle is empty. Popups add state_top_layer.
bool clip_to_window(Rect& rect, std::uint32_t& state);
bool is_in_popup();
std::uint32_t window_id();

}  // namespace portal::mirror
