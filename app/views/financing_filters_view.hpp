// The chip row of the financing screen: period, grain, practice, location and plan.
#pragma once

#include "app/views/view.hpp"

namespace portal::views {

// Is anything but the period chosen?
bool is_filtered(const vm::FinancingQuery& query);
void financing_filters_view(const ViewContext& context, const vm::FinancingPart& part);

}  // namespace portal::views
