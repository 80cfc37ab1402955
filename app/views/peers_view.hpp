// A practice's figures beside what practices of its kind do together.
#pragma once

#include "app/ui/layout.hpp"
#include "app/views/financing_view.hpp"

namespace portal::views {

void peers_card(const ViewContext& context, FinancingState& state, const vm::FinancingPart& part, ui::Grid& grid);
// What the others do together, or why that is not told.
std::string peers_value(const ViewContext& context, const vm::PeerLine& line);

}  // namespace portal::views
