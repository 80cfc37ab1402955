// One action item: what is done with it, its fields, and the form of a new one.
#pragma once

#include "app/views/actions_view.hpp"

namespace portal::views {

void action_view(const ViewContext& context, ActionEdit& edit, const vm::ActionsPart& part);
void new_action_view(const ViewContext& context, ActionsState& state, const vm::ActionsQuery& query);

// "Fri, Dec 4"; today and tomorrow by name.
std::string due_day_words(const ViewContext& context, const vm::ActionBrief& action);

}  // namespace portal::views
