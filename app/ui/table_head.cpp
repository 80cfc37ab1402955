#include "app/ui/table_head.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "app/mirror/mirror.hpp"
#include "app/ui/choice.hpp"
#include "app/ui/menu.hpp"
#include "app/ui/motion.hpp"
#include "app/ui/press.hpp"
#include "app/ui/tooltip.hpp"
#include "app/ui/words.hpp"
#include "generated/icons.hpp"

namespace portal::ui {
namespace {

constexpr float grip_width = 8;
constexpr float filter_width = 28;

const char* sort_icon(SortDirection direction) {
    return direction == SortDirection::ascending ? icons::arrow_up : icons::arrow_down;
}

SortDirection next_direction(const TableState& state, int column) {
    if (state.sort_column != column) {
        return SortDirection::ascending;
    }
    return state.sort_direction == SortDirection::ascending ? SortDirection::descending : SortDirection::ascending;
}

std::uint32_t sort_state(const TableState& state, int column) {
    if (state.sort_column != column || state.sort_direction == SortDirection::none) {
        return mirror::state_none;
    }
    return state.sort_direction == SortDirection::ascending ? mirror::state_sorted_ascending
                                                            : mirror::state_sorted_descending;
}

// Title and arrow; the arrow stands on the side towards the middle, so that right-aligned titles
// end with their numbers.
void paint_title(const Column& column, Box cell, const TableState& state, int index, bool hovered) {
    const Box room = inset(cell, table_cell_padding, 0);
    const bool sorted = state.sort_column == index && state.sort_direction != SortDirection::none;
    const bool arrow = sorted || (hovered && column.sortable == Sortable::yes);
    const float arrow_room = arrow ? size::icon_small + 4 : 0;
    const float width =
        std::min(measure(TextStyle::caption_strong, column.title).x, std::max(0.0f, room.width() - arrow_room));
    const float y = room.center().y - line_height(TextStyle::caption_strong) * 0.5f;
    const bool right = column.align == Align::right;
    const float x = right ? room.max.x - width : room.min.x;
    paint_text_cut(ImVec2(x, y), width + 0.5f, TextStyle::caption_strong, column.title,
                   color(sorted || hovered ? Color::text : Color::text_muted));
    if (arrow) {
        const float arrow_x = right ? x - 4 - size::icon_small * 0.5f : x + width + 4 + size::icon_small * 0.5f;
        const SortDirection shown = sorted ? state.sort_direction : SortDirection::ascending;
        paint_icon(ImVec2(arrow_x, room.center().y), size::icon_small, sort_icon(shown),
                   color_with_alpha(sorted ? Color::text : Color::text_muted, sorted ? 1.0f : 0.6f));
    }
}

// A thin grip at the right edge of a column; dragging sets its width, a double click resets it.
void draw_grip(ImGuiID cell_id, const Column& column, Box cell, TableState& state, std::size_t index,
               float drawn_width) {
    const Box grip = {ImVec2(cell.max.x - grip_width * 0.5f, cell.min.y),
                      ImVec2(cell.max.x + grip_width * 0.5f, cell.max.y)};
    const ImGuiID id = id_of("grip", cell_id);
    ImGui::ItemAdd(ImRect(grip.min, grip.max), id, nullptr, ImGuiItemFlags_NoNav | ImGuiItemFlags_NoTabStop);
    mirror::current().hide_last_item();
    bool hovered = false;
    bool held = false;
    ImGui::ButtonBehavior(ImRect(grip.min, grip.max), id, &hovered, &held,
                          ImGuiButtonFlags_FlattenChildren | ImGuiButtonFlags_PressedOnClick);
    if (!hovered && !held) {
        return;
    }
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
    paint_rule(ImVec2(cell.max.x - 1, cell.min.y + 6), cell.height() - 12, ImGuiDir_Down,
               color(held ? Color::accent : Color::control_line));
    if (held && ImGui::GetIO().MouseDelta.x != 0) {
        state.widths[index] = std::max(column.width_min, (state.widths[index] > 0 ? state.widths[index] : drawn_width) +
                                                             ImGui::GetIO().MouseDelta.x);
        request_frames(2);
    }
    if (hovered && ImGui::IsMouseDoubleClicked(0)) {
        state.widths[index] = 0;
        request_frames(2);
    }
}

// Beside the title, on the side away from the numbers.
Box filter_box(const Column& column, Box cell) {
    const bool right = column.align == Align::right;
    const float x = right ? cell.min.x + grip_width * 0.5f : cell.max.x - grip_width - filter_width;
    return {ImVec2(x, cell.min.y), ImVec2(x + filter_width, cell.max.y)};
}

Box title_box(const Column& column, Box cell) {
    if (column.filter != HeadFilter::none) {
        (column.align == Align::right ? cell.min.x : cell.max.x) +=
            column.align == Align::right ? filter_width - table_cell_padding * 0.5f : -filter_width;
    }
    return cell;
}

bool draw_filter_button(ImGuiID head, const Column& column, Box box) {
    const Press pressed = press_at(id_of("filter", head), box);
    const bool is_set = column.filter == HeadFilter::set;
    const std::string name = words().filter_by + " " + std::string(column.title);
    mirror::Annotation note;
    note.role = mirror::Role::button;
    note.name = name;
    note.state_set = mirror::state_expandable;
    mirror::current().annotate_last_item(note);
    if (is_set) {
        paint_box(inset(box, 3, 6), color(Color::selected), radius::mark);
    }
    const Color ink = is_set ? Color::accent : (pressed.hovered || pressed.focused ? Color::text : Color::text_muted);
    paint_icon(box.center(), size::icon_small, icons::list_filter, color(ink));
    paint_focus_ring(pressed.id, inset(box, 3, 6), radius::mark);
    tooltip(name);
    return pressed.clicked;
}

bool draw_head_title(ImGuiID id, const Column& column, Box cell, TableState& state, int index) {
    const bool sortable = column.sortable == Sortable::yes;
    if (!sortable) {
        paint_title(column, cell, state, index, false);
        return false;
    }
    const Press pressed = press_at(id, {cell.min, ImVec2(cell.max.x - grip_width, cell.max.y)});
    mirror::Annotation note;
    note.role = mirror::Role::button;
    note.name = column.title;
    if (state.sort_column == index && state.sort_direction != SortDirection::none) {
        note.description =
            state.sort_direction == SortDirection::ascending ? words().sorted_ascending : words().sorted_descending;
    }
    mirror::current().annotate_last_item(note);
    paint_title(column, cell, state, index, pressed.hovered || pressed.focused);
    paint_focus_ring(pressed.id, inset(cell, 4, 5), radius::mark);
    if (pressed.clicked) {
        state.sort_direction = next_direction(state, index);
        state.sort_column = index;
        request_frames(2);
    }
    return pressed.clicked;
}

void draw_head_cell(ImGuiID table, const Column& column, Box cell, TableState& state, int index, TableResult& result) {
    const ImGuiID id = id_of(column.id, table);
    mirror::Container container;
    container.role = mirror::Role::column_header;
    container.name = column.title;
    container.state = sort_state(state, index);
    container.column_index = index + 1;
    const mirror::Scope scope(id_of("head", id), container, mirror_rect(cell));
    result.sort_changed |= draw_head_title(id, column, title_box(column, cell), state, index);
    if (column.filter == HeadFilter::none) {
        return;
    }
    const Box box = filter_box(column, cell);
    if (draw_filter_button(id, column, box)) {
        result.filter_column = index;
        result.filter_box = box;
    }
}

Box chooser_box(const TableGeometry& geometry) {
    return {ImVec2(geometry.head.max.x - table_chooser_width, geometry.head.min.y), geometry.head.max};
}

// The button stands in a header cell of its own: a table has nothing but rows, and a row nothing but cells.
void draw_chooser_button(ImGuiID table, const TableOptions& options, const TableGeometry& geometry) {
    const Box box = chooser_box(geometry);
    mirror::Container container;
    container.role = mirror::Role::column_header;
    container.name = words().columns;
    container.column_index = static_cast<std::int32_t>(options.columns.size()) + 1;
    const mirror::Scope scope(id_of("chooser_cell", table), container, mirror_rect(box));
    const Press pressed = press_at(id_of("chooser", table), box);
    mirror::current().annotate_last_item(
        {.role = mirror::Role::button, .name = words().columns, .state_set = mirror::state_expandable});
    paint_box(inset(box, 2, 4), color(pressed.hovered ? Color::hover : Color::card), radius::mark);
    paint_icon(box.center(), size::icon_small, icons::columns_3, color(Color::text_muted));
    paint_focus_ring(pressed.id, inset(box, 4, 6), radius::mark);
    tooltip(words().columns);
    if (pressed.clicked) {
        open_popover("columns");
    }
}

void draw_chooser(const TableOptions& options, const TableGeometry& geometry, TableState& state) {
    if (!begin_popover_at("columns", chooser_box(geometry), words().columns, 240)) {
        return;
    }
    const std::size_t title = title_column(options.columns);
    for (std::size_t index = 0; index < options.columns.size(); ++index) {
        if (index == title) {
            continue;  // A row without its name would be nobody's.
        }
        bool shown = !geometry.is_hidden(index);
        if (checkbox(options.columns[index].id, options.columns[index].title, shown)) {
            state.hidden_columns ^= 1u << index;
            request_frames(2);
        }
    }
    end_popover();
}

}  // namespace

void draw_table_head(ImGuiID table, const TableOptions& options, const TableGeometry& geometry, TableState& state,
                     TableResult& result) {
    {
        const mirror::Scope scope(id_of("head", table), {.role = mirror::Role::row, .row_index = 1},
                                  mirror_rect(geometry.head));
        float x = geometry.head.min.x;
        for (std::size_t index = 0; index < options.columns.size() && index < table_columns_max; ++index) {
            if (geometry.is_hidden(index)) {
                continue;
            }
            const Column& column = options.columns[index];
            const Box cell = {ImVec2(x, geometry.head.min.y), ImVec2(x + geometry.widths[index], geometry.head.max.y)};
            draw_head_cell(table, column, cell, state, static_cast<int>(index), result);
            draw_grip(id_of(column.id, table), column, cell, state, index, geometry.widths[index]);
            x = cell.max.x;
        }
        if (options.chooser == TableOptions::Chooser::shown) {
            draw_chooser_button(table, options, geometry);
        }
    }
    paint_rule(ImVec2(geometry.head.min.x, geometry.head.max.y - hairline()), geometry.head.width(), ImGuiDir_Right,
               color(Color::line));
    if (options.chooser == TableOptions::Chooser::shown) {
        draw_chooser(options, geometry, state);
    }
}

void draw_sticky_head(ImGuiID, const TableOptions& options, const TableGeometry& geometry, const TableState& state) {
    const float view_top = ImGui::GetCurrentWindow()->ClipRect.Min.y;
    const float body_left = geometry.body.max.y - view_top;
    if (geometry.head.min.y >= view_top || body_left < geometry.head_height + geometry.row_height) {
        return;
    }
    const Box head = box_at(ImVec2(geometry.head.min.x, std::round(view_top)), geometry.head.size());
    paint_box(head, color(Color::card), 0);
    float x = head.min.x;
    for (std::size_t index = 0; index < options.columns.size() && index < table_columns_max; ++index) {
        if (!geometry.is_hidden(index)) {
            paint_title(options.columns[index],
                        title_box(options.columns[index],
                                  {ImVec2(x, head.min.y), ImVec2(x + geometry.widths[index], head.max.y)}),
                        state, static_cast<int>(index), false);
            x += geometry.widths[index];
        }
    }
    paint_rule(ImVec2(head.min.x, head.max.y - hairline()), head.width(), ImGuiDir_Right, color(Color::line));
}

}  // namespace portal::ui
