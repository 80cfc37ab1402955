#include "app/ui/heat_map.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/mirror/mirror.hpp"
#include "app/ui/fonts.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/motion.hpp"
#include "app/ui/paint.hpp"
#include "app/ui/press.hpp"
#include "app/ui/tooltip.hpp"

namespace portal::ui {
namespace {

constexpr float cell_gap = 2;
constexpr float tint_least = 0.10f;  // What is not nothing can be seen.
constexpr float axis_gap = 10;
constexpr float chosen_border = 2;
constexpr float table_cell_min = 36, table_height = 320;

struct HeatGrid {
    Box cells;
    int rows = 0, columns = 0;

    Box cell(int row, int column) const {
        const float width = cells.width() / static_cast<float>(columns);
        const float height = (cells.max.y - cells.min.y) / static_cast<float>(rows);
        return box_at(
            ImVec2(cells.min.x + width * static_cast<float>(column), cells.min.y + height * static_cast<float>(row)),
            ImVec2(width - cell_gap, height - cell_gap));
    }
    HeatPlace at(ImVec2 point) const {
        if (!cells.contains(point)) return {};
        const float x = (point.x - cells.min.x) / cells.width() * static_cast<float>(columns);
        const float y = (point.y - cells.min.y) / (cells.max.y - cells.min.y) * static_cast<float>(rows);
        return {std::clamp(static_cast<int>(y), 0, rows - 1), std::clamp(static_cast<int>(x), 0, columns - 1)};
    }
};

double value_at(const HeatMapOptions& options, int row, int column) {
    const std::size_t index = static_cast<std::size_t>(row) * options.columns.size() + static_cast<std::size_t>(column);
    return index < options.values.size() ? options.values[index] : 0;
}

void paint_cells(const HeatGrid& grid, const HeatMapOptions& options) {
    double most = 0;
    for (const double value : options.values)
        most = std::max(most, value);
    for (int row = 0; row < grid.rows; ++row)
        for (int column = 0; column < grid.columns; ++column) {
            const double value = value_at(options, row, column);
            const Box box = grid.cell(row, column);
            paint_box(box, color(Color::sunken), radius::mark);
            if (value <= 0) continue;
            const auto share = static_cast<float>(value / most);
            paint_box(box, color_with_alpha(Color::accent, tint_least + (1 - tint_least) * share), radius::mark);
        }
}

// As many of the columns' names as have room.
void paint_labels(const HeatGrid& grid, const HeatMapOptions& options, float label_x) {
    for (int row = 0; row < grid.rows; ++row) {
        const Box box = grid.cell(row, 0);
        const float y = (box.min.y + box.max.y - line_height(TextStyle::caption)) * 0.5f;
        paint_text(ImVec2(label_x, y), TextStyle::caption, options.rows[static_cast<std::size_t>(row)],
                   color(Color::text_muted));
    }
    float widest = 1;
    for (const std::string& label : options.columns)
        widest = std::max(widest, measure(TextStyle::caption, label).x);
    const float step = grid.cells.width() / static_cast<float>(grid.columns);
    const int stride = std::max(1, static_cast<int>(std::ceil((widest + axis_gap) / step)));
    for (int column = 0; column < grid.columns; column += stride) {
        const Box box = grid.cell(0, column);
        paint_text(ImVec2(box.min.x, grid.cells.max.y + space::tiny), TextStyle::caption,
                   options.columns[static_cast<std::size_t>(column)], color(Color::text_muted));
    }
}

void draw_tooltip(const HeatMapOptions& options, HeatPlace place) {
    if (!begin_tooltip_panel()) return;
    text(TextStyle::caption_strong, options.rows[static_cast<std::size_t>(place.row)] + " " +
                                        options.columns[static_cast<std::size_t>(place.column)]);
    text(TextStyle::caption, options.format_value(value_at(options, place.row, place.column)));
    if (!options.press_action.empty()) text(TextStyle::caption, options.press_action, Color::text_muted);
    end_tooltip_panel();
}

// The arrows move through the cells while the picture has the keyboard; `t` shows the table.
HeatPlace move_by_key(ImGuiID id, const HeatGrid& grid, ChartState& state) {
    for (const ImGuiKey key : {ImGuiKey_LeftArrow, ImGuiKey_RightArrow, ImGuiKey_UpArrow, ImGuiKey_DownArrow})
        ImGui::SetKeyOwner(key, id);
    const auto pressed = [id](ImGuiKey key) { return ImGui::IsKeyPressed(key, ImGuiInputFlags_Repeat, id) ? 1 : 0; };
    const int before = state.cell;
    int row = before / grid.columns, column = before % grid.columns;
    row = std::clamp(row + pressed(ImGuiKey_DownArrow) - pressed(ImGuiKey_UpArrow), 0, grid.rows - 1);
    column = std::clamp(column + pressed(ImGuiKey_RightArrow) - pressed(ImGuiKey_LeftArrow), 0, grid.columns - 1);
    state.cell = row * grid.columns + column;
    if (ImGui::IsKeyPressed(ImGuiKey_T, false)) state.view = ChartState::View::table;
    if (state.cell != before || state.view == ChartState::View::table) request_frames(2);
    return {row, column};
}

HeatPlace draw_picture(const HeatMapOptions& options, ChartState& state) {
    const float width = ImGui::GetContentRegionAvail().x;
    float label_width = 0;
    for (const std::string& label : options.rows)
        label_width = std::max(label_width, measure(TextStyle::caption, label).x);
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const float height = options.cell_height * static_cast<float>(options.rows.size());
    HeatGrid grid;
    grid.rows = static_cast<int>(options.rows.size());
    grid.columns = static_cast<int>(options.columns.size());
    grid.cells = {ImVec2(origin.x + label_width + axis_gap, origin.y), ImVec2(origin.x + width, origin.y + height)};
    paint_cells(grid, options);
    paint_labels(grid, options, origin.x);

    const Press pressed = press_at(id_of("picture"), grid.cells);
    mirror::Annotation note;
    note.role = mirror::Role::image;
    note.name = options.sentence;
    note.state_set = mirror::state_focusable;
    mirror::current().annotate_last_item(note);
    if (pressed.hovered && options.press_action.empty()) ImGui::SetMouseCursor(ImGuiMouseCursor_Arrow);
    if (!options.chosen.is_none())
        paint_border(inset(grid.cell(options.chosen.row, options.chosen.column), -1, -1), color(Color::accent),
                     radius::mark, chosen_border);
    HeatPlace shown = pressed.by_pointer ? grid.at(ImGui::GetIO().MousePos) : HeatPlace{};
    if (shown.is_none() && pressed.focused) shown = move_by_key(pressed.id, grid, state);
    if (!shown.is_none()) {
        paint_border(inset(grid.cell(shown.row, shown.column), -1, -1), color(Color::text), radius::mark);
        draw_tooltip(options, shown);
    }
    paint_focus_ring(pressed.id, inset(grid.cells, -2, -2), radius::mark);
    ImGui::SetCursorScreenPos(origin);
    ImGui::ItemSize(ImVec2(width, height + line_height(TextStyle::caption) + space::medium), 0);
    return pressed.clicked && !options.press_action.empty() ? shown : HeatPlace{};
}

// On its side: there are more columns than a table has room for.
HeatPlace draw_table(const HeatMapOptions& options, ChartState& state) {
    std::vector<std::string> ids;
    for (std::size_t row = 0; row < options.rows.size(); ++row)
        ids.push_back("row" + std::to_string(row));
    std::vector<Column> columns = {
        {.id = "column", .title = options.column_head, .width = -1, .width_min = table_cell_min}};
    for (std::size_t row = 0; row < options.rows.size(); ++row)
        columns.push_back({.id = ids[row].c_str(),
                           .title = options.rows[row],
                           .width = -1,
                           .align = Align::right,
                           .width_min = table_cell_min,
                           .cells = options.cells});
    TableOptions look;
    look.name = options.sentence;
    look.row_count = static_cast<std::int64_t>(options.columns.size());
    look.columns = columns;
    look.height = table_height;
    look.rows = TableOptions::Rows::rest;
    const TableResult seen = table("data", look, state.table, [&](std::int64_t column, TableRow& out) {
        out.cell({.text = options.columns[static_cast<std::size_t>(column)]});
        for (std::size_t row = 0; row < options.rows.size(); ++row)
            out.cell(
                {.text = options.format_value(value_at(options, static_cast<int>(row), static_cast<int>(column)))});
    });
    return seen.pressed_row < 0 ? HeatPlace{} : HeatPlace{seen.pressed_column - 1, static_cast<int>(seen.pressed_row)};
}

}  // namespace

HeatPress heat_map(const char* id, const HeatMapOptions& options, ChartState& state) {
    HeatPress pressed;
    if (options.rows.empty() || options.columns.empty()) return pressed;
    ImGui::PushID(id);
    const mirror::Scope scope(id_of("heat_map"), {.role = mirror::Role::group, .name = options.sentence});
    if (state.view == ChartState::View::picture)
        pressed.cell = draw_picture(options, state);
    else
        pressed.number = draw_table(options, state);
    chart_foot(options.sentence, state);
    ImGui::PopID();
    return pressed;
}

}  // namespace portal::ui
