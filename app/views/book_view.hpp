// "Who needs me": the account manager's practices by risk and dollars.
#pragma once

#include "app/ui/layout.hpp"
#include "app/views/overview_view.hpp"

namespace portal::views {

void book_card(const ViewContext& context, ui::Grid& grid, OverviewState& state, const vm::OverviewPart& part);

}  // namespace portal::views
