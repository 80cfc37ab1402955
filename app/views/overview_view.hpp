// Overview: the verdict, what needs you, three figures, who is on it; and the homes of the other roles.
#pragma once

#include "app/views/view.hpp"

namespace portal::views {

// Lives in the shell, across frames.
struct OverviewState {
    bool monthly_as_table = false;
    int sorted_column = -1;
    bool sorted_descending = true;
};

void overview_view(const ViewContext& context, OverviewState& state);

}  // namespace portal::views
