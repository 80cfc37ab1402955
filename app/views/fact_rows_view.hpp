// The single facts behind the figures, a page in a drawer; where they come from, or why they cannot be shown.
#pragma once

#include "app/ui/table.hpp"
#include "app/views/view.hpp"

namespace portal::views {

void fact_rows_view(const ViewContext& context, ui::TableState& table, const vm::FinancingPart& part);

}  // namespace portal::views
