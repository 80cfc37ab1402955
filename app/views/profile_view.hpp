// Profile: who is signed in, how the portal looks on this device, what is kept on it, diagnostics, sign-out.
#pragma once

#include "app/views/view.hpp"

namespace portal::views {

void profile_view(const ViewContext& context);

}  // namespace portal::views
