#include "app/ui/table_paint.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "app/mirror/mirror.hpp"
#include "app/ui/badge.hpp"
#include "app/ui/figure.hpp"
#include "app/ui/press.hpp"

namespace portal::ui {
namespace {

constexpr float strip_mark = 8;
constexpr float spark_width = 72;
constexpr float spark_height = 20;
constexpr float status_lead = 18;  // Room of the dot before a status.

TextStyle style_of(TableCell::Kind kind) {
    return kind == TableCell::Kind::strong ? TextStyle::body_medium : TextStyle::body;
}

Color ink_of(const TableRow::Kept& cell) {
    if (cell.kind == TableCell::Kind::muted) {
        return Color::text_muted;
    }
    const bool plain = cell.kind == TableCell::Kind::text || cell.kind == TableCell::Kind::strong;
    return plain && cell.tone != Tone::neutral ? tone_color(cell.tone) : Color::text;
}

float strip_width(std::size_t marks) {
    return static_cast<float>(marks) * (strip_mark + 3) - 3;
}

void mirror_words(std::string_view words_in_cell, Box box) {
    mirror::current().add_text_at(words_in_cell, mirror_rect(box));
}

void draw_text_cell(const TableRow::Kept& cell, Box room, Align align) {
    float x = room.min.x;
    const float middle = room.center().y;
    if (cell.icon != nullptr) {
        paint_icon(ImVec2(x + size::icon * 0.5f, middle), size::icon, cell.icon, color(tone_color(cell.tone)));
        x += size::icon + space::small;
    }
    const TextStyle style = style_of(cell.kind);
    text_at(ImVec2(x, middle - line_height(style) * 0.5f), style, cell.text, ink_of(cell), room.max.x - x, align);
}

void draw_cell(const TableRow::Kept& cell, Box room, Align align) {
    if (room.width() < 4) {
        return;
    }
    const float middle = room.center().y;
    switch (cell.kind) {
        case TableCell::Kind::badge:
            if (!cell.text.empty()) {
                badge_at(ImVec2(room.min.x, std::round(middle - 11)), cell.text, cell.tone, cell.icon);
            }
            return;
        case TableCell::Kind::status:
            paint_status_dot(ImVec2(room.min.x + 5, middle), cell.tone);
            text_at(ImVec2(room.min.x + status_lead, middle - line_height(TextStyle::body) * 0.5f), TextStyle::body,
                    cell.text, Color::text, room.width() - status_lead);
            return;
        case TableCell::Kind::strip:
            paint_strip(ImVec2(room.min.x, middle - strip_mark * 0.5f), cell.strip, strip_mark);
            mirror_words(cell.text, room);
            return;
        case TableCell::Kind::spark:
            paint_spark(inset(room, 0, (room.max.y - room.min.y - spark_height) * 0.5f), cell.spark, cell.tone);
            mirror_words(cell.text, room);
            return;
        case TableCell::Kind::text:
        case TableCell::Kind::strong:
        case TableCell::Kind::muted:
            break;
    }
    draw_text_cell(cell, room, align);
}

// Where the words of a cell may stand, whether it has any or not: a table that scrolls gives cells other words, not
// other places.
Box words_box(const TableRow::Kept& cell, Box whole) {
    const bool is_text = cell.kind == TableCell::Kind::text || cell.kind == TableCell::Kind::strong ||
                         cell.kind == TableCell::Kind::muted;
    if (!is_text || whole.width() <= table_cell_padding) {
        return whole;
    }
    const float height = line_height(style_of(cell.kind));
    return box_at(ImVec2(whole.min.x + table_cell_padding, whole.center().y - height * 0.5f),
                  ImVec2(whole.width() - table_cell_padding, height));
}

float lead_of(const TableRow::Kept& cell) {
    return cell.kind == TableCell::Kind::status ? status_lead : 0;
}

// About its words: the rest of the cell is the row's.
Box pressed_box(const TableRow::Kept& cell, Box whole, Align align) {
    const float width = std::max(measure(style_of(cell.kind), cell.text).x + lead_of(cell) + 2 * table_cell_padding,
                                 size::touch_target);
    const float left = align == Align::right ? std::max(whole.min.x, whole.max.x - width) : whole.min.x;
    return {ImVec2(left, whole.min.y), ImVec2(std::min(left + width, whole.max.x), whole.max.y)};
}

// The button says the words to the mirror.
void draw_pressed_cell(const TableRow::Kept& cell, Box room, Align align, float middle, bool is_lit) {
    const TextStyle style = style_of(cell.kind);
    const float lead = lead_of(cell);
    const float width = std::min(measure(style, cell.text).x, room.width() - lead);
    const float x = align == Align::right ? room.max.x - width : room.min.x + lead;
    if (lead > 0) {
        paint_status_dot(ImVec2(x - lead + 5, middle), cell.tone);
    }
    const ImVec2 at(x, middle - line_height(style) * 0.5f);
    paint_text_cut(at, width + 0.5f, style, cell.text, color(Color::accent));
    if (is_lit) {
        paint_rule(ImVec2(x, at.y + line_height(style)), width, ImGuiDir_Right, color(Color::accent));
    }
}

NarrowPlace place_of(const TableGeometry& geometry, std::size_t index) {
    const NarrowPlace asked = geometry.columns[index].narrow;
    if (index == title_column(geometry.columns)) {
        return NarrowPlace::title;
    }
    return asked == NarrowPlace::title ? NarrowPlace::subtitle : asked;
}

void append_words(std::string& line, const Column& column, std::string_view words_in_cell) {
    if (words_in_cell.empty()) {
        return;
    }
    if (!line.empty()) {
        line += " \xC2\xB7 ";
    }
    // A number without its name would mean nothing.
    if (column.align == Align::right && !column.title.empty()) {
        line.append(column.title).append(" ");
    }
    line += words_in_cell;
}

}  // namespace

std::size_t title_column(std::span<const Column> columns) {
    for (std::size_t index = 0; index < columns.size(); ++index) {
        if (columns[index].narrow == NarrowPlace::title) {
            return index;
        }
    }
    return 0;
}

std::string_view main_text(const TableGeometry& geometry, const TableRow& row) {
    const std::size_t title = title_column(geometry.columns);
    return title < row.cells().size() ? std::string_view(row.cells()[title].text) : std::string_view();
}

void paint_row_ground(Box box, const RowLook& look) {
    if (!is_visible(box)) {
        return;
    }
    if (look.selected) {
        paint_box(box, color(Color::selected), 0);
        paint_box({box.min, ImVec2(box.min.x + 3, box.max.y)}, color(Color::accent), 0);
    } else if (look.hovered) {
        paint_box(box, color(Color::hover), 0);
    } else if (look.tone != Tone::neutral) {
        paint_box(box, color(tone_ground(look.tone)), 0);
    }
    paint_rule(ImVec2(box.min.x, box.max.y - hairline()), box.width(), ImGuiDir_Right,
               color_with_alpha(Color::line, 0.7f));
}

void draw_row_cells(const TableGeometry& geometry, const TableRow& row, Box box, ImGuiID row_id,
                    const std::function<void()>& submit_item, const SubmitCell& submit_cell) {
    float x = box.min.x;
    bool submitted = false;
    const std::size_t count = std::min(geometry.columns.size(), row.cells().size());
    const std::size_t main = title_column(geometry.columns);
    // The ground lies under all cells; it comes with the item of the main cell, which is therefore
    // opened first.
    for (int round = 0; round < 2; ++round) {
        x = box.min.x;
        for (std::size_t index = 0; index < count; ++index) {
            if (geometry.is_hidden(index) && !(index == main && !submitted)) {
                continue;
            }
            const Box cell = {ImVec2(x, box.min.y), ImVec2(x + geometry.widths[index], box.max.y)};
            x = cell.max.x;
            if (round == 0 && index != main) {
                continue;
            }
            const ImGuiID cell_id = ImHashData(&index, sizeof(index), row_id);
            const mirror::Scope scope(
                cell_id, {.role = mirror::Role::cell, .column_index = static_cast<std::int32_t>(index + 1)},
                mirror_rect(words_box(row.cells()[index], cell)));
            if (round == 0) {
                submit_item();
                submitted = true;
                break;
            }
            const Box room = inset(cell, table_cell_padding, 0);
            const Align align = geometry.columns[index].align;
            if (geometry.columns[index].cells == Cells::press)
                draw_pressed_cell(row.cells()[index], room, align, room.center().y,
                                  submit_cell(index, pressed_box(row.cells()[index], cell, align)));
            else
                draw_cell(row.cells()[index], room, align);
        }
    }
}

void draw_narrow_row(const TableGeometry& geometry, const TableRow& row, Box box, const SubmitCell& submit_cell) {
    const Box room = inset(box, table_cell_padding, space::medium);
    const std::size_t count = std::min(geometry.columns.size(), row.cells().size());
    std::string subtitle;
    float right = room.max.x;
    const float first_line = room.min.y + line_height(TextStyle::body_medium) * 0.5f;
    for (std::size_t index = 0; index < count; ++index) {
        const TableRow::Kept& cell = row.cells()[index];
        const NarrowPlace place = place_of(geometry, index);
        if (place == NarrowPlace::subtitle) {
            append_words(subtitle, geometry.columns[index], cell.text);
        }
        if (place != NarrowPlace::trailing || cell.text.empty()) {
            continue;
        }
        float width = 0;
        if (cell.kind == TableCell::Kind::badge) {
            width = badge_size(cell.text, cell.icon).x;
            badge_at(ImVec2(right - width, std::round(first_line - 11)), cell.text, cell.tone, cell.icon);
        } else if (cell.kind == TableCell::Kind::strip) {
            width = strip_width(cell.strip.size());
            paint_strip(ImVec2(right - width, first_line - strip_mark * 0.5f), cell.strip, strip_mark);
            mirror_words(cell.text, box_at(ImVec2(right - width, room.min.y), ImVec2(width, strip_mark)));
        } else if (cell.kind == TableCell::Kind::spark) {
            width = spark_width;
            const Box box = box_at(ImVec2(right - width, room.min.y), ImVec2(width, spark_height));
            paint_spark(box, cell.spark, cell.tone);
            mirror_words(cell.text, box);
        } else if (geometry.columns[index].cells == Cells::press) {
            width = measure(style_of(cell.kind), cell.text).x;
            // A finger finds it in the whole height of the row.
            const Box touched = {ImVec2(right - std::max(width, size::touch_target) - space::medium, box.min.y),
                                 ImVec2(right + table_cell_padding, box.max.y)};
            draw_pressed_cell(cell, {ImVec2(right - width, room.min.y), ImVec2(right, room.max.y)}, Align::right,
                              first_line, submit_cell(index, touched));
        } else {
            width = measure(style_of(cell.kind), cell.text).x;
            text_at(ImVec2(right - width, room.min.y), style_of(cell.kind), cell.text, ink_of(cell));
        }
        right -= width + space::medium;
    }
    text_at(room.min, TextStyle::body_medium, main_text(geometry, row), Color::text, right - room.min.x);
    text_at(ImVec2(room.min.x, room.min.y + line_height(TextStyle::body_medium) + 2), TextStyle::caption, subtitle,
            Color::text_muted, room.width());
}

}  // namespace portal::ui
