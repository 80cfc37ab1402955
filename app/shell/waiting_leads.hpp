// Leads that a pitch has left in this browser, for whoever signs in to the portal and may take them. Each stays in the
// machine's text until a row of the server's says that it has arrived.
//
// Thread: the UI thread.
#pragma once

#include <vector>

#include "app/platform/window.hpp"
#include "app/vm/intent.hpp"
#include "app/vm/snapshot.hpp"

namespace portal::shell {

// Those that nobody has sent yet. Removes what has arrived from the machine's text, and gives ids to those that have
// none.
std::vector<vm::Lead> leads_to_send(platform::Window& window, const vm::Snapshot& snapshot, vm::IntentSink& ids);

}  // namespace portal::shell
