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

ReplicaStore::ReplicaStore(const Clock& clock, RandomSource& random) : m_clock(clock), m_random(random) {
    m_next.sync = std::make_shared<const vm::SyncPart>();
    m_snapshot = std::make_shared<const vm::Snapshot>(m_next);
}

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

std::unique_ptr<Replica> ReplicaStore::detach() {
    m_applier.reset();
    m_apply_end.reset();
    m_loading.reset();
    m_to_follow.clear();
    if (m_replica) m_replica->rollback();
    m_records.clear();
    m_caller = {};
    m_scope = {};
    m_dirty = 0;
    m_outbox.reset();
    m_next.session.reset();
    m_next.overview.reset();
    m_next.integrations.reset();
    m_next.financing.reset();
    m_next.tickets.reset();
    m_next.ready_export.reset();
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

// ---- Sync's side ----

Status ReplicaStore::in_transaction(const std::function<Status()>& work) {
    check(m_replica != nullptr, "no replica is attached");
    auto status = db::guarded([&]() -> Status {
        m_replica->begin();
        PORTAL_TRY(work());
        m_replica->commit();
        return {};
    });
    if (!status) m_replica->rollback();
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
        m_replica->clear_staging();
        ReplicaState state = m_replica->state();
        state.staged_next_page.clear();
        m_replica->set_state(state);
        return {};
    });
}

void ReplicaStore::begin_apply(std::string body, CheckedPage page) {
    check(is_attached() && !m_applier, "one pull at a time");
    m_apply_end.reset();
    const auto started = db::guarded([&] {
        m_epoch_before = m_replica->state().epoch;
        m_applier = std::make_unique<PatchApplier>(*m_replica, *m_outbox, std::move(body), std::move(page),
                                                   m_clock.now_ms(), make_id(m_clock.now_ms(), m_random));
    });
    if (started) return;
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
        m_dirty |= bit(Screen::overview);
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
        m_outbox->renumber(journal);
        replay_overlay(*m_replica, *m_outbox, m_caller, server_now_ms());
        return {};
    }));
    keys.insert(m_replica->overlay_keys().begin(), m_replica->overlay_keys().end());
    follow(keys);
    return {};
}

Status ReplicaStore::forget_cursor() {
    return in_transaction([&]() -> Status {
        m_replica->clear_staging();
        ReplicaState state = m_replica->state();
        state.staged_next_page.clear();
        state.permission_set.clear();
        state.cursor = 0;
        state.last_sum_reset_ms = server_now_ms();
        m_replica->set_state(state);
        return {};
    });
}

Status ReplicaStore::remember_identity(const Id& user, bool demo) {
    if (m_replica->state().user == user && m_replica->state().demo == demo && !m_replica->state().client.empty())
        return {};
    return in_transaction([&]() -> Status {
        ReplicaState state = m_replica->state();
        state.user = user;
        state.demo = demo;
        if (state.client.empty()) state.client = make_id(m_clock.now_ms(), m_random);
        m_replica->set_state(state);
        m_dirty |= dirty_session | dirty_all_screens;
        return {};
    });
}

void ReplicaStore::set_sync_facts(const SyncFacts& facts) {
    if (m_sync_facts == facts) return;
    m_sync_facts = facts;
    m_sync_dirty = true;
}

void ReplicaStore::announce(vm::Announcement::Kind kind, std::string about) {
    auto announcement = std::make_shared<vm::Announcement>();
    announcement->serial = ++m_announcement_serial;
    announcement->kind = kind;
    announcement->about = std::move(about);
    m_next.announcement = std::move(announcement);
    m_sync_dirty = true;
}

void ReplicaStore::set_hidden(bool hidden) {
    if (m_hidden == hidden) return;
    m_hidden = hidden;
    m_dirty = dirty_session | dirty_all_screens;
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
    return step_build() || more;
}

bool ReplicaStore::step_apply(const std::function<bool()>& is_over) {
    const auto progress = m_applier->step(is_over);
    if (progress && *progress == PatchApplier::Progress::more) return true;
    ApplyEnd end;
    if (!progress) {
        end.status = fail(progress.error());
        m_replica->rollback();
    } else {
        end.bad_sums = m_applier->bad_sums();
        end.epoch_changed = !m_epoch_before.empty() && m_epoch_before != m_replica->state().epoch;
        end.dropped_rows = m_applier->removed_rows();
        m_time_anchor = {m_replica->state().last_exchange_ms, m_clock.monotonic_ms()};
        if (m_applier->replaces_everything() || m_applier->changed().size() > follow_rows_max)
            start_loading();
        else
            follow(m_applier->changed());
        // Even without a changed row the as-of time has moved.
        m_dirty |= dirty_session | dirty_all_screens;
    }
    m_sync_dirty = true;
    m_applier.reset();
    m_apply_end = std::move(end);
    return true;
}

void ReplicaStore::start_loading() {
    m_to_follow.clear();
    m_records.clear();
    m_is_corrupted = false;
    m_loading = Loading{};
    m_dirty = dirty_session | dirty_all_screens;
}

void ReplicaStore::put_record(const Row& row) {
    // A segment that does not decode keeps its former facts; the sums tell the server's side of it.
    if (m_records.put(row)) return;
    m_is_corrupted = true;
    m_sync_dirty = true;
}

