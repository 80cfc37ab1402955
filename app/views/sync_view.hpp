// Sync status: what is here, what waits, and the tray of edits that need the user's decision.
#pragma once

#include "app/views/view.hpp"

namespace portal::views {

void sync_view(const ViewContext& context);
// What is wrong with what this device keeps, if anything is, and the edits that it holds as a file before they are
// lost.
void local_problem(const ViewContext& context, const vm::SyncPart& sync);
// What the loss of that copy means, without what to do about it.
std::string sentence_of(const ViewContext& context, const LostCopy& copy);

}  // namespace portal::views
