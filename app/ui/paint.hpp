// Painting without meaning: shapes and glyphs on a draw list. Nothing here reaches the accessible
// mirror; widgets do that.
//
// Thread: the UI thread, inside a frame. Coordinates are CSS pixels from the canvas' top left
// corner.
#pragma once

#include "app/mirror/mirror.hpp"
#include "app/ui/tokens.hpp"

#include <imgui.h>

#include <span>
#include <string_view>

namespace portal::ui {

struct Box {
    ImVec2 min;
    ImVec2 max;
    float width() const { return max.x - min.x; }
    float height() const { return max.y - min.y; }
    ImVec2 size() const { return ImVec2(width(), height()); }
    ImVec2 center() const { return ImVec2((min.x + max.x) * 0.5f, (min.y + max.y) * 0.5f); }
    bool contains(ImVec2 point) const {
        return point.x >= min.x && point.x < max.x && point.y >= min.y && point.y < max.y;
    }
};
Box box_at(ImVec2 min, ImVec2 size);
Box inset(Box box, float horizontal, float vertical);
mirror::Rect mirror_rect(Box box);
// The part of `box` that the current clip rectangle lets through; empty when nothing is visible.
Box clipped(Box box);
bool is_visible(Box box);

ImVec2 measure(TextStyle style, std::string_view text, float wrap_width = 0);
float line_height(TextStyle style);
// How many bytes of `text` fit into `width`; never cuts a UTF-8 sequence.
std::size_t bytes_that_fit(TextStyle style, std::string_view text, float width);

void paint_text(ImVec2 position, TextStyle style, std::string_view text, ImU32 ink, float wrap_width = 0);
// One line, cut with an ellipsis when wider than `width`. Returns true when it was cut.
bool paint_text_cut(ImVec2 position, float width, TextStyle style, std::string_view text, ImU32 ink);
void paint_icon(ImVec2 center, float box, const char* glyph, ImU32 ink);

// Exactly one device pixel or a whole number of them, so that it is never blurred.
float hairline();
void paint_rule(ImVec2 from, float length, ImGuiDir direction, ImU32 ink);
void paint_box(Box box, ImU32 ground, float rounding);
void paint_border(Box box, ImU32 ink, float rounding, float thickness = 1);
void paint_shadow(Box box, float rounding);
// Drawn over everything, two pixels outside of `box`, when the item with `id` has the keyboard's
// focus.
void paint_focus_ring(ImGuiID id, Box box, float rounding);
void paint_hatch(Box box, ImU32 ink, float spacing = 5, float thickness = 1);
void paint_dashed(std::span<const ImVec2> points, ImU32 ink, float thickness, float dash, float gap);
void paint_check_mark(ImVec2 center, float box, ImU32 ink, float thickness);

}  // namespace portal::ui
