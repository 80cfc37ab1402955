#include "app/vm/snapshot_change.hpp"

#include <tuple>

namespace portal::vm {
namespace {

// Every part with its change.
constexpr auto parts = std::tuple(
    std::pair(&Snapshot::session, &SnapshotChange::session), std::pair(&Snapshot::sync, &SnapshotChange::sync),
    std::pair(&Snapshot::overview, &SnapshotChange::overview),
    std::pair(&Snapshot::integrations, &SnapshotChange::integrations),
    std::pair(&Snapshot::financing, &SnapshotChange::financing),
    std::pair(&Snapshot::tickets, &SnapshotChange::tickets), std::pair(&Snapshot::actions, &SnapshotChange::actions),
    std::pair(&Snapshot::deposits, &SnapshotChange::deposits), std::pair(&Snapshot::sql, &SnapshotChange::sql),
    std::pair(&Snapshot::ready_export, &SnapshotChange::ready_export),
    std::pair(&Snapshot::announcement, &SnapshotChange::announcement));

template <class Visit>
void each_part(const Visit& visit) {
    std::apply([&](const auto&... part) { (visit(part.first, part.second), ...); }, parts);
}

}  // namespace

SnapshotChange change_between(const Snapshot* former, const Snapshot& latest) {
    SnapshotChange change;
    change.server_now_ms = latest.server_now_ms;
    each_part([&](const auto part, const auto changed) {
        if (!former || former->*part != latest.*part) change.*changed = latest.*part;
    });
    return change;
}

void apply_change(const SnapshotChange& change, Snapshot& snapshot) {
    snapshot.server_now_ms = change.server_now_ms;
    each_part([&](const auto part, const auto changed) {
        if (change.*changed) snapshot.*part = *(change.*changed);
    });
}

}  // namespace portal::vm
