// The single facts behind the figures, as a table of any length: filters, search, sorting; where the rows come from, or
// why they cannot be shown.
#pragma once

#include <memory>
#include <string>

#include "app/ui/table.hpp"
#include "app/views/financing_filters_view.hpp"
#include "app/views/saved_views_view.hpp"
#include "app/views/search_field.hpp"

namespace portal::views {

// Lives in the shell, across frames.
struct FactRowsState {
    ui::TableState table;
    SearchField search;
    std::shared_ptr<const vm::FinancingPart> asked_with;  // What was shown when another window was wanted.
    SavedViewsState views;
    FinancingFiltersState filters;
    ui::Box head_filter;       // Where the list of a column's values opens.
    vm::FinancingQuery shown;  // What the table's place belongs to.
};

void fact_rows_view(const ViewContext& context, FactRowsState& state, const vm::FinancingQuery& query);

}  // namespace portal::views
