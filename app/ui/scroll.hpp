// Scrolling areas: thin bars, wheel, keyboard, and a finger that throws the content.
//
// Thread: the UI thread, inside a frame.
#pragma once

#include <imgui.h>

namespace portal::ui {

// Opens a clipped area of `extent` (0: what is left) that scrolls vertically. Close it with
// end_scroll().
void begin_scroll(const char* id, ImVec2 extent, float padding_x = 0, float padding_y = 0);
void end_scroll();

// Speed after `seconds` of coasting, in pixels per second; exponential friction.
float coasting_speed(float speed, float seconds);

}  // namespace portal::ui
