// Financing: figures with their passports, the chart of real facts, what explains the change, plans and funnel.
#pragma once

#include "app/ui/chart.hpp"
#include "app/views/fact_rows_view.hpp"

namespace portal::views {

// Lives in the shell, across frames.
struct FinancingState {
    ui::ChartState chart;
    ui::Crosshair crosshair;
    ui::TableState table;
    ui::ChartState change;
    ui::ChartState funnel;
    ui::TableState plans;
    ui::TableState ranking;
    ui::ChartState hours;
    FactRowsState fact_rows;
    FinancingFiltersState filters;
    ui::TableState peers;
    std::uint32_t tables = 0;       // Of FinancingQuery, as the address last said it,
    std::uint32_t told_tables = 0;  // and as it was last told.
};

// Title and filters, which stay in sight while the figures scroll. The rows have their own.
void financing_head_view(const ViewContext& context, FinancingState& state, const vm::FinancingQuery& query);
void financing_view(const ViewContext& context, FinancingState& state, const vm::FinancingQuery& query);

}  // namespace portal::views
