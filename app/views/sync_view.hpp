// Sync status: what is here, what waits, and the tray of edits that need the user's decision.
#pragma once

#include "app/views/view.hpp"

namespace portal::views {

void sync_view(const ViewContext& context);

}  // namespace portal::views
