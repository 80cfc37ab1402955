// How the table's rows look. Private to the table.
#pragma once

#include "app/ui/table.hpp"

#include <functional>

namespace portal::ui {

// Where everything of a table stands in this frame.
struct TableGeometry {
    std::span<const Column> columns;
    std::array<float, table_columns_max> widths{};
    std::uint32_t hidden_columns = 0;
    Box head;
    Box body;
    float row_width = 0;
    float row_height = 0;
    float head_height = 0;
    bool narrow = false;

    bool is_hidden(std::size_t column) const { return (hidden_columns >> column) & 1u; }
};

struct RowLook {
    bool hovered = false;
    bool selected = false;
    Tone tone = Tone::neutral;
};

inline constexpr float table_cell_padding = 12;
// Right of the last column, so that the chooser hides no title.
inline constexpr float table_chooser_width = 28;

void paint_row_ground(Box box, const RowLook& look);
// Takes the place of a cell that can be pressed; true while it is to look so.
using SubmitCell = std::function<bool(std::size_t column, Box box)>;
// `submit_item` runs inside of the first visible cell, before anything of the row is drawn.
void draw_row_cells(const TableGeometry& geometry, const TableRow& row, Box box, ImGuiID row_id,
                    const std::function<void()>& submit_item, const SubmitCell& submit_cell);
void draw_narrow_row(const TableGeometry& geometry, const TableRow& row, Box box, const SubmitCell& submit_cell);
// The text by which a row is known: that of its title column.
std::string_view main_text(const TableGeometry& geometry, const TableRow& row);
std::size_t title_column(std::span<const Column> columns);

}  // namespace portal::ui
