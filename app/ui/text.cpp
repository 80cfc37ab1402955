#include "app/ui/text.hpp"

#include "app/ui/tooltip.hpp"

#include <imgui_internal.h>

#include <algorithm>

#include "shared/base/check.hpp"

namespace portal::ui {
namespace {

// Reserves the room.
Box place(ImVec2 extent) {
    const Box box = box_at(ImGui::GetCursorScreenPos(), extent);
    ImGui::ItemSize(extent, 0);
    ImGui::ItemAdd(ImRect(box.min, box.max), 0);
    return box;
}

// Text that is scrolled out of sight is mirrored too: find-in-page and screen readers read on below
// the fold.
void mirror_text(std::string_view content, Box box, mirror::Role role = mirror::Role::text, int level = 0) {
    mirror::current().add_text_at(content, mirror_rect(box), role, level);
}

float room_left() {
    return std::max(1.0f, ImGui::GetContentRegionAvail().x);
}

}  // namespace

void text(TextStyle style, std::string_view content, Color role) {
    const Box box = place(measure(style, content));
    mirror_text(content, box);
    if (is_visible(box)) {
        paint_text(box.min, style, content, color(role));
    }
}

void text_wrapped(TextStyle style, std::string_view content, Color role, float width) {
    const float wrap = width > 0 ? width : room_left();
    const Box box = place(measure(style, content, wrap));
    mirror_text(content, box);
    if (is_visible(box)) {
        paint_text(box.min, style, content, color(role), wrap);
    }
}

void text_cut(TextStyle style, std::string_view content, float width, Color role) {
    const float room = width > 0 ? width : room_left();
    const ImVec2 whole = measure(style, content);
    const Box box = place(ImVec2(std::min(whole.x, room), whole.y));
    mirror_text(content, box);
    if (is_visible(box) && paint_text_cut(box.min, room, style, content, color(role))) {
        tooltip_over(box, content);
    }
}

void text_aligned(TextStyle style, std::string_view content, float width, Align align, Color role) {
    const ImVec2 whole = measure(style, content);
    text_at(place(ImVec2(width, whole.y)).min, style, content, role, width, align);
}

namespace {

// How many parts the headings of this moment stand in.
int heading_depth = 0;
constexpr int heading_level_max = 6;

}  // namespace

void begin_headings_below() {
    ++heading_depth;
}

void end_headings_below() {
    check(heading_depth > 0, "end_headings_below() without its begin");
    --heading_depth;
}

void heading(int level, TextStyle style, std::string_view content, Color role) {
    const float wrap = room_left();
    const Box box = place(measure(style, content, wrap));
    mirror_text(content, box, mirror::Role::heading, std::min(level + heading_depth, heading_level_max));
    if (is_visible(box)) {
        paint_text(box.min, style, content, color(role), wrap);
    }
}

void text_at(ImVec2 position, TextStyle style, std::string_view content, Color role, float width, Align align) {
    const ImVec2 whole = measure(style, content);
    const float room = width > 0 ? width : whole.x;
    const float drawn = std::min(whole.x, room);
    float offset = 0;
    if (align == Align::right) {
        offset = room - drawn;
    } else if (align == Align::center) {
        offset = (room - drawn) * 0.5f;
    }
    const Box box = box_at(ImVec2(position.x + offset, position.y), ImVec2(drawn, whole.y));
    mirror_text(content, box);
    if (!is_visible(box)) {
        return;
    }
    // Measured already: a table has hundreds of these, and nearly all of them fit.
    if (whole.x <= room) {
        paint_text(box.min, style, content, color(role));
    } else if (paint_text_cut(box.min, room, style, content, color(role))) {
        tooltip_over(box, content);
    }
}

void icon(const char* glyph, float box_size, Color role, std::string_view words_for_it) {
    const Box box = place(ImVec2(box_size, box_size));
    if (!words_for_it.empty()) {
        mirror_text(words_for_it, box);
    }
    if (is_visible(box)) {
        paint_icon(box.center(), box_size, glyph, color(role));
    }
}

void space_below(float height) {
    // ImGui adds its item spacing around the dummy; take it back so that the distance is what was
    // asked for.
    const float spacing = ImGui::GetStyle().ItemSpacing.y;
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() - spacing + height);
    ImGui::ItemSize(ImVec2(0, 0), 0);
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() - spacing);
}

void beside(float gap) {
    ImGui::SameLine(0, gap);
}

}  // namespace portal::ui
