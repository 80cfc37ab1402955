// A practice's figures beside what practices of its kind do together.
#pragma once

#include "app/ui/layout.hpp"
#include "app/views/financing_view.hpp"

namespace portal::views {

void peers_card(const ViewContext& context, FinancingState& state, const vm::PeersPart& peers, ui::Grid& grid);

}  // namespace portal::views
