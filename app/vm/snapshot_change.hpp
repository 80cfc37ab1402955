// What a newer snapshot has that the former one had not, for a tab whose screens are built by another.
#pragma once

#include <memory>
#include <optional>

#include "app/vm/snapshot.hpp"

namespace portal::vm {

template <class Part>
using ChangedPart = std::optional<std::shared_ptr<const Part>>;  // Nothing: unchanged. Null: no longer there.

struct SnapshotChange {
    InstantMs server_now_ms = 0;
    ChangedPart<SessionPart> session;
    ChangedPart<SyncPart> sync;
    ChangedPart<OverviewPart> overview;
    ChangedPart<IntegrationsPart> integrations;
    ChangedPart<FinancingPart> financing;
    ChangedPart<TicketsPart> tickets;
    ChangedPart<ActionsPart> actions;
    ChangedPart<DepositsPart> deposits;
    ChangedPart<SqlPart> sql;
    ChangedPart<ReadyExport> ready_export;
    ChangedPart<Announcement> announcement;
};

// Null for `former`: every part counts as changed.
SnapshotChange change_between(const Snapshot* former, const Snapshot& latest);
void apply_change(const SnapshotChange& change, Snapshot& snapshot);

}  // namespace portal::vm
