#include "app/ui/list.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <string>

#include "app/ui/press.hpp"

namespace portal::ui {
namespace {

constexpr float padding_y = 10;
constexpr float selection_bar = 3;
constexpr float line_gap = 2;

float row_height(const ListRow& row) {
    const float lines =
        line_height(TextStyle::body) + (row.detail.empty() ? 0 : line_height(TextStyle::caption) + line_gap);
    return std::max(metrics().row_height, lines + 2 * padding_y);
}

// Facts at the right end of a line; gives how much room they took.
float paint_right(ImVec2 right_top, TextStyle style, std::string_view words, ImU32 ink) {
    if (words.empty()) return 0;
    const ImVec2 extent = measure(style, words);
    paint_text({right_top.x - extent.x, right_top.y}, style, words, ink);
    return extent.x + space::medium;
}

void paint_ground(const Press& pressed, const ListRow& row) {
    const bool selected = row.selected == ListRow::Selected::yes;
    if (selected)
        paint_box(pressed.box, color(Color::selected), radius::control);
    else if (pressed.hovered || pressed.focused)
        paint_box(pressed.box, color(Color::hover), radius::control);
    if (!selected) return;
    const Box bar = box_at({pressed.box.min.x, pressed.box.min.y + space::small},
                           {selection_bar, pressed.box.height() - 2 * space::small});
    paint_box(bar, color(Color::accent), selection_bar * 0.5f);
}

void paint_row(const Press& pressed, const ListRow& row) {
    paint_ground(pressed, row);
    float left = pressed.box.min.x + space::medium;
    const float right = pressed.box.max.x - space::medium;
    float y = pressed.box.min.y + (pressed.box.height() - row_height(row)) * 0.5f + padding_y;
    if (row.detail.empty()) y = pressed.box.center().y - line_height(TextStyle::body) * 0.5f;
    if (row.icon != nullptr) {
        const Color ink = row.icon_tone == Tone::neutral ? Color::text_muted : tone_color(row.icon_tone);
        paint_icon({left + size::icon * 0.5f, y + line_height(TextStyle::body) * 0.5f}, size::icon, row.icon,
                   color(ink));
        left += size::icon + space::medium;
    }
    const Color trailing_ink = row.trailing_tone == Tone::neutral ? Color::text_muted : tone_color(row.trailing_tone);
    const float trailing = paint_right({right, y + 1}, TextStyle::caption, row.trailing, color(trailing_ink));
    const TextStyle title_style =
        row.emphasis == ListRow::Emphasis::strong ? TextStyle::body_strong : TextStyle::body_medium;
    paint_text_cut({left, y}, right - trailing - left, title_style, row.title, color(Color::text));
    if (!row.detail.empty()) {
        y += line_height(TextStyle::body) + line_gap;
        const float note = paint_right({right, y}, TextStyle::caption, row.note, color(Color::text_muted));
        paint_text_cut({left, y}, right - note - left, TextStyle::caption, row.detail, color(Color::text_muted));
    }
    paint_focus_ring(pressed.id, inset(pressed.box, 2, 2), radius::control - 2);
}

std::string spoken(const ListRow& row) {
    std::string words(row.title);
    for (const std::string_view part : {row.icon_words, row.detail, row.trailing, row.note})
        if (!part.empty()) words.append(", ").append(part);
    return words;
}

}  // namespace

void begin_list(const char* id, std::string_view name) {
    mirror::current().push_container(id_of(id), {.role = mirror::Role::list, .name = name});
    ImGui::PushID(id);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, space::hair});
}

void end_list() {
    ImGui::PopStyleVar();
    ImGui::PopID();
    mirror::current().pop_container();
}

bool list_row(const char* id, const ListRow& row) {
    const ImGuiID key = id_of(id);
    // The ground reaches into the card's padding, so that the words stand in line with the title above.
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float room_before = at.x - ImGui::GetCurrentWindow()->ClipRect.Min.x - space::hair;
    const float outset = std::clamp(room_before, 0.0f, space::medium);
    const Box box = box_at({at.x - outset, at.y}, {ImGui::GetContentRegionAvail().x + 2 * outset, row_height(row)});
    const mirror::Scope item(key ^ 0x6c697374u, {.role = mirror::Role::list_item});
    ImGui::ItemSize({box.width() - 2 * outset, box.height()}, 0);
    const Press pressed = press_at(key, box);
    const std::string words = spoken(row);
    const bool selected = row.selected == ListRow::Selected::yes;
    mirror::current().annotate_last_item({.role = row.href.empty() ? mirror::Role::button : mirror::Role::link,
                                          .name = words,
                                          .href = row.href,
                                          .state_set = selected ? mirror::state_current : mirror::state_none});
    if (pressed.visible) paint_row(pressed, row);
    return pressed.clicked;
}

}  // namespace portal::ui
