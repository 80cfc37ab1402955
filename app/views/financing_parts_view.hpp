// The cards below the financing chart: what explains the change, funnel, plans, places, hours, and the table.
#pragma once

#include "app/ui/layout.hpp"
#include "app/views/financing_view.hpp"

namespace portal::views {

std::string plan_name(const ViewContext& context, const vm::PlanShare& plan);
std::string stack_name(const ViewContext& context, const vm::FinancingStack& stack);
std::string change_part_name(const ViewContext& context, const vm::ChangePart& part);

// As of when: below every card of the screen; on wide ones also up to which day the source has reported.
std::string as_of_note(const ViewContext& context, const vm::FinancingPart& part);
std::string closed_note(const ViewContext& context, const vm::FinancingPart& part);

void change_card(const ViewContext& context, FinancingState& state, const vm::FinancingPart& part, ui::Grid& grid);
void funnel_card(const ViewContext& context, FinancingState& state, const vm::FinancingPart& part, ui::Grid& grid);
void plans_card(const ViewContext& context, FinancingState& state, const vm::FinancingPart& part, ui::Grid& grid);
void ranking_card(const ViewContext& context, FinancingState& state, const vm::FinancingPart& part, ui::Grid& grid);
void hours_card(const ViewContext& context, FinancingState& state, const vm::FinancingPart& part, ui::Grid& grid);
void table_card(const ViewContext& context, FinancingState& state, const vm::FinancingPart& part, ui::Grid& grid);

}  // namespace portal::views
