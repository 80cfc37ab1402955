// The cards of the homes, each a cell of the given grid.
#pragma once

#include <string>
#include <vector>

#include "app/ui/layout.hpp"
#include "app/views/overview_view.hpp"
#include "app/views/passport_view.hpp"

namespace portal::views {

void health_card(const ViewContext& context, ui::Grid& grid, const vm::OverviewPart& part, ui::Span span);
void net_card(const ViewContext& context, ui::Grid& grid, const vm::OverviewPart& part, ui::Span span);
void tickets_card(const ViewContext& context, ui::Grid& grid, const vm::OverviewPart& part, ui::Span span);
void monthly_card(const ViewContext& context, ui::Grid& grid, OverviewState& state, const vm::OverviewPart& part);
// Beside the monthly chart when there is one.
void whos_on_it_card(const ViewContext& context, ui::Grid& grid, const vm::OverviewPart& part, bool beside_chart);
void activity_card(const ViewContext& context, ui::Grid& grid, const vm::OverviewPart& part);
void deposits_card(const ViewContext& context, ui::Grid& grid, OverviewState& state, const vm::OverviewPart& part);
// The month of the figures, as far as the source has told it: what their passports are of on financing's screen. The
// change is to the same days of the month before.
MonthIndex told_month(const ViewContext& context, const vm::OverviewPart& part);
vm::FinancingQuery month_so_far(const ViewContext& context, const vm::OverviewPart& part);
vm::FinancingQuery change_of_month(const ViewContext& context, const vm::OverviewPart& part);
// A figure that is computed here, and the screen that shows what it is made of.
struct HomeFigure {
    Figure figure = {};
    std::vector<PassportLine> lines = {};
    vm::Word action = vm::Word::show_all;
    vm::Query made_of = {};
};
// Of the figures that are computed here; those of financing open theirs on its screen.
void overview_passport(const ViewContext& context, const vm::OverviewPart& part, const vm::OverviewQuery& query);
void queue_card(const ViewContext& context, ui::Grid& grid, const vm::OverviewPart& part);

}  // namespace portal::views
