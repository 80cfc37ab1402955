// What the viewers are shown: their screens, and how the sync of the rows below stands.
#include <algorithm>

#include "app/store/replica_store.hpp"

namespace portal::store {

void ReplicaStore::with_context(const vm::Scope& scope, const std::function<void(const BuildContext&)>& build) {
    const PlaceSet places(m_records, scope);
    build(BuildContext{.records = m_records,
                       .replica = *m_replica,
                       .outbox = *m_outbox,
                       .caller = m_caller,
                       .scope = scope,
                       .places = places,
                       .now_ms = server_now_ms(),
                       .as_of_ms = m_replica->state().last_exchange_ms,
                       .demo = m_replica->state().demo ? Demo::yes : Demo::no,
                       .server_told = &m_server_told,
                       .volume_watch = &m_volume_watch,
                       .sql_runner = &m_sql_runner});
}

// Nothing is shown before the first pull is whole, nor of a copy that was read up to its damage.
bool ReplicaStore::may_build() const {
    return is_ready() && !m_is_damaged && !m_hidden && !m_replica->state().epoch.empty();
}

// Our own tab first.
Viewer* ReplicaStore::next_waiting() {
    const auto found =
        std::find_if(m_viewers.begin(), m_viewers.end(), [](const Viewer& viewer) { return viewer.is_waiting(); });
    return found == m_viewers.end() ? nullptr : &*found;
}

void ReplicaStore::build_sync_part() {
    m_sync_dirty = false;
    m_told_facts = m_sync_facts;
    vm::SyncPart part = m_applier ? *own_viewer().snapshot()->sync
                                  : build_sync(m_replica.get(), m_outbox.get(), m_records, m_sync_facts);
    if (m_applier) {
        // The open transaction of a pull is nobody's to read: what the outbox holds has not changed meanwhile.
        part.phase = m_sync_facts.phase;
        part.rows_loaded = m_sync_facts.rows_loaded;
        part.rows_expected = m_sync_facts.rows_expected;
        part.problem = m_sync_facts.problem;
    }
    if (!m_undecodable.empty() && part.problem == vm::LocalProblem::none) part.problem = vm::LocalProblem::corrupted;
    const auto shared = std::make_shared<const vm::SyncPart>(std::move(part));
    for (Viewer& viewer : m_viewers)
        viewer.set_sync(shared);
}

// One screen of one viewer per step; then publish.
bool ReplicaStore::step_build() {
    if (m_sql_runner.take_changed()) mark(Viewer::bit(Viewer::Screen::sql));
    const bool may = may_build();
    const auto built = db::guarded([&] {
        if (Viewer* viewer = may ? next_waiting() : nullptr)
            with_context(viewer->scope(), [&](const BuildContext& context) { viewer->build(context); });
        // In a first load every page changes much that nobody is told.
        const bool is_told = m_sync_facts.phase == vm::SyncPhase::first_load && m_sync_facts == m_told_facts;
        if (m_sync_dirty && !is_told) build_sync_part();
    });
    if (!built) note_failure(built.error());
    for (Viewer& viewer : m_viewers)
        viewer.publish(server_now_ms());
    return may && built && next_waiting() != nullptr;
}

}  // namespace portal::store
