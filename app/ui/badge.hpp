// Small marks: badges, status words, initials, keys. Colour never stands alone: an icon or a word
// is always with it.
//
// Thread: the UI thread, inside a frame.
#pragma once

#include "app/ui/paint.hpp"

#include <string_view>

namespace portal::ui {

// A word on a soft ground ("Pending"). The icon may be null.
void badge(std::string_view label, Tone tone = Tone::neutral, const char* icon = nullptr);
ImVec2 badge_size(std::string_view label, const char* icon = nullptr);
void badge_at(ImVec2 position, std::string_view label, Tone tone, const char* icon = nullptr);

// A dot in the tone's shape (disc, triangle, square, ring) with its word.
void status(std::string_view label, Tone tone);
void paint_status_dot(ImVec2 center, Tone tone, float box = 10);

// A disc with initials, beside a name in words: only the eye and the tooltip get it, so that nobody
// hears the name twice. `name` picks one of the series colours.
void avatar(std::string_view name, float diameter = 28);
// The same as a button as high as other controls, for the profile menu; true when pressed.
bool avatar_button(const char* id, std::string_view name);
void paint_avatar(ImVec2 center, std::string_view name, float diameter);
// "Ana María Peña" -> "AP"; "support" -> "S".
struct Initials {
    char bytes[12] = {};
    std::string_view view() const { return bytes; }
};
Initials initials_of(std::string_view name);

// Keys as they stand on a keyboard: "Ctrl K" draws two caps.
void key_hint(std::string_view keys);

}  // namespace portal::ui
