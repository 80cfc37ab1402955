// The scope switcher of the top bar: all of the user's practices, one of them, or one location of the only one.
#pragma once

#include "app/views/view.hpp"

namespace portal::views {

// `room` is what a phone's bar has left for it.
void scope_view(const ViewContext& context, const vm::SessionPart& session, float room);

}  // namespace portal::views
