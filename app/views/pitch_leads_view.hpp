// Leads that wait on this machine, and the wiping of everything that a pitch leaves on it.
#pragma once

#include "app/ui/layout.hpp"
#include "app/views/view.hpp"
#include "app/vm/leads_part.hpp"
#include "app/vm/pitch_part.hpp"

namespace portal::views {

struct LeadsState {
    vm::Lead typed;
};

vm::PitchAsked pitch_leads_card(const ViewContext& context, LeadsState& state, const vm::LeadsPart& part,
                                ui::Grid& grid);

}  // namespace portal::views
