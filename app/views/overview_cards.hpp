// The cards of the homes, each a cell of the given grid.
#pragma once

#include "app/ui/layout.hpp"
#include "app/views/overview_view.hpp"

namespace portal::views {

void health_card(const ViewContext& context, ui::Grid& grid, const vm::OverviewPart& part, ui::Span span);
void net_card(const ViewContext& context, ui::Grid& grid, const vm::OverviewPart& part, ui::Span span);
void tickets_card(const ViewContext& context, ui::Grid& grid, const vm::OverviewPart& part, ui::Span span);
void monthly_card(const ViewContext& context, ui::Grid& grid, OverviewState& state, const vm::OverviewPart& part);
// Beside the monthly chart when there is one.
void whos_on_it_card(const ViewContext& context, ui::Grid& grid, const vm::OverviewPart& part, bool beside_chart);
void activity_card(const ViewContext& context, ui::Grid& grid, const vm::OverviewPart& part);
void deposits_card(const ViewContext& context, ui::Grid& grid, OverviewState& state, const vm::OverviewPart& part);
// Of the figures that are computed here; those of financing open theirs on its screen.
void overview_passport(const ViewContext& context, const vm::OverviewPart& part, const vm::OverviewQuery& query);
void queue_card(const ViewContext& context, ui::Grid& grid, const vm::OverviewPart& part);

}  // namespace portal::views
