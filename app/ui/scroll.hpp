// Scrolling areas: thin bars, wheel and keyboard. Fingers and their momentum arrive as wheel movement from the
// platform.
//
// Thread: the UI thread, inside a frame.
#pragma once

#include <imgui.h>

namespace portal::ui {

// Opens a clipped area of `extent` (0: what is left) that scrolls vertically. Close it with
// end_scroll().
void begin_scroll(const char* id, ImVec2 extent, float padding_x = 0, float padding_y = 0);
void end_scroll();

}  // namespace portal::ui
