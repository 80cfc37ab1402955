#include "app/sync/client_core.hpp"

#include <algorithm>

#include "app/sync/http_status.hpp"
#include "app/sync/retry_delay.hpp"
#include "shared/base/check.hpp"
#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"

namespace portal::sync {
namespace {

constexpr DurationMs other_tab_retry_ms = 1'000;
// Asking who we are costs the server little and everything waits for it.
constexpr DurationMs who_retry_ms_max = 10'000;
constexpr std::size_t session_reply_bytes_max = 64 << 10;
constexpr std::string_view session_path = "/api/v1/session";
constexpr std::string_view sessions_path = "/api/v1/sessions";

db::OpenOptions options_of(const platform::Place& place) {
    db::OpenOptions options;
    options.path = place.path;
    options.vfs = place.vfs;
    options.sharing = db::Sharing::exclusive;
    options.erasure = db::Erasure::overwrite;
    return options;
}

}  // namespace

ClientCore::ClientCore(ClientOptions& options, std::function<void()> wake_self)
    : m_options(options),
      m_wake_self(std::move(wake_self)),
      m_store(*options.clock, *options.random),
      m_keeps_data(options.keep_data == KeepData::yes) {}

ClientCore::~ClientCore() {
    stop();
}

void ClientCore::start() {
    find_user();
}

void ClientCore::stop() {
    m_alive.reset();
    m_loop.reset();
    if (m_store.is_attached()) {
        m_store.detach().reset();
        m_options.storage->close();
    }
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
    if (m_store.is_attached()) {
        tend_lease();
        if (m_loop && m_who == Who::confirmed && m_stage == ClientStage::open && !m_reload_needed) m_loop->step();
        update_facts();
        more = m_store.step(step_limit());
        // What the store has just finished may be what the loop waits for.
        if (m_loop && m_loop->due_ms() == std::optional<DurationMs>(0)) more = true;
    }
    update_facts();
    if (!m_store.is_attached()) (void)m_store.step([] { return true; });
    store::StepResult result;
    result.more = more;
    if (const auto due = due_ms()) result.again_in = std::max<DurationMs>(0, *due - now_ms());
    return result;
}

std::optional<DurationMs> ClientCore::due_ms() const {
    std::optional<DurationMs> due;
    const auto take = [&](const std::optional<DurationMs>& at) {
        if (at) due = std::min(due.value_or(*at), *at);
    };
    take(m_who_retry_at_ms);
    take(m_tab_retry_at_ms);
    if (m_loop && m_who == Who::confirmed && m_stage == ClientStage::open && !m_reload_needed) take(m_loop->due_ms());
    return due;
}

void ClientCore::tend_retries() {
    if (m_who_retry_at_ms && now_ms() >= *m_who_retry_at_ms) {
        m_who_retry_at_ms.reset();
        ask_who();
    }
    if (m_tab_retry_at_ms && now_ms() >= *m_tab_retry_at_ms) {
        m_tab_retry_at_ms.reset();
        open_place(m_user);
    }
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
    struct Reply {
        int status = 0;
        std::string body;
    };
    auto reply = std::make_shared<Reply>();
    platform::TransportRequest request;
    request.method = "GET";
    request.path = session_path;
    platform::TransportHandlers handlers;
    handlers.head = [reply](const platform::TransportHead& head) { reply->status = head.status; };
    handlers.chunk = [reply](std::string_view bytes) {
        if (reply->body.size() + bytes.size() <= session_reply_bytes_max) reply->body += bytes;
    };
    handlers.done = guard([this, reply](const Status& status) {
        m_who_request = 0;
        on_identity(status ? reply->status : 0, reply->body);
    });
    m_who_request = m_options.transport->send(std::move(request), std::move(handlers));
}

void ClientCore::on_identity(int status, const std::string& body) {
    if (status == status_unauthorized) {
        m_who = Who::nobody;
        m_store.set_hidden(true);
        return;
    }
    const auto identity =
        status == status_ok ? decode_identity(body) : Result<Identity>(fail(ErrorCode::unavailable, {}));
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
    if (m_user.empty()) {
        open_place(identity.user);
        return;
    }
    if (m_user != identity.user) {
        switch_user(identity.user);
        return;
    }
    if (m_stage != ClientStage::open || !m_store.is_ready()) return;  // Asked again by update_facts().
    (void)m_store.remember_identity(identity.user, identity.demo);
    m_who = Who::confirmed;
    m_store.set_hidden(m_lease_over);
    if (m_renew_when_confirmed) {
        m_renew_when_confirmed = false;
        if (const auto renewed = m_store.renew_client(store::Journal::keep); !renewed)
            tell_trouble("client renewal", renewed.error().message);
    }
}

void ClientCore::switch_user(const Id& user) {
    // The other user's rows and edits stay in their own place, unseen and unsent.
    close_replica();
    open_place(user);
}

void ClientCore::close_replica() {
    m_loop.reset();
    if (!m_store.is_attached()) return;
    m_store.detach().reset();
    if (m_durable) m_options.storage->close();
    m_durable = false;
}

// ---- Opening ----

void ClientCore::open_place(const Id& user) {
    m_user = user;
    m_stage = ClientStage::opening;
    if (!m_options.storage->is_durable_supported()) {
        open_in_memory();
        return;
    }
    // Even when nothing is to be kept: what was kept before moves over, edits and all, and is erased.
    m_options.storage->open(user, guard([this](Result<platform::Place> place) { on_place(std::move(place)); }));
}

void ClientCore::on_place(Result<platform::Place> place) {
    if (m_stage != ClientStage::opening) return;
    if (place) {
        open_replica(*place);
        return;
    }
    if (place.error().code == ErrorCode::conflict) {
        set_problem(vm::LocalProblem::other_tab);
        m_stage = ClientStage::other_tab;
        m_tab_retry_at_ms = now_ms() + other_tab_retry_ms;
        return;
    }
    if (place.error().code == ErrorCode::storage_full) note_written(true);
    open_in_memory();
    m_store.announce(vm::Announcement::Kind::not_saved, {});
}

void ClientCore::open_replica(const platform::Place& place) {
    auto replica = store::Replica::open(options_of(place));
    if (!replica) {
        m_options.storage->close();
        if (replica.error().code == ErrorCode::unsupported_version) {
            m_reload_needed = true;
            set_problem(vm::LocalProblem::newer_version);
            m_stage = ClientStage::closed;
            return;
        }
        if (replica.error().code == ErrorCode::corrupted && !m_was_set_aside) {
            m_was_set_aside = true;
            tell_trouble("storage", "the replica is damaged and was set aside");
            m_options.storage->set_aside(m_user, guard([this](const Status&) { open_place(m_user); }));
            return;
        }
        if (replica.error().code == ErrorCode::storage_full)
            note_written(true);
        else
            set_problem(vm::LocalProblem::storage_unavailable);
        open_in_memory();
        return;
    }
    if (m_problem == vm::LocalProblem::other_tab) set_problem(vm::LocalProblem::none);
    if (place.durable && !m_keeps_data)
        move_to_memory(std::move(*replica));
    else
        use(std::move(*replica), place.durable);
}

void ClientCore::adopt(db::Connection connection, bool durable) {
    auto replica = store::Replica::adopt(std::move(connection));
    if (replica)
        use(std::move(*replica), durable);
    else
        open_in_memory();  // What could not be moved is loaded again.
}

void ClientCore::use(std::unique_ptr<store::Replica> replica, bool durable) {
    m_durable = durable;
    if (m_durable) m_options.storage->ask_to_persist();
    m_stage = ClientStage::open;
    m_store.attach(std::move(replica));
    // The identity is confirmed again for the replica that is open now.
    if (m_who == Who::confirmed) m_who = Who::unknown;
    m_loop = std::make_unique<SyncLoop>(
        m_store, *m_options.transport, *m_options.clock, *m_options.random,
        SyncEvents{
            .wake = m_wake_self,
            .other_user =
                [this](const Id&) {
                    // Hidden until the server has said who we are now.
                    m_who = Who::unknown;
                    m_identity.reset();
                    m_store.set_hidden(true);
                    ask_who();
                },
            .refused_client =
                [this] {
                    m_renew_when_confirmed = true;
                    m_who = Who::unknown;
                    m_identity.reset();
                    ask_who();
                },
            .wrote = [this](bool is_full) { note_written(is_full); },
            .trouble = [this](std::string_view what, const std::string& detail) { tell_trouble(what, detail); }});
    m_loop->set_visible(m_visible);
    if (m_forced_offline) m_loop->set_forced_offline(true);
}

void ClientCore::open_in_memory() {
    open_replica({":memory:", {}, false});
}

void ClientCore::set_problem(vm::LocalProblem problem) {
    // That another tab has the replica is nobody's failure.
    const bool is_trouble = problem != vm::LocalProblem::none && problem != vm::LocalProblem::other_tab;
    if (problem != m_problem && is_trouble) tell_trouble("storage", std::string(vm::name_of(problem)));
    m_problem = problem;
}

void ClientCore::note_written(bool is_full) {
    if (is_full)
        set_problem(vm::LocalProblem::storage_full);
    else if (m_problem == vm::LocalProblem::storage_full && m_durable)
        set_problem(vm::LocalProblem::none);
}

void ClientCore::tell_trouble(std::string_view what, const std::string& detail) const {
    if (m_options.trouble) m_options.trouble(what, detail);
}

// ---- Inputs ----

void ClientCore::set_visible(bool visible) {
    m_visible = visible;
    if (m_loop) m_loop->set_visible(visible);
}

void ClientCore::set_online(bool online) {
    if (online && m_who_retry_at_ms) m_who_retry_at_ms = now_ms();
    if (m_loop) m_loop->set_online(online);
}

bool ClientCore::take(const vm::Intent& intent) {
    if (m_stage == ClientStage::closed || m_stage == ClientStage::erasing) return true;
    if (store::ReplicaStore::needs_ready(intent) && !m_store.is_ready()) {
        // Before anything is there, only leaving makes sense.
        if (!std::holds_alternative<vm::SignOut>(intent)) return false;
    }
    if (const auto* wish = std::get_if<vm::SignOut>(&intent)) {
        sign_out(*wish);
    } else if (const auto* keep = std::get_if<vm::KeepDataOnDevice>(&intent)) {
        keep_data(keep->keep);
    } else if (const auto* offline = std::get_if<vm::SetOffline>(&intent)) {
        m_forced_offline = offline->offline;
        if (m_loop) m_loop->set_forced_offline(m_forced_offline);
        if (!m_forced_offline && m_who != Who::confirmed) ask_who();
    } else if (std::holds_alternative<vm::SyncNow>(intent)) {
        if (m_loop) m_loop->sync_now();
        if (m_who != Who::confirmed) ask_who();
    } else {
        const auto edited = m_store.take(intent);
        if (!edited) {
            if (edited.error().code == ErrorCode::storage_full) note_written(true);
            if (edited.error().code != ErrorCode::resource_exhausted)
                m_store.announce(vm::Announcement::Kind::not_saved, {});
        } else if (*edited == store::Edited::yes) {
            note_written(false);
            if (m_loop) m_loop->on_local_edit();
        }
    }
    return true;
}

// ---- Leaving ----

void ClientCore::sign_out(const vm::SignOut& intent) {
    const bool holds_edits = m_store.is_ready() && m_store.outbox().pending_count() > 0;
    if (holds_edits && !intent.discard_pending) return;  // The screen shows how many and asks.
    m_stage = ClientStage::erasing;
    m_loop.reset();
    platform::TransportRequest request;
    request.method = "DELETE";
    request.path = intent.everywhere ? sessions_path : session_path;
    platform::TransportHandlers handlers;
    handlers.head = [](const platform::TransportHead&) {};
    handlers.chunk = [](std::string_view) {};
    // Without a network the device is cleaned all the same; the session ends by its timeout.
    handlers.done = guard([this](const Status&) { erase_and_leave(); });
    (void)m_options.transport->send(std::move(request), std::move(handlers));
}

void ClientCore::erase_and_leave() {
    close_replica();
    m_options.storage->erase(m_user, guard([this](const Status&) {
                                 m_stage = ClientStage::closed;
                                 m_who = Who::nobody;
                                 if (m_options.signed_out) m_options.signed_out();
                             }));
}

void ClientCore::keep_data(bool keep) {
    if (keep == m_keeps_data) return;
    m_keeps_data = keep;
    if (!keep && m_durable) {
        m_loop.reset();
        move_to_memory(m_store.detach());
    } else if (keep && !m_durable && m_options.storage->is_durable_supported()) {
        m_stage = ClientStage::converting;
        m_options.storage->open(m_user,
                                guard([this](Result<platform::Place> place) { move_to_device(std::move(place)); }));
    }
}

// Pending edits move along: nothing the user wrote is lost by the choice.
void ClientCore::move_to_memory(std::unique_ptr<store::Replica> replica) {
    db::OpenOptions options;
    options.erasure = db::Erasure::overwrite;
    auto memory = db::open_database(options);
    if (!memory || !replica->copy_to(**memory)) {
        set_problem(vm::LocalProblem::storage_unavailable);
        m_keeps_data = true;
        use(std::move(replica), true);
        return;
    }
    replica.reset();
    m_options.storage->close();
    m_durable = false;
    m_stage = ClientStage::converting;
    m_options.storage->erase(m_user, guard([this, moved = std::make_shared<db::Connection>(std::move(*memory))](
                                               const Status&) { adopt(std::move(*moved), false); }));
}

void ClientCore::move_to_device(Result<platform::Place> place) {
    m_stage = ClientStage::open;
    if (!place) {
        m_keeps_data = false;
        set_problem(vm::LocalProblem::storage_unavailable);
        return;
    }
    auto device = db::open_database(options_of(*place));
    if (!device || !m_store.replica().copy_to(**device)) {
        m_keeps_data = false;
        set_problem(vm::LocalProblem::storage_unavailable);
        m_options.storage->close();
        return;
    }
    close_replica();
    adopt(std::move(*device), place->durable);
}

// ---- What the screens are told ----

void ClientCore::tend_lease() {
    const store::ReplicaState& state = m_store.replica().state();
    const bool is_over = state.last_exchange_ms > 0 &&
                         m_store.server_now_ms() - state.last_exchange_ms > limits::offline_lease_days * day_ms;
    if (is_over == m_lease_over) return;
    m_lease_over = is_over;
    m_store.set_hidden(m_lease_over || m_who == Who::nobody);
}

vm::SyncPhase ClientCore::phase() const {
    if (m_reload_needed || (m_loop && m_loop->state().phase() == Phase::reload_needed))
        return vm::SyncPhase::reload_needed;
    if (m_who == Who::nobody || (m_loop && m_loop->state().phase() == Phase::signed_out))
        return vm::SyncPhase::signed_out;
    if (m_stage == ClientStage::other_tab || m_problem == vm::LocalProblem::other_tab || m_lease_over)
        return vm::SyncPhase::failed;
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
    facts.keeps_data = m_keeps_data;
    facts.forced_offline = m_forced_offline;
    if (m_loop && !m_has_data) {
        facts.rows_loaded = m_loop->progress().rows;
        facts.rows_expected = m_loop->progress().about_rows;
    }
    facts.problem = m_lease_over ? vm::LocalProblem::lease_ended : m_problem;
    m_store.set_sync_facts(facts);
    const bool is_offline = facts.phase == vm::SyncPhase::offline;
    if (is_offline != m_was_offline && m_has_data)
        m_store.announce(is_offline ? vm::Announcement::Kind::gone_offline : vm::Announcement::Kind::back_online, {});
    m_was_offline = is_offline;
}

}  // namespace portal::sync
