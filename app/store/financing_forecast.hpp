// The month's forecast of the financing screen, with what it was learned from. Private to the financing builder.
#pragma once

#include "app/store/build_context.hpp"

namespace portal::store {

// Adds the figure and its footing. `filter` selects the screen's facts; its days are not looked at.
void fill_forecast(const BuildContext& context, const FactFilter& filter, vm::FinancingPart& part);

}  // namespace portal::store
