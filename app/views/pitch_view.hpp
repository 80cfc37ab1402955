// The pitch: its bar above a step's screen, and the preflight before the first one.
#pragma once

#include "app/views/pitch_leads_view.hpp"
#include "app/views/view.hpp"
#include "app/vm/pitch_part.hpp"

namespace portal::views {

// Inside the frame's top bar.
vm::PitchAsked pitch_bar_view(const ViewContext& context, const vm::PitchPart& part);
vm::PitchAsked pitch_preflight_view(const ViewContext& context, const vm::PitchPart& part, LeadsState& state,
                                    const vm::LeadsPart& leads);
// A step before its screen is there, as after a reload: its caption alone.
void pitch_slide_view(const ViewContext& context, const vm::PitchPart& part);
// A card on the demo's first screens; true when pressed.
bool pitch_entry_view(const ViewContext& context);

// A step's caption; the step itself holds no number.
std::string_view caption_of_story(const ViewContext& context, int story);

}  // namespace portal::views
