// The strip above an integration's screen while it goes live in a pitch: what happened last, and the minute's controls.
#pragma once

#include "app/views/view.hpp"
#include "app/vm/pitch_part.hpp"

namespace portal::views {

float go_live_strip_height();
vm::PitchAsked go_live_strip_view(const ViewContext& context, const vm::GoLivePart& part);

}  // namespace portal::views
