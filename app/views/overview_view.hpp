// Overview: the verdict, what needs you, three figures, who is on it; and the homes of the other roles.
#pragma once

#include "app/ui/chart.hpp"
#include "app/views/prospects_view.hpp"
#include "app/views/view.hpp"

namespace portal::views {

// Lives in the shell, across frames.
struct OverviewState {
    ui::ChartState monthly;
    ui::Crosshair crosshair;
    ui::TableState deposits;
    ui::TableState book;
    WaitingLeadsState waiting_leads;
};

void overview_view(const ViewContext& context, OverviewState& state, const vm::OverviewQuery& query);

}  // namespace portal::views