bool ReplicaStore::step_load(const std::function<bool()>& is_over) {
    const auto status = db::guarded([&] {
        while (m_loading->entity < entity_count) {
            const auto entity = static_cast<Entity>(m_loading->entity);
            std::size_t rows = 0;
            m_replica->each_base_after(entity, m_loading->place, load_rows_per_query, [&](const Row& row) {
                ++rows;
                if (!m_replica->is_in_overlay(entity, row.id)) put_record(row);
            });
            if (rows < load_rows_per_query) {
                ++m_loading->entity;
                m_loading->place = 0;
            }
            // A step that ends just here must not leave the edits out.
            if (m_loading->entity < entity_count && is_over()) return;
        }
        for (const auto& [entity, id] : m_replica->overlay_keys())
            if (const auto row = m_replica->get(entity, id)) put_record(*row);
    });
    if (status && m_loading->entity < entity_count) return true;
    if (!status) m_is_corrupted = true;
    m_loading.reset();
    m_caller = caller_of(*m_replica);
    m_sync_dirty = true;
    return true;
}

void ReplicaStore::follow(const RowKeys& keys) {
    // Also while everything is being loaded: the loader may have passed these rows already.
    for (const RowKey& key : keys)
        m_to_follow.push_back(key);
}

bool ReplicaStore::step_follow(const std::function<bool()>& is_over) {
    (void)db::guarded([&] {
        while (!m_to_follow.empty()) {
            const auto [entity, id] = m_to_follow.front();
            m_to_follow.pop_front();
            if (const auto row = m_replica->get(entity, id))
                put_record(*row);
            else
                m_records.remove(entity, id);
            m_dirty |= parts_of(entity);
            if (is_over()) return;
        }
    });
    if (m_to_follow.empty()) m_caller = caller_of(*m_replica);
    return true;
}

unsigned ReplicaStore::parts_of(Entity entity) {
    switch (entity) {
        case Entity::fact_segment:
        case Entity::target:
        case Entity::promo_plan:
            return bit(Screen::overview) | bit(Screen::financing);
        case Entity::deposit:
            return bit(Screen::overview);
        case Entity::ticket:
        case Entity::message:
            return bit(Screen::overview) | bit(Screen::tickets) | bit(Screen::integrations);
        case Entity::check_rollup:
        case Entity::incident:
        case Entity::integration:
            return bit(Screen::overview) | bit(Screen::tickets) | bit(Screen::integrations);
        case Entity::notice:
            return 0;
        case Entity::vendor:
        case Entity::calendar:
        case Entity::practice:
        case Entity::location:
        case Entity::user:
        case Entity::grant:
            return dirty_session | dirty_all_screens;
    }
    return dirty_all_screens;
}

void ReplicaStore::with_context(const std::function<void(const BuildContext&)>& build) {
    const PlaceSet places(m_records, m_scope);
    build(BuildContext{.records = m_records,
                       .replica = *m_replica,
                       .outbox = *m_outbox,
                       .caller = m_caller,
                       .scope = m_scope,
                       .places = places,
                       .now_ms = server_now_ms(),
                       .as_of_ms = m_replica->state().last_exchange_ms,
                       .demo = m_replica->state().demo ? Demo::yes : Demo::no});
}

void ReplicaStore::build_screen(const BuildContext& context, Screen screen) {
    switch (screen) {
        case Screen::overview:
            m_next.overview = std::make_shared<const vm::OverviewPart>(build_overview(context));
            break;
        case Screen::integrations:
            m_next.integrations =
                std::make_shared<const vm::IntegrationsPart>(build_integrations(context, m_integrations_query));
            break;
        case Screen::financing:
            m_next.financing = std::make_shared<const vm::FinancingPart>(build_financing(context, m_financing_query));
            break;
        case Screen::tickets:
            m_next.tickets = std::make_shared<const vm::TicketsPart>(build_tickets(context, m_tickets_query));
            break;
    }
    m_dirty &= ~bit(screen);
}

// One screen per step, the one that is looked at first; then publish.
bool ReplicaStore::step_build() {
    bool changed = false;
    if (m_hidden && m_dirty != 0) {
        m_dirty = 0;
        m_next.session.reset();
        m_next.overview.reset();
        m_next.integrations.reset();
        m_next.financing.reset();
        m_next.tickets.reset();
        changed = true;
    }
    // Nothing to show before the first pull is whole.
    if (is_ready() && m_dirty != 0 && !m_replica->state().epoch.empty()) {
        with_context([&](const BuildContext& context) {
            if (m_dirty & dirty_session) {
                m_next.session = std::make_shared<const vm::SessionPart>(build_session(context));
                m_dirty &= ~dirty_session;
            }
            if (m_dirty & bit(m_screen)) {
                build_screen(context, m_screen);
                return;
            }
            for (const Screen screen : {Screen::overview, Screen::integrations, Screen::financing, Screen::tickets}) {
                if (!(m_dirty & bit(screen))) continue;
                build_screen(context, screen);
                return;
            }
        });
        changed = true;
    }
    if (m_sync_dirty) {
        vm::SyncPart part =
            m_applier ? *m_next.sync : build_sync(m_replica.get(), m_outbox.get(), m_records, m_sync_facts);
        if (m_applier) {
            // The open transaction of a pull is nobody's to read: what the outbox holds has not changed meanwhile.
            part.phase = m_sync_facts.phase;
            part.rows_loaded = m_sync_facts.rows_loaded;
            part.rows_expected = m_sync_facts.rows_expected;
            part.problem = m_sync_facts.problem;
        }
        if (m_is_corrupted && part.problem == vm::LocalProblem::none) part.problem = vm::LocalProblem::corrupted;
        m_next.sync = std::make_shared<const vm::SyncPart>(std::move(part));
        m_sync_dirty = false;
        changed = true;
    }
    if (changed) publish();
    return is_ready() && m_dirty != 0 && !m_replica->state().epoch.empty();
}

void ReplicaStore::publish() {
    ++m_next.revision;
    m_next.server_now_ms = server_now_ms();
    m_snapshot = std::make_shared<const vm::Snapshot>(m_next);
    if (published) published(m_snapshot);
}

}  // namespace portal::store
