// Leads of pitches: those that wait on this machine to be sent, and those that were.
#pragma once

#include <vector>

#include "app/ui/layout.hpp"
#include "app/views/view.hpp"

namespace portal::views {

// Lives in the shell, across frames.
struct WaitingLeadsState {
    std::vector<vm::Lead> leads;
    bool is_open = false;
    bool is_put_off = false;  // Until the page is opened anew.
};

void waiting_leads_note(const ViewContext& context, WaitingLeadsState& state);
// Nothing where there are none.
void prospects_card(const ViewContext& context, ui::Grid& grid, const vm::OverviewPart& part);

}  // namespace portal::views
