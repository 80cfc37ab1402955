// The head of the table: titles, sorting, resizing, choosing of columns. Private to the table.
#pragma once

#include "app/ui/table_paint.hpp"

namespace portal::ui {

// Says in `result` whether the sorting changed and whose filter was pressed.
void draw_table_head(ImGuiID table, const TableOptions& options, const TableGeometry& geometry, TableState& state,
                     TableResult& result);
// Repeats the titles at the top of the view when the page has scrolled them away. For the eye
// alone: the mirror has them.
void draw_sticky_head(ImGuiID table, const TableOptions& options, const TableGeometry& geometry,
                      const TableState& state);

}  // namespace portal::ui
