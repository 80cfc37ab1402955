#include "app/store/replica_store.hpp"

#include <algorithm>

#include "shared/base/check.hpp"
#include "shared/base/limits.hpp"

namespace portal::store {
namespace {

constexpr std::size_t load_rows_per_query = 200;
// Beyond this many changed rows, loading everything again is cheaper than row by row.
constexpr std::size_t follow_rows_max = 5'000;

}  // namespace

ReplicaStore::ReplicaStore(const Clock& clock, RandomSource& random) : m_clock(clock), m_random(random), m_viewers(1) {}

void ReplicaStore::attach(std::unique_ptr<Replica> replica) {
    check(!m_replica, "one replica at a time");
    m_replica = std::move(replica);
    m_outbox = std::make_unique<Outbox>(*m_replica);
    const ReplicaState& state = m_replica->state();
    if (state.last_exchange_ms > 0) {
        // The wall clock may be wrong, but never take the server's time back.
        const InstantMs estimate = std::max(state.last_exchange_ms, m_clock.now_ms() + state.clock_offset_ms);
        m_time_anchor = {estimate, m_clock.monotonic_ms()};
    }
    start_loading();
}

std::unique_ptr<Replica> ReplicaStore::detach(Screens screens) {
    m_is_damaged = false;
    m_is_log_to_fold = false;
    m_sql_runner.forget();
    m_recount.reset();
    m_applier.reset();
    m_apply_end.reset();
    m_loading.reset();
    m_to_follow.clear();
    if (m_replica) m_replica->rollback();
    m_records.clear();
    m_caller = {};
    m_outbox.reset();
    if (screens == Screens::go) {
        own_viewer().choose({});
        own_viewer().hide();
    }
    m_sync_dirty = true;
    return std::move(m_replica);
}

bool ReplicaStore::is_ready() const {
    return m_replica && !m_loading && !m_applier && m_to_follow.empty();
}

InstantMs ReplicaStore::server_now_ms() const {
    if (!m_time_anchor) return m_clock.now_ms();
    return m_time_anchor->first + (m_clock.monotonic_ms() - m_time_anchor->second);
}

// ---- Who looks ----

Viewer& ReplicaStore::add_viewer() {
    Viewer& viewer = m_viewers.emplace_back();
    m_sync_dirty = true;
    return viewer;
}

void ReplicaStore::remove_viewer(const Viewer& viewer) {
    m_viewers.remove_if([&](const Viewer& other) { return &other == &viewer; });
}

void ReplicaStore::mark(Viewer::Parts parts) {
    for (Viewer& viewer : m_viewers)
        viewer.mark(parts);
}

// ---- Sync's side ----

Status ReplicaStore::in_transaction(const std::function<Status()>& work) {
    check(m_replica != nullptr, "no replica is attached");
    auto status = db::guarded([&]() -> Status {
        m_replica->begin();
        PORTAL_TRY(work());
        m_replica->commit();
        return {};
    });
    if (!status) {
        m_replica->rollback();
        note_failure(status.error());
    }
    m_sync_dirty = true;
    return status;
}

Status ReplicaStore::stage_page(std::string_view body, const CheckedPage& page, bool is_first) {
    return in_transaction([&]() -> Status {
        if (is_first) m_replica->clear_staging();
        if (m_replica->staged_page_count() >= static_cast<std::int64_t>(limits::staged_pages_max))
            return fail(ErrorCode::resource_exhausted, "the server sends more pages than fit");
        m_replica->stage_page(body);
        ReplicaState state = m_replica->state();
        state.staged_next_page = page.end.page;
        m_replica->set_state(state);
        return {};
    });
}

Status ReplicaStore::discard_staging() {
    return in_transaction([&]() -> Status {
        // What was staged or loaded may be of streams that have been lost since.
        ReplicaState state = m_replica->state();
        state.scrub_due |= m_replica->staged_page_count() > 0;
        m_replica->clear_staging();
        if (is_first_load()) {
            state.scrub_due |= !m_replica->sums().held().empty();
            m_replica->clear_base();
        }
        state.staged_next_page.clear();
        m_replica->set_state(state);
        return {};
    });
}

void ReplicaStore::begin_apply(PatchApplier::Page page) {
    check(is_attached() && !m_applier, "one pull at a time");
    m_apply_end.reset();
    if (is_first_load() && page.is_first) {
        m_records.clear();
        m_undecodable.clear();
    }
    FirstLoadObserver observer{[this](Row row) { put_record(std::move(row)); },
                               [this](Entity entity, const Id& id) { m_records.remove(entity, id); }};
    const auto started = db::guarded([&] {
        m_epoch_before = m_replica->state().epoch;
        m_applier = std::make_unique<PatchApplier>(*m_replica, *m_outbox, std::move(page), m_clock.now_ms(),
                                                   make_id(m_clock.now_ms(), m_random), std::move(observer));
    });
    if (started) return;
    note_failure(started.error());
    m_applier.reset();
    m_replica->rollback();
    m_apply_end.emplace();
    m_apply_end->status = started;
}

std::optional<ApplyEnd> ReplicaStore::take_apply_end() {
    auto end = std::move(m_apply_end);
    m_apply_end.reset();
    return end;
}

Status ReplicaStore::mark_sent(std::int64_t mid_first, std::int64_t mid_last) {
    return in_transaction([&]() -> Status {
        m_outbox->mark_sent(mid_first, mid_last);
        return {};
    });
}

Result<std::int64_t> ReplicaStore::take_push_results(const wire::PushResponse& response) {
    std::int64_t refused = 0;
    RowKeys keys = m_replica->overlay_keys();
    PORTAL_TRY(in_transaction([&]() -> Status {
        ReplicaState state = m_replica->state();
        for (const wire::PushResult& result : response.results) {
            const auto entry = m_outbox->find(result.intent);
            m_outbox->take_result(result, server_now_ms());
            state.acked_mid = std::max(state.acked_mid, result.mid);
            if (!entry || result.outcome.kind != OutcomeKind::rejected) continue;
            ++refused;
            announce(vm::Announcement::Kind::edit_rejected, entry->about);
        }
        state.next_mid = m_replica->state().next_mid;
        m_replica->set_state(state);
        if (refused > 0) replay_overlay(*m_replica, *m_outbox, m_caller, server_now_ms());
        return {};
    }));
    if (refused > 0) {
        keys.insert(m_replica->overlay_keys().begin(), m_replica->overlay_keys().end());
        follow(keys);
        mark(Viewer::bit(Viewer::Screen::overview));
    }
    return refused;
}

Status ReplicaStore::refuse_poison(const OutboxEntry& entry, const std::string& cause) {
    RowKeys keys = m_replica->overlay_keys();
    PORTAL_TRY(in_transaction([&]() -> Status {
        m_outbox->refuse_pending(entry, {OutcomeKind::rejected, RejectionCode::defect, cause, {}});
        replay_overlay(*m_replica, *m_outbox, m_caller, server_now_ms());
        return {};
    }));
    announce(vm::Announcement::Kind::edit_rejected, entry.about);
    follow(keys);
    return {};
}

Status ReplicaStore::renew_client(Journal journal) {
    RowKeys keys = m_replica->overlay_keys();
    PORTAL_TRY(in_transaction([&]() -> Status {
        ReplicaState state = m_replica->state();
        state.client = make_id(m_clock.now_ms(), m_random);
        m_replica->set_state(state);
        m_outbox->renumber(journal, server_now_ms());
        replay_overlay(*m_replica, *m_outbox, m_caller, server_now_ms());
        return {};
    }));
    keys.insert(m_replica->overlay_keys().begin(), m_replica->overlay_keys().end());
    follow(keys);
    return {};
}

Status ReplicaStore::take_salvage(const Salvage& salvage) {
    // What was taken is remembered: the program may end before the files are gone, and an edit be answered until then.
    std::string copied = m_replica->state().copied_intents;
    const auto is_new = [&](const Mutation& mutation) {
        if (copied.find(mutation.intent) != std::string::npos) return false;
        copied += mutation.intent + " ";
        return !m_outbox->is_known(mutation.intent);
    };
    PORTAL_TRY(in_transaction([&]() -> Status {
        for (const OutboxEntry& entry : salvage.pending)
            if (is_new(entry.mutation)) m_outbox->append(entry.mutation, entry.about, entry.made_ms);
        for (const TrayItem& item : salvage.tray)
            if (is_new(item.mutation)) m_outbox->refuse(item.mutation, item.outcome, item.about, item.made_ms);
        // As the outbox has left it, which has given numbers.
        ReplicaState state = m_replica->state();
        state.copied_intents = copied;
        m_replica->set_state(state);
        if (is_ready()) replay_overlay(*m_replica, *m_outbox, m_caller, server_now_ms());
        return {};
    }));
    if (is_ready()) follow(m_replica->overlay_keys());
    return {};
}

Status ReplicaStore::forget_copied() {
    ReplicaState state = m_replica->state();
    if (state.copied_intents.empty()) return {};
    state.copied_intents.clear();
    return in_transaction([&]() -> Status {
        m_replica->set_state(state);
        return {};
    });
}

Status ReplicaStore::note_copied(std::int64_t generation) {
    ReplicaState state = m_replica->state();
    if (state.copied_as == generation) return {};
    return in_transaction([&]() -> Status {
        // Those of an earlier copy stay, whose former files may still be read.
        state.copied_as = generation;
        for (const OutboxEntry& entry : m_outbox->pending(limits::outbox_mutations_max))
            state.copied_intents += entry.mutation.intent + " ";
        for (const TrayItem& item : m_outbox->tray())
            state.copied_intents += item.mutation.intent + " ";
        m_replica->set_state(state);
        return {};
    });
}

void ReplicaStore::scrub_when_due() {
    if (!m_replica->state().scrub_due || !m_replica->scrub()) return;
    (void)in_transaction([&]() -> Status {
        ReplicaState state = m_replica->state();
        state.scrub_due = false;
        m_replica->set_state(state);
        return {};
    });
}

Result<bool> ReplicaStore::want_repair(const std::vector<StreamId>& streams) {
    ReplicaState state = m_replica->state();
    std::erase_if(state.repairs, [now_ms = server_now_ms()](const auto& repair) {
        return repair.second > 0 && now_ms - repair.second >= limits::repair_period_ms;
    });
    for (const StreamId& stream : streams)
        state.repairs.try_emplace(stream, 0);
    PORTAL_TRY(in_transaction([&]() -> Status {
        m_replica->set_state(state);
        return {};
    }));
    return !streams_to_repair(state).empty();
}

std::optional<std::vector<StreamId>> ReplicaStore::recheck(const std::function<bool()>& is_over) {
    if (!m_recount) m_recount.emplace(*m_replica);
    bool is_done = false;
    const auto read = db::guarded([&] { is_done = !m_recount->step(is_over); });
    if (!read) note_failure(read.error());
    if (read && !is_done) return std::nullopt;
    const std::vector<StreamId> bad = read ? m_recount->differing() : std::vector<StreamId>();
    m_recount.reset();
    return bad;
}

Status ReplicaStore::remember_identity(const Id& user, bool demo, std::int64_t lease_days) {
    const ReplicaState& known = m_replica->state();
    if (known.user == user && known.demo == demo && known.lease_days == lease_days && !known.client.empty()) return {};
    return in_transaction([&]() -> Status {
        ReplicaState state = m_replica->state();
        state.user = user;
        state.demo = demo;
        state.lease_days = lease_days;
        if (state.client.empty()) state.client = make_id(m_clock.now_ms(), m_random);
        m_replica->set_state(state);
        mark(Viewer::all_parts);
        return {};
    });
}

void ReplicaStore::set_sync_facts(const SyncFacts& facts) {
    if (m_sync_facts == facts) return;
    m_sync_facts = facts;
    m_sync_dirty = true;
}

void ReplicaStore::announce(vm::Announcement::Kind kind, std::string about) {
    for (Viewer& viewer : m_viewers)
        viewer.announce(kind, about);
}

void ReplicaStore::set_hidden(bool hidden) {
    if (m_hidden == hidden) return;
    m_hidden = hidden;
    for (Viewer& viewer : m_viewers)
        if (hidden) viewer.hide();
    if (hidden) m_sql_runner.forget();
    mark(Viewer::all_parts);
    m_sync_dirty = true;
}

// ---- Steps ----

bool ReplicaStore::step(const std::function<bool()>& is_over) {
    bool more = false;
    if (m_applier)
        more = step_apply(is_over);
    else if (m_loading)
        more = step_load(is_over);
    else if (!m_to_follow.empty())
        more = step_follow(is_over);
    else if (m_sql_runner.has_work())
        more = step_sql(is_over);
    more |= step_build();
    if (!more && m_is_log_to_fold) {
        m_is_log_to_fold = false;
        if (const auto folded = db::guarded([&] { m_replica->fold_log(); }); !folded) note_failure(folded.error());
    }
    return more;
}

bool ReplicaStore::step_apply(const std::function<bool()>& is_over) {
    const auto progress = m_applier->step(is_over);
    if (progress && *progress == PatchApplier::Progress::more) return true;
    ApplyEnd end;
    if (!progress) {
        end.status = fail(progress.error());
        note_failure(progress.error());
        m_replica->rollback();
        // What has come of the page is among the records already.
        if (m_applier->is_first_load()) start_loading();
    } else if (m_applier->is_unfinished()) {
        end.is_unfinished = true;
    } else {
        finish_apply(end);
    }
    m_sync_dirty = true;
    m_applier.reset();
    m_apply_end = std::move(end);
    return true;
}

void ReplicaStore::finish_apply(ApplyEnd& end) {
    end.bad_sums = m_applier->bad_sums();
    end.epoch_changed = !m_epoch_before.empty() && m_epoch_before != m_replica->state().epoch;
    m_time_anchor = {m_replica->state().last_exchange_ms, m_clock.monotonic_ms()};
    m_sql_runner.follow(m_replica->state());
    m_is_log_to_fold |= m_applier->is_first_load();
    if (m_applier->is_first_load())
        finish_loading();
    else if (m_applier->replaces_everything() || m_applier->changed().size() > follow_rows_max)
        start_loading();
    else
        follow(m_applier->changed());
    // Even without a changed row the as-of time has moved.
    mark(Viewer::all_parts);
}

void ReplicaStore::start_loading() {
    m_to_follow.clear();
    m_records.clear();
    m_server_told.forget();
    m_undecodable.clear();
    m_loading = Loading{};
    mark(Viewer::all_parts);
}

void ReplicaStore::put_record(Row row) {
    // A segment that does not decode keeps its former facts until it is loaded anew.
    const Entity entity = row.entity;
    const Id id = row.id;
    const bool is_decoded = m_records.put(std::move(row)).has_value();
    if (is_decoded && m_undecodable.empty()) return;
    m_sync_dirty |= is_decoded ? m_undecodable.erase({entity, id}) > 0 : m_undecodable.insert({entity, id}).second;
}

bool ReplicaStore::step_load(const std::function<bool()>& is_over) {
    const auto status = db::guarded([&] {
        while (m_loading->entity < entity_count) {
            const auto entity = static_cast<Entity>(m_loading->entity);
            std::size_t rows = 0;
            m_replica->each_base_after(entity, m_loading->place, load_rows_per_query, [&](Row row) {
                ++rows;
                if (!m_replica->is_in_overlay(entity, row.id)) put_record(std::move(row));
            });
            if (rows < load_rows_per_query) {
                ++m_loading->entity;
                m_loading->place = 0;
            }
            // A step that ends just here must not leave the edits out.
            if (m_loading->entity < entity_count && is_over()) return;
        }
    });
    if (status && m_loading->entity < entity_count) return true;
    if (!status) note_failure(status.error());
    m_loading.reset();
    if (status) finish_loading();
    return true;
}

// All rows of the base are among the records: now those of the edits, too.
void ReplicaStore::finish_loading() {
    const auto status = db::guarded([&] {
        for (const auto& [entity, id] : m_replica->overlay_keys())
            if (auto row = m_replica->get(entity, id)) put_record(std::move(*row));
    });
    if (!status) note_failure(status.error());
    repair_undecodable();
    m_caller = caller_of(*m_replica);
    m_sync_dirty = true;
}

// With the pull that follows every start.
void ReplicaStore::repair_undecodable() {
    std::vector<StreamId> streams;
    const auto read = db::guarded([&] {
        for (const auto& [entity, id] : m_undecodable)
            for (StreamId& stream : m_replica->streams_of(entity, id))
                streams.push_back(std::move(stream));
    });
    if (!read) note_failure(read.error());
    if (!streams.empty()) (void)want_repair(streams);
}

void ReplicaStore::follow(const RowKeys& keys) {
    // Also while everything is being loaded: the loader may have passed these rows already.
    for (const RowKey& key : keys)
        m_to_follow.push_back(key);
}

bool ReplicaStore::step_follow(const std::function<bool()>& is_over) {
    const auto status = db::guarded([&] {
        while (!m_to_follow.empty()) {
            const auto [entity, id] = m_to_follow.front();
            m_to_follow.pop_front();
            if (auto row = m_replica->get(entity, id))
                put_record(std::move(*row));
            else
                m_records.remove(entity, id);
            if (entity == Entity::fact_rollup || entity == Entity::fact_segment) m_server_told.forget();
            mark(Viewer::parts_of(entity));
            if (is_over()) return;
        }
    });
    if (!status) note_failure(status.error());
    if (m_to_follow.empty()) m_caller = caller_of(*m_replica);
    return true;
}

}  // namespace portal::store
