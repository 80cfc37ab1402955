// What only a damaged replica's device knows: edits that no server has acknowledged and refusals that no user has
// answered.
#pragma once

#include <vector>

#include "app/store/outbox.hpp"
#include "shared/db/database.hpp"

namespace portal::store {

struct Salvage {
    std::vector<OutboxEntry> pending;  // In their order.
    std::vector<TrayItem> tray;
    bool empty() const { return pending.empty() && tray.empty(); }
};

// As much as can still be read. The database is not open elsewhere.
Salvage salvage_edits(const db::OpenOptions& options);

}  // namespace portal::store
