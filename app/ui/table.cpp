#include "app/ui/table.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "app/mirror/mirror.hpp"
#include "app/ui/button.hpp"
#include "app/ui/motion.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/press.hpp"
#include "app/ui/table_head.hpp"
#include "app/ui/table_paint.hpp"

namespace portal::ui {
namespace {

constexpr float scroll_bar_width = 10;
// Tables up to this size that the page scrolls are submitted whole, so that readers and keys reach every row. Longer
// ones tell their number of rows and submit what is in view.
constexpr std::int64_t whole_rows_max = 100;

struct Pass {
    ImGuiID id = 0;
    const TableOptions* options = nullptr;
    TableState* state = nullptr;
    TableGeometry geometry;
    TableResult result;
    bool cursor_moved = false;  // By key: the row is scrolled into view.
};

// The page scrolls a table that is as high as its rows: what is visible follows from the clip
// rectangle.
VisibleRows rows_of_clip(Box body, std::int64_t row_pixels, std::int64_t row_count) {
    const Box seen = clipped(body);
    const auto above = static_cast<std::int64_t>(std::max(0.0f, seen.min.y - body.min.y));
    return rows_in_view(above, static_cast<std::int64_t>(std::ceil(seen.height())), row_pixels, row_count);
}

void scroll_with_wheel(Pass& pass, std::int64_t longest) {
    const ImGuiIO& io = ImGui::GetIO();
    TableState& state = *pass.state;
    if (!ImGui::IsWindowHovered() || !pass.geometry.body.contains(io.MousePos) || longest <= 0) {
        return;
    }
    // The wheel is the table's while it is over it, or the page would scroll as well.
    ImGui::SetKeyOwner(ImGuiKey_MouseWheelY, pass.id);
    if (io.MouseWheel != 0) {
        // The platform tells pixels of fingers and touchpads as fractions of this step of ImGui's.
        const ImGuiWindow* window = ImGui::GetCurrentWindow();
        const float step = std::trunc(std::min(5.0f * window->FontRefSize, window->InnerRect.GetHeight() * 0.67f));
        state.scroll_remainder -= io.MouseWheel * step;
    }
}

void settle_scroll(TableState& state, std::int64_t longest) {
    const float whole = std::trunc(state.scroll_remainder);
    state.scroll_remainder -= whole;
    state.scroll_pixels += static_cast<std::int64_t>(whole);
    if (state.scroll_pixels < 0 || state.scroll_pixels > longest) {
        state.scroll_remainder = 0;
    }
    state.scroll_pixels = std::clamp<std::int64_t>(state.scroll_pixels, 0, longest);
}

void draw_scroll_bar(Pass& pass, std::int64_t longest, std::int64_t view_pixels) {
    if (longest <= 0) {
        return;
    }
    const Box body = pass.geometry.body;
    const ImRect bar(body.max.x - scroll_bar_width, body.min.y, body.max.x, body.max.y);
    ImS64 scroll = pass.state->scroll_pixels;
    ImGui::ScrollbarEx(bar, id_of("scroll", pass.id), ImGuiAxis_Y, &scroll, view_pixels, longest + view_pixels,
                       ImDrawFlags_None);
    if (scroll != pass.state->scroll_pixels) {
        pass.state->scroll_pixels = scroll;
        pass.state->scroll_remainder = 0;
        request_frames(2);
    }
}

ImGuiID row_id(ImGuiID table, std::int64_t row) {
    return ImHashData(&row, sizeof(row), table);
}

bool has_focus(const Pass& pass) {
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    if (pass.state->focus == TableState::Focus::follows_cursor) {
        return true;
    }
    return pass.state->cursor_row >= 0 && context.NavId == row_id(pass.id, pass.state->cursor_row) &&
           ImGui::IsWindowFocused();
}

// Arrows, Home, End and the page keys belong to the table while one of its rows has the focus.
void move_cursor(Pass& pass, std::int64_t view_rows) {
    if (!has_focus(pass)) {
        return;
    }
    struct Move {
        ImGuiKey key;
        std::int64_t step;
    };
    const std::int64_t count = pass.options->row_count;
    const std::int64_t page = std::max<std::int64_t>(1, view_rows - 1);
    const Move moves[] = {{ImGuiKey_DownArrow, 1},  {ImGuiKey_UpArrow, -1},  {ImGuiKey_PageDown, page},
                          {ImGuiKey_PageUp, -page}, {ImGuiKey_Home, -count}, {ImGuiKey_End, count}};
    const std::int64_t before = pass.state->cursor_row;
    for (const Move& move : moves) {
        ImGui::SetKeyOwner(move.key, pass.id);
        if (ImGui::IsKeyPressed(move.key, ImGuiInputFlags_Repeat, pass.id)) {
            pass.state->cursor_row = std::clamp<std::int64_t>(pass.state->cursor_row + move.step, 0, count - 1);
        }
    }
    if (before != pass.state->cursor_row) {
        pass.cursor_moved = true;
        pass.state->focus = TableState::Focus::follows_cursor;
    }
}

// A table inside of a scrolling page asks the page to show the row.
void show_cursor(Pass& pass, std::int64_t view_pixels) {
    const auto row_pixels = static_cast<std::int64_t>(pass.geometry.row_height);
    if (pass.options->height > 0) {
        pass.state->scroll_pixels = scroll_to_show(pass.state->cursor_row, pass.state->scroll_pixels, view_pixels,
                                                   row_pixels, pass.options->row_count);
        pass.state->scroll_remainder = 0;
    } else {
        const float top = pass.geometry.body.min.y + static_cast<float>(pass.state->cursor_row * row_pixels);
        ImGui::ScrollToRect(
            ImGui::GetCurrentWindow(),
            ImRect(pass.geometry.body.min.x, top, pass.geometry.body.min.x + 1, top + pass.geometry.row_height),
            ImGuiScrollFlags_KeepVisibleEdgeY);
    }
    request_frames(2);
}

void focus_row(ImGuiID id, Box box) {
    ImGuiWindow* window = ImGui::GetCurrentWindow();
    ImGui::SetNavID(id, ImGuiNavLayer_Main, ImGui::GetCurrentContext()->CurrentFocusScopeId,
                    ImGui::WindowRectAbsToRel(window, ImRect(box.min, box.max)));
    ImGui::SetNavCursorVisibleAfterMove();
}

// Submits the row's item inside of its main cell, so that the mirror has table > row > cell >
// button or link.
Press row_press(Pass& pass, std::int64_t row, Box box, const TableRow& content) {
    const ImGuiID id = row_id(pass.id, row);
    const std::int64_t stop =
        pass.state->cursor_row >= 0 ? pass.state->cursor_row : std::max<std::int64_t>(0, pass.result.first_visible_row);
    const Press pressed = press_at(id, box, Enabled::yes, row == stop ? TabStop::yes : TabStop::no);
    mirror::Annotation note;
    note.role = content.kept_href().empty() ? mirror::Role::button : mirror::Role::link;
    note.name = main_text(pass.geometry, content);
    note.href = content.kept_href();
    note.state_set = row == pass.state->selected_row ? static_cast<std::uint32_t>(mirror::state_current) : 0u;
    mirror::current().annotate_last_item(note);
    const bool follows = pass.state->focus == TableState::Focus::follows_cursor;
    if (follows && row == pass.state->cursor_row && pressed.visible) {
        focus_row(id, box);
        pass.state->focus = TableState::Focus::rests;
    }
    if (!follows && pressed.focused && pass.state->cursor_row != row) {
        // Tab, the mirror or a click put the focus here: the cursor follows.
        pass.state->cursor_row = row;
    }
    if (pressed.clicked) {
        pass.state->cursor_row = row;
        pass.result.activated_row = row;
    }
    return pressed;
}

// The row's item has the pointer, so that one of them is hovered; what it has taken is the cell's where it is over it.
// Keys and the mirror press the cell itself.
bool cell_press(Pass& pass, std::int64_t row, std::size_t column, Box box, const TableRow& content) {
    const ImGuiID id = ImHashData(&column, sizeof(column), id_of("cell", row_id(pass.id, row)));
    // Where rows do nothing there is no cursor to come with.
    const bool has_cursor = pass.options->rows == TableOptions::Rows::press;
    const bool stops = !has_cursor || row == pass.state->cursor_row;
    const Press pressed = press_at(id, box, Enabled::yes, stops ? TabStop::yes : TabStop::no);
    const std::string name = std::string(pass.options->columns[column].title) + ", " + content.cells()[column].text;
    mirror::current().annotate_last_item({.role = mirror::Role::button, .name = name});
    paint_focus_ring(id, inset(box, 4, 4), radius::control - 2);
    const bool is_over = ImGui::IsWindowHovered() && box.contains(ImGui::GetIO().MousePos);
    const bool is_taken = is_over && pass.result.activated_row == row && ImGui::IsMouseReleased(0);
    if (is_taken) pass.result.activated_row = -1;
    if (is_taken || pressed.clicked) {
        pass.result.pressed_row = row;
        pass.result.pressed_column = static_cast<int>(column);
    }
    return is_over || pressed.focused;
}

void draw_row(Pass& pass, std::int64_t row, Box box, const TableRow& content) {
    const bool narrow = pass.geometry.narrow;
    mirror::Container container;
    container.role = narrow ? mirror::Role::list_item : mirror::Role::row;
    // The header is the first row.
    container.row_index = narrow ? 0 : static_cast<std::int32_t>(std::min<std::int64_t>(row + 2, INT32_MAX));
    const ImGuiID id = row_id(pass.id, row);
    const mirror::Scope row_scope(id_of("row", id), container, mirror_rect(box));
    Press pressed;
    pressed.box = box;
    const auto submit = [&] {
        if (pass.options->rows == TableOptions::Rows::press) {
            pressed = row_press(pass, row, box, content);
        }
        RowLook look;
        look.hovered = pressed.hovered || pressed.held;
        look.selected = row == pass.state->selected_row;
        look.tone = content.kept_tone();
        paint_row_ground(box, look);
    };
    const auto submit_cell = [&](std::size_t column, Box cell) { return cell_press(pass, row, column, cell, content); };
    if (narrow) {
        submit();
        draw_narrow_row(pass.geometry, content, box, submit_cell);
    } else {
        draw_row_cells(pass.geometry, content, box, id, submit, submit_cell);
    }
    paint_focus_ring(id, inset(box, 4, 4), radius::control - 2);
}

void draw_rows(Pass& pass, const VisibleRows& visible, RowSource rows) {
    // Reused from frame to frame: its strings keep their room.
    static TableRow content;
    pass.result.first_visible_row = visible.first;
    pass.result.visible_row_count = visible.count;
    const TableGeometry& geometry = pass.geometry;
    const bool scrolls = pass.options->height > 0;
    const bool whole = !scrolls && pass.options->row_count <= whole_rows_max;
    const std::int64_t first = whole ? 0 : visible.first;
    const std::int64_t count = whole ? pass.options->row_count : visible.count;
    for (std::int64_t step = 0; step < count; ++step) {
        const std::int64_t row = first + step;
        content.begin();
        rows(row, content);
        const float top =
            scrolls ? geometry.body.min.y + static_cast<float>(step * static_cast<std::int64_t>(geometry.row_height) -
                                                               visible.offset_pixels)
                    : geometry.body.min.y + static_cast<float>(row) * geometry.row_height;
        draw_row(pass, row, box_at(ImVec2(geometry.body.min.x, top), ImVec2(geometry.row_width, geometry.row_height)),
                 content);
    }
}

float narrow_row_height() {
    return std::max(metrics().row_height,
                    line_height(TextStyle::body_medium) + line_height(TextStyle::caption) + 2 * space::medium + 2);
}

// Below this width the columns would cut each other to pieces: the rows become list items.
float room_needed(std::span<const Column> columns, const TableState& state) {
    constexpr float title_width_min = 120;
    const std::size_t title = title_column(columns);
    float needed = 0;
    for (std::size_t index = 0; index < columns.size() && index < table_columns_max; ++index) {
        const bool hidden = state.columns == TableState::Columns::chosen ? ((state.hidden_columns >> index) & 1u) != 0
                                                                         : columns[index].hidden == Hidden::yes;
        if (!hidden) {
            const float own = std::max(columns[index].width, columns[index].width_min);
            needed += index == title ? std::max(own, title_width_min) : own;
        }
    }
    return needed;
}

TableGeometry measure_table(const TableOptions& options, TableState& state, Box whole) {
    TableGeometry geometry;
    geometry.columns = options.columns;
    geometry.narrow = room_needed(options.columns, state) > whole.width();
    geometry.row_height = std::round(geometry.narrow ? narrow_row_height() : metrics().row_height);
    geometry.head_height = geometry.narrow ? 0 : std::round(std::max(32.0f, metrics().row_height));
    const auto row_pixels = static_cast<std::int64_t>(geometry.row_height);
    const float body_height =
        options.height > 0 ? whole.height() - geometry.head_height : static_cast<float>(row_pixels * options.row_count);
    geometry.head = box_at(whole.min, ImVec2(whole.width(), geometry.head_height));
    geometry.body = box_at(ImVec2(whole.min.x, whole.min.y + geometry.head_height), ImVec2(whole.width(), body_height));
    const bool bar = options.height > 0 && row_pixels * options.row_count > static_cast<std::int64_t>(body_height);
    geometry.row_width = whole.width() - (bar ? scroll_bar_width : 0);
    if (state.columns == TableState::Columns::fresh) {
        state.columns = TableState::Columns::chosen;
        for (std::size_t index = 0; index < options.columns.size() && index < table_columns_max; ++index) {
            if (options.columns[index].hidden == Hidden::yes) {
                state.hidden_columns |= 1u << index;
            }
        }
    }
    geometry.hidden_columns = state.hidden_columns;
    const float chooser = options.chooser == TableOptions::Chooser::shown ? table_chooser_width : 0;
    geometry.widths = column_widths(options.columns, state, geometry.row_width - chooser);
    return geometry;
}

mirror::Container table_container(const TableOptions& options, bool narrow) {
    mirror::Container container;
    container.role = narrow ? mirror::Role::list : mirror::Role::table;
    container.name = options.name;
    if (!narrow) {
        container.row_count = static_cast<std::int32_t>(std::min<std::int64_t>(options.row_count + 1, INT32_MAX));
        const int chooser = options.chooser == TableOptions::Chooser::shown ? 1 : 0;
        container.column_count = static_cast<std::int32_t>(options.columns.size()) + chooser;
    }
    return container;
}

}  // namespace

TableResult table(const char* id, const TableOptions& options, TableState& state, RowSource rows) {
    ImGui::PushID(id);
    Pass pass;
    pass.id = id_of("table");
    pass.options = &options;
    pass.state = &state;
    const float height = options.height > 0 ? std::round(options.height) : 0;
    pass.geometry = measure_table(
        options, state, box_at(ImGui::GetCursorScreenPos(), ImVec2(ImGui::GetContentRegionAvail().x, height)));
    const TableGeometry& geometry = pass.geometry;
    const Box whole = {geometry.head.min, geometry.body.max};
    ImGui::ItemSize(whole.size(), 0);
    if (options.row_count > 0) {
        state.cursor_row = std::min(state.cursor_row, options.row_count - 1);
    }
    const mirror::Scope scope(pass.id, table_container(options, geometry.narrow), mirror_rect(whole));
    if (!geometry.narrow) {
        draw_table_head(pass.id, options, geometry, state, pass.result);
    }
    const auto row_pixels = static_cast<std::int64_t>(geometry.row_height);
    const auto view_pixels = static_cast<std::int64_t>(geometry.body.height());
    const std::int64_t longest =
        options.height > 0 ? std::max<std::int64_t>(0, options.row_count * row_pixels - view_pixels) : 0;
    const float visible_height = options.height > 0 ? geometry.body.height() : clipped(geometry.body).height();
    move_cursor(pass, static_cast<std::int64_t>(visible_height / geometry.row_height));
    if (pass.cursor_moved) {
        show_cursor(pass, view_pixels);
    }
    if (options.height > 0) {
        scroll_with_wheel(pass, longest);
        settle_scroll(state, longest);
    }
    const VisibleRows visible = options.height > 0
                                    ? rows_in_view(state.scroll_pixels, view_pixels, row_pixels, options.row_count)
                                    : rows_of_clip(geometry.body, row_pixels, options.row_count);
    ImGui::PushClipRect(geometry.body.min, geometry.body.max, true);
    draw_rows(pass, visible, rows);
    ImGui::PopClipRect();
    draw_scroll_bar(pass, longest, view_pixels);
    if (options.height <= 0 && !geometry.narrow) {
        draw_sticky_head(pass.id, options, geometry, state);
    }
    ImGui::PopID();
    if (options.row_count == 0 && !options.empty_sentence.empty()) {
        text_wrapped(TextStyle::body, options.empty_sentence, Color::text_muted);
    }
    return pass.result;
}

}  // namespace portal::ui
