// A line of time with a place on it: what is played, and where it changes.
//
// Thread: the UI thread, inside a frame.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace portal::ui {

struct TimelineOptions {
    std::string_view name;
    std::string_view value;        // Numbers first, the place and the whole: "83 of 754 seconds".
    float place = 0;               // 0 to 1; so are the others.
    float step = 0.01f;            // Of an arrow key.
    std::span<const float> marks;  // Where something changes.
    float width = 0;
};

// Where it was moved to: by the pointer, or by arrows, Home and End while no other item has the keyboard.
std::optional<float> timeline(const char* id, const TimelineOptions& options);
// No item has the keyboard: a key may mean the whole screen.
bool is_keyboard_free();

}  // namespace portal::ui
