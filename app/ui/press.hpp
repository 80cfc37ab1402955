// What every pressable thing shares: room, hit testing, keyboard activation, pointer shape and
// focus.
//
// Thread: the UI thread, inside a frame. For the widgets of this folder; views use button(), chip()
// and the like.
#pragma once

#include "app/ui/paint.hpp"

#include <imgui.h>

namespace portal::ui {

enum class Enabled : std::uint8_t { no, yes };
// A table's rows share one Tab stop; everything else has its own.
enum class TabStop : std::uint8_t { no, yes };

struct Press {
    ImGuiID id = 0;
    Box box;
    bool visible = false;
    bool hovered = false;
    bool held = false;
    bool clicked = false;
    bool focused = false;     // With a visible focus ring.
    bool by_pointer = false;  // Hovered by a pointer, not by the keyboard while one rests there.
};

// At the cursor; takes its room and advances the cursor.
Press press(const char* id, ImVec2 extent, Enabled enabled = Enabled::yes);
// At a place of one's own, outside of the layout.
Press press_at(ImGuiID id, Box box, Enabled enabled = Enabled::yes, TabStop tab_stop = TabStop::yes);
ImGuiID id_of(const char* id);
ImGuiID id_of(const char* id, ImGuiID seed);

}  // namespace portal::ui
