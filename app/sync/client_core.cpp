#include "app/sync/client_core.hpp"

#include <algorithm>

#include "app/platform/transport_answer.hpp"
#include "shared/base/check.hpp"
#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"
#include "shared/base/retry_delay.hpp"

namespace portal::sync {
namespace {

// Asking who we are costs the server little and everything waits for it.
constexpr DurationMs who_retry_ms_max = 10'000;
constexpr std::size_t session_reply_bytes_max = 64 << 10;

}  // namespace

ClientCore::ClientCore(ClientOptions& options, std::function<void()> wake_self)
    : m_options(options),
      m_wake_self(std::move(wake_self)),
      m_store(*options.clock, *options.random),
      m_tab_name(make_id(options.clock->now_ms(), *options.random)),
      m_stepped_ms(options.clock->monotonic_ms()),
      m_keeps_data(options.keep_data == KeepData::yes) {
    m_store.wake = [this] { m_wake_self(); };
}

ClientCore::~ClientCore() {
    stop();
}

void ClientCore::start() {
    m_options.storage->when_replaced(guard([this] { note_replaced(); }));
    find_user();
}

void ClientCore::stop() {
    m_alive.reset();
    m_options.tabs->leave();
    m_follower.reset();
    release_replica(store::ReplicaStore::Screens::stay);
    m_options.storage->close();
    m_stage = ClientStage::closed;
}

std::function<bool()> ClientCore::step_limit() const {
    const DurationMs end_ms = now_ms() + limits::store_step_ms_max;
    return [clock = m_options.clock, end_ms] { return clock->monotonic_ms() >= end_ms; };
}

store::StepResult ClientCore::step() {
    m_options.transport->poll();
    tend_retries();
    bool more = false;
    if (m_stage == ClientStage::following)
        step_following();
    else
        (void)guard_database([&] { more = step_store(); });
    if (m_store.is_damaged()) {
        set_aside_damaged();
        more = true;
    }
    store::StepResult result;
    result.more = more;
    if (const auto due = due_ms()) result.again_in = std::max<DurationMs>(0, *due - now_ms());
    return result;
}

bool ClientCore::is_sure_of_place() {
    const DurationMs still_ms = now_ms() - std::exchange(m_stepped_ms, now_ms());
    if (m_durable && m_stage == ClientStage::open && !m_is_in_doubt && still_ms > limits::tab_answer_ms_max) {
        m_is_in_doubt = true;
        m_options.storage->confirm(for_this_opening([this](const Status& is_ours) {
            m_is_in_doubt = false;
            if (!is_ours && is_ours.error().code == ErrorCode::conflict) note_replaced();
        }));
    }
    return !m_is_in_doubt;
}

// The owner is not asked for what the server has refused us.
void ClientCore::step_following() {
    if (m_who != Who::nobody) {
        m_follower->step();
        if (m_follower->take_patience_end()) replace_owner();
        return;
    }
    const auto snapshot = m_store.snapshot();
    if (snapshot->sync->phase == vm::SyncPhase::signed_out) return;
    auto part = std::make_shared<vm::SyncPart>(*snapshot->sync);
    part->phase = vm::SyncPhase::signed_out;
    part->problem = vm::LocalProblem::none;
    m_store.own_viewer().set_sync(std::move(part));
    m_store.own_viewer().publish(snapshot->server_now_ms);
}

// What the disk refuses ends this step and no more.
bool ClientCore::guard_database(const std::function<void()>& work) {
    const auto done = db::guarded(work);
    if (done) return true;
    m_store.note_failure(done.error());
    tell_trouble("storage", done.error().message);
    return false;
}

bool ClientCore::step_store() {
    bool more = false;
    if (m_store.is_attached()) {
        tend_lease();
        take_left_wishes();
        take_former();
        if (m_owner) m_owner->step();
        if (m_keep_wish && m_store.is_ready()) keep_data(*std::exchange(m_keep_wish, {}));
        if (is_syncing()) m_loop->step();
        update_facts();
        more = m_store.step(step_limit());
        more |= tend_server_questions();
        // What the store has just finished may be what the loop waits for.
        if (is_syncing() && m_loop->due_ms() == std::optional<DurationMs>(0)) more = true;
    }
    update_facts();
    if (!m_store.is_attached()) (void)m_store.step([] { return true; });
    return more;
}

bool ClientCore::is_syncing() const {
    return m_loop && m_who == Who::confirmed && m_stage == ClientStage::open && !m_reload_needed;
}

std::optional<DurationMs> ClientCore::due_ms() const {
    std::optional<DurationMs> due;
    const auto take = [&](const std::optional<DurationMs>& at) {
        if (at) due = std::min(due.value_or(*at), *at);
    };
    take(m_who_retry_at_ms);
    if (m_options.transport->has_arrived()) take(now_ms());
    if (is_syncing()) take(m_loop->due_ms());
    if (m_follower && m_who != Who::nobody) take(m_follower->due_ms());
    if (m_owner) take(m_owner->due_ms());
    if (m_stage == ClientStage::open) take(m_room_due_ms);
    return due;
}

void ClientCore::tend_retries() {
    if (!m_who_retry_at_ms || now_ms() < *m_who_retry_at_ms) return;
    m_who_retry_at_ms.reset();
    ask_who();
}

// ---- Who ----

void ClientCore::find_user() {
    m_stage = ClientStage::finding_user;
    m_options.storage->find_last_user(guard([this](Result<std::string> user) {
        // A first visit, and a storage that cannot even be asked, both go on with the server's word.
        // Where nothing is kept, nobody's rows are shown before the server has said who asks.
        if (user && !user->empty() && m_keeps_data && m_stage == ClientStage::finding_user)
            open_place(*user);
        else if (m_stage == ClientStage::finding_user)
            m_stage = ClientStage::asking_who;
        if (m_identity) on_confirmed(*m_identity);
    }));
    ask_who();
}

void ClientCore::ask_who() {
    if (m_forced_offline || m_who_request != 0) return;
    m_who = Who::asking;
    platform::TransportRequest request;
    request.method = "GET";
    request.path = session_path;
    m_who_request = platform::ask(*m_options.transport, std::move(request), session_reply_bytes_max,
                                  guard([this](const platform::HttpAnswer& answer) {
                                      m_who_request = 0;
                                      on_identity(answer.status, answer.body);
                                  }));
}

void ClientCore::on_identity(int status, const std::string& body) {
    if (status == platform::http_unauthorized) {
        m_who = Who::nobody;
        m_store.set_hidden(true);
        return;
    }
    const auto identity =
        status == platform::http_ok ? decode_identity(body) : Result<Identity>(fail(ErrorCode::unavailable, {}));
    if (!identity) {
        retry_asking();
        return;
    }
    m_who_failures = 0;
    m_identity = *identity;
    if (m_stage != ClientStage::finding_user) on_confirmed(*identity);
}

void ClientCore::retry_asking() {
    m_who = Who::unknown;
    m_who_retry_at_ms = now_ms() + retry_delay_ms(m_who_failures++, who_retry_ms_max, *m_options.random);
}

void ClientCore::on_confirmed(const Identity& identity) {
    if (m_stage == ClientStage::erasing || m_stage == ClientStage::closed) return;
    // Rows on their way to another place arrive first; asked again by update_facts().
    if (m_stage == ClientStage::converting) return;
    if (m_user.empty()) {
        open_place(identity.user);
        return;
    }
    if (m_user != identity.user) {
        switch_user(identity.user);
        return;
    }
    if (m_stage != ClientStage::open || !m_store.is_ready()) return;  // Asked again by update_facts().
    if (!m_store.remember_identity(identity.user, identity.demo, identity.lease_days)) {
        // Without a client id nothing can be sent: asked again later, when a full device may have room.
        m_identity.reset();
        return retry_asking();
    }
    m_who = Who::confirmed;
    m_store.set_hidden(m_lease_over);
    if (m_renew_when_confirmed) {
        m_renew_when_confirmed = false;
        if (const auto renewed = m_store.renew_client(store::Journal::keep); !renewed)
            tell_trouble("client renewal", renewed.error().message);
    }
}

// ---- Inputs ----

void ClientCore::set_visible(bool visible) {
    m_look.is_visible = visible;
    if (m_loop) m_loop->set_visible(visible);
    if (m_follower) m_follower->look(m_look);
    hand_over_when_hidden();
}

void ClientCore::set_online(bool online) {
    if (online && m_who_retry_at_ms) m_who_retry_at_ms = now_ms();
    if (m_loop) m_loop->set_online(online);
}

void ClientCore::look(const vm::Intent& intent) {
    if (const auto* shown = std::get_if<vm::ShowScreen>(&intent))
        m_look.query = shown->query;
    else if (const auto* chosen = std::get_if<vm::ChooseScope>(&intent))
        m_look.scope = chosen->scope;
    else
        return;
    if (m_follower) m_follower->look(m_look);
}

bool ClientCore::take_own(const vm::Intent& intent) {
    look(intent);
    const bool looks =
        std::holds_alternative<vm::ShowScreen>(intent) || std::holds_alternative<vm::ChooseScope>(intent);
    // The owner's viewer for this tab has been told.
    if (m_stage == ClientStage::following && !looks) return m_follower->wish(intent);
    // What was wished before comes before.
    if (!m_left_wishes.empty() && !looks) {
        if (!m_room_due_ms) return false;
        if (store::ReplicaStore::is_to_be_kept(intent)) return keep_until_there_is_room(intent);
    }
    Taken taken = Taken::yes;
    if (!guard_database([&] { taken = take(intent, m_store.own_viewer()); }))
        m_store.announce(vm::Announcement::Kind::not_saved, {});
    return taken == Taken::no_room ? keep_until_there_is_room(intent) : taken == Taken::yes;
}

bool ClientCore::keep_until_there_is_room(const vm::Intent& intent) {
    if (m_left_wishes.size() >= limits::outbox_mutations_max) return false;
    // Of the first one the store has told already.
    if (m_left_wishes.empty())
        m_unstored_since_ms = m_store.server_now_ms();
    else
        m_store.announce(vm::Announcement::Kind::not_saved, {});
    m_left_wishes.push_back(intent);
    return true;
}

ClientCore::Taken ClientCore::take(const vm::Intent& intent, store::Viewer& viewer) {
    if (m_stage == ClientStage::closed || m_stage == ClientStage::erasing) return Taken::yes;
    if (store::ReplicaStore::needs_ready(intent) && !m_store.is_ready()) {
        // Before anything is there, only leaving makes sense.
        if (!std::holds_alternative<vm::SignOut>(intent)) return Taken::not_yet;
    }
    if (const auto* wish = std::get_if<vm::SignOut>(&intent)) {
        sign_out(*wish);
    } else if (const auto* keep = std::get_if<vm::KeepDataOnDevice>(&intent)) {
        m_keep_wish = keep->keep;
    } else if (const auto* offline = std::get_if<vm::SetOffline>(&intent)) {
        m_forced_offline = offline->offline;
        if (m_loop) m_loop->set_forced_offline(m_forced_offline);
        if (!m_forced_offline && m_who != Who::confirmed) ask_who();
    } else if (std::holds_alternative<vm::SyncNow>(intent)) {
        if (m_loop) m_loop->sync_now();
        if (m_who != Who::confirmed) ask_who();
    } else {
        return take_edit(intent, viewer);
    }
    return Taken::yes;
}

ClientCore::Taken ClientCore::take_edit(const vm::Intent& intent, store::Viewer& viewer) {
    if (std::holds_alternative<vm::ExportData>(intent)) m_store.note_unstored(m_left_wishes);
    const auto edited = m_store.take(intent, viewer);
    if (edited) {
        if (*edited == store::Edited::no) return Taken::yes;
        note_written(false);
        if (m_loop) m_loop->on_local_edit();
        return Taken::yes;
    }
    const ErrorCode code = edited.error().code;
    const bool lacks_room = code == ErrorCode::storage_full && store::ReplicaStore::is_to_be_kept(intent);
    // Once, however often it is tried.
    const bool is_told =
        code == ErrorCode::resource_exhausted || (lacks_room && m_problem == vm::LocalProblem::storage_full);
    if (code == ErrorCode::storage_full) note_written(true);
    if (!is_told) m_store.announce(vm::Announcement::Kind::not_saved, {});
    if (!lacks_room) return Taken::yes;
    m_room_due_ms = now_ms() + limits::room_retry_ms;
    return Taken::no_room;
}

// ---- What the screens are told ----

bool ClientCore::tend_server_questions() {
    if (!m_server_questions || !m_store.is_ready()) return false;
    const bool is_up = is_syncing() && !m_forced_offline && !m_loop->state().is_offline();
    return m_server_questions->step(is_up ? ServerQuestions::Link::up : ServerQuestions::Link::down);
}

void ClientCore::tend_lease() {
    const store::ReplicaState& state = m_store.replica().state();
    const bool is_over =
        state.last_exchange_ms > 0 && m_store.server_now_ms() - state.last_exchange_ms > state.lease_days * day_ms;
    if (is_over == m_lease_over) return;
    m_lease_over = is_over;
    m_store.set_hidden(m_lease_over || m_who == Who::nobody);
}

vm::SyncPhase ClientCore::phase() const {
    if (m_reload_needed || (m_loop && m_loop->state().phase() == Phase::reload_needed))
        return vm::SyncPhase::reload_needed;
    if (m_who == Who::nobody || (m_loop && m_loop->state().phase() == Phase::signed_out))
        return vm::SyncPhase::signed_out;
    if (m_lease_over) return vm::SyncPhase::failed;
    const bool is_unreachable = m_forced_offline || (m_loop && m_loop->state().is_offline()) ||
                                (m_who != Who::confirmed && m_who != Who::nobody && m_who_failures > 0);
    if (m_stage != ClientStage::open || !m_store.is_attached())
        return is_unreachable && m_stage == ClientStage::asking_who ? vm::SyncPhase::offline : vm::SyncPhase::starting;
    if (is_unreachable) return vm::SyncPhase::offline;
    if (!m_has_data) return vm::SyncPhase::first_load;
    // A routine pull is not news; pages or edits on their way are.
    const bool is_working =
        m_loop && (m_loop->state().phase() == Phase::pushing || m_loop->progress().pages > 1) && m_loop->is_working();
    return is_working ? vm::SyncPhase::working : vm::SyncPhase::current;
}

void ClientCore::update_facts() {
    m_has_data = m_store.is_attached() && !m_store.replica().state().epoch.empty();
    // An identity that came while the replica was being opened or loaded.
    if (m_identity && m_who != Who::confirmed && m_who != Who::nobody && m_who_request == 0 && m_store.is_ready())
        on_confirmed(*m_identity);
    if (m_loop && m_loop->state().phase() == Phase::signed_out) m_store.set_hidden(true);
    store::SyncFacts facts;
    facts.phase = phase();
    // Before anything is open there is nothing that could be lost.
    facts.storage = m_durable || !m_store.is_attached() ? vm::StorageKind::durable : vm::StorageKind::memory;
    facts.promise = m_promise;
    facts.keeps_data = m_keeps_data;
    facts.began_empty = m_began_empty;
    facts.forced_offline = m_forced_offline;
    if (m_room_due_ms && !m_left_wishes.empty()) {
        facts.unstored_count = static_cast<std::int64_t>(m_left_wishes.size());
        facts.oldest_unstored_ms = m_unstored_since_ms;
    }
    if (m_loop && !m_has_data) {
        // Each telling draws the page, beside the work that it tells of.
        if (const DurationMs now_ms = m_options.clock->monotonic_ms(); now_ms >= m_progress_due_ms) {
            m_progress_due_ms = now_ms + limits::progress_period_ms;
            m_told_progress = m_loop->progress();
        }
        facts.rows_loaded = m_told_progress.rows;
        facts.rows_expected = m_told_progress.about_rows;
    }
    facts.problem = m_lease_over ? vm::LocalProblem::lease_ended : m_problem;
    m_store.set_sync_facts(facts);
    const bool is_offline = facts.phase == vm::SyncPhase::offline;
    if (is_offline != m_was_offline && m_has_data)
        m_store.announce(is_offline ? vm::Announcement::Kind::gone_offline : vm::Announcement::Kind::back_online, {});
    m_was_offline = is_offline;
}

}  // namespace portal::sync
