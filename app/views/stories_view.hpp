// The checklist of the demo's nine stories: each leads to its role, screen and date. Dismissible.
#pragma once

#include "app/ui/layout.hpp"
#include "app/views/view.hpp"

namespace portal::views {

// Nothing outside the demo tenant, or once dismissed.
void stories_card(const ViewContext& context, ui::Grid& grid, const vm::OverviewPart& part);

}  // namespace portal::views
