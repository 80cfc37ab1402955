// The half of the client that opens, follows, moves and leaves places.
#include <utility>

#include "app/sync/client_core.hpp"
#include "shared/base/limits.hpp"

namespace portal::sync {
namespace {

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

// ---- Opening ----

void ClientCore::open_place(const Id& user) {
    m_user = user;
    m_stage = ClientStage::opening;
    m_is_in_doubt = false;
    m_former.reset();
    ++m_openings;
    if (!m_options.storage->is_durable_supported()) {
        open_in_memory();
        return;
    }
    join_tabs();
    // Even when nothing is to be kept: what was kept before moves over, edits and all, and is erased.
    m_options.storage->open(user,
                            for_this_opening([this](Result<platform::Place> place) { on_place(std::move(place)); }));
}

void ClientCore::on_place(Result<platform::Place> place) {
    if (m_stage != ClientStage::opening) return;
    if (place) {
        open_replica(*place);
        return;
    }
    if (place.error().code == ErrorCode::conflict) {
        follow();
        return;
    }
    if (place.error().code == ErrorCode::storage_full) note_written(true);
    open_in_memory();
    m_store.announce(vm::Announcement::Kind::not_saved, {});
}

// Its rows come back from the server; what only this device knows is saved first. A second time in one visit the device
// is not to be trusted, and memory has to do.
void ClientCore::set_aside_damaged() {
    release_replica(store::ReplicaStore::Screens::stay);
    m_salvage = store::salvage_edits(options_of(m_place));
    tell_trouble("storage", "the replica is damaged and was set aside; edits saved from it: " +
                                std::to_string(m_salvage.pending.size()));
    if (std::exchange(m_was_set_aside, true)) {
        m_options.storage->close();
        set_problem(vm::LocalProblem::storage_unavailable);
        return open_in_memory();
    }
    set_problem(vm::LocalProblem::corrupted);
    m_stage = ClientStage::opening;
    m_options.storage->set_aside(m_user, for_this_opening([this](const Status&) { open_place(m_user); }));
}

void ClientCore::open_replica(const platform::Place& place) {
    m_place = place;
    auto replica = store::Replica::open(options_of(place));
    if (!replica) {
        // Its files stay open, and ours, until the edits have been read from them.
        if (replica.error().code == ErrorCode::corrupted) return set_aside_damaged();
        m_options.storage->close();
        if (replica.error().code == ErrorCode::unsupported_version) {
            m_reload_needed = true;
            set_problem(vm::LocalProblem::newer_version);
            m_stage = ClientStage::closed;
            return;
        }
        if (replica.error().code == ErrorCode::storage_full)
            note_written(true);
        else
            set_problem(vm::LocalProblem::storage_unavailable);
        open_in_memory();
        return;
    }
    if (place.durable && !m_keeps_data) return move_to_memory(std::move(*replica));
    use(std::move(*replica), place.durable);
    if (place.has_former) return await_former();
    if (const auto forgotten = m_store.forget_copied(); !forgotten) tell_trouble("storage", forgotten.error().message);
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
    if (m_durable) {
        // A damaged copy was there, and what could be saved of it.
        m_began_empty |= replica->state().epoch.empty() && !m_was_set_aside;
        m_options.storage->ask_to_persist(guard([this](bool is_promised) {
            m_promise = is_promised ? vm::StoragePromise::given : vm::StoragePromise::not_given;
        }));
    }
    m_stage = ClientStage::open;
    m_store.attach(std::move(replica));
    if (const store::Salvage salvage = std::exchange(m_salvage, {}); !salvage.empty())
        if (const auto taken = m_store.take_salvage(salvage); !taken) tell_trouble("storage", taken.error().message);
    // The identity is confirmed again for the replica that is open now.
    if (m_who == Who::confirmed) m_who = Who::unknown;
    m_server_questions = std::make_unique<ServerQuestions>(m_store, *m_options.transport, m_wake_self);
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
    m_loop->set_visible(m_look.is_visible);
    if (m_forced_offline) m_loop->set_forced_offline(true);
    if (m_durable) own();
}

void ClientCore::open_in_memory() {
    open_replica({":memory:", {}, false});
}

void ClientCore::set_problem(vm::LocalProblem problem) {
    if (problem != m_problem && problem != vm::LocalProblem::none)
        tell_trouble("storage", std::string(vm::name_of(problem)));
    m_problem = problem;
}

void ClientCore::note_written(bool is_full) {
    if (!is_full && m_room_due_ms) m_room_due_ms = now_ms();
    if (is_full)
        set_problem(vm::LocalProblem::storage_full);
    else if (m_problem == vm::LocalProblem::storage_full && m_durable)
        set_problem(vm::LocalProblem::none);
    else if (m_problem == vm::LocalProblem::corrupted && !m_store.replica().state().epoch.empty())
        set_problem(vm::LocalProblem::none);  // Loaded again.
}

void ClientCore::tell_trouble(std::string_view what, const std::string& detail) const {
    if (m_options.trouble) m_options.trouble(what, detail);
}

void ClientCore::switch_user(const Id& user) {
    // The other user's rows and edits stay in their own place, unseen and unsent.
    m_began_empty = false;
    forget_replica();
    m_options.storage->close();
    open_place(user);
}

void ClientCore::release_replica(store::ReplicaStore::Screens screens) {
    m_owner.reset();
    m_server_questions.reset();
    m_loop.reset();
    m_store.detach(screens).reset();
    m_durable = false;
}

void ClientCore::forget_replica() {
    m_follower.reset();
    m_left_wishes.clear();
    m_look.scope = {};
    release_replica(store::ReplicaStore::Screens::go);
}

// ---- Tabs ----

void ClientCore::join_tabs() {
    if (m_joined_user == m_user) return;
    m_joined_user = m_user;
    m_options.tabs->join(m_user, m_tab_name, guard([this](std::string_view bytes) { hear_tab(bytes); }));
}

void ClientCore::own() {
    m_owner = std::make_unique<TabOwner>(
        *m_options.tabs, m_tab_name, m_place.generation, m_store, *m_options.clock,
        [this](const vm::Intent& intent, store::Viewer& viewer) { return take(intent, viewer) == Taken::yes; });
}

// Another tab has the place. What it builds for us is shown, until it lets go.
void ClientCore::follow() {
    m_stage = ClientStage::following;
    m_follower =
        std::make_unique<TabFollower>(*m_options.tabs, m_tab_name, m_store.own_viewer(), *m_options.clock, m_look);
    for (vm::Intent& intent : std::exchange(m_left_wishes, {}))
        (void)m_follower->wish(std::move(intent));
    m_options.storage->wait(m_user, guard([this](const Status& is_free) {
                                if (is_free) end_following();
                            }));
}

void ClientCore::end_following() {
    if (m_stage != ClientStage::following) return;
    m_left_wishes = m_follower->take_wishes();
    // The switch is the user's, in whichever tab it was pressed.
    m_forced_offline = m_store.snapshot()->sync->forced_offline;
    m_follower.reset();
    open_place(m_user);
}

// Where that cannot be done, our screens go on to say that another tab has the place, until it is tried again.
void ClientCore::replace_owner() {
    m_options.storage->replace(m_user, for_this_opening([this](const Status& is_replaced) {
                                   if (!is_replaced) return tell_trouble("tabs", is_replaced.error().message);
                                   m_renew_when_confirmed = true;
                                   end_following();
                               }));
}

// Nothing is shown or acknowledged any more of what is stored here; who has replaced us reads it from our files.
void ClientCore::give_way() {
    release_replica(store::ReplicaStore::Screens::stay);
    m_options.storage->close();
    follow();
}

void ClientCore::note_replaced() {
    if (m_stage == ClientStage::open && m_durable)
        give_way();
    else if (m_stage == ClientStage::opening)
        m_options.storage->close();
}

// Both tabs may go on to send what both have: a client id of our own keeps their numbers apart, and the server knows
// each edit by its intent.
void ClientCore::await_former() {
    if (const auto noted = m_store.note_copied(m_place.generation); !noted)
        tell_trouble("storage", noted.error().message);
    m_options.storage->open_former(for_this_opening([this](Result<platform::Place> place) {
        if (place)
            m_former = *place;
        else if (place.error().code == ErrorCode::conflict && m_stage == ClientStage::open)
            await_former();  // Somebody else is just looking at it.
    }));
}

// What finds no room stays in its files until the place is opened again.
void ClientCore::take_former() {
    if (!m_former || !m_store.is_ready()) return;
    const auto place = std::exchange(m_former, std::nullopt);
    const store::Salvage salvage = store::salvage_edits(options_of(*place));
    if (const auto taken = m_store.take_salvage(salvage); !taken) return tell_trouble("storage", taken.error().message);
    m_options.storage->drop_former();
    if (m_loop) m_loop->on_local_edit();
    await_former();
}

void ClientCore::take_left_wishes() {
    if (m_stage != ClientStage::open || (m_room_due_ms && now_ms() < *m_room_due_ms)) return;
    m_room_due_ms.reset();
    while (!m_left_wishes.empty() && take(m_left_wishes.front(), m_store.own_viewer()) == Taken::yes)
        m_left_wishes.pop_front();
}

void ClientCore::hear_tab(std::string_view bytes) {
    auto message = decode_tab_message(bytes);
    if (!message) return tell_trouble("tabs", "a message of another tab cannot be read");
    if (std::holds_alternative<SignedOut>(message->what)) {
        erase_and_leave();
    } else if (std::holds_alternative<KeepsNothing>(message->what)) {
        if (m_follower)
            m_keeps_data = false;
        else
            m_keep_wish = false;
    } else if (m_follower && m_who != Who::nobody) {
        m_follower->hear(std::move(*message));
    } else if (m_owner) {
        m_owner->hear(*message);
        hand_over_when_hidden();
    }
}

void ClientCore::hand_over_when_hidden() {
    if (m_look.is_visible || !m_owner || m_stage != ClientStage::open || !m_owner->has_visible_follower()) return;
    give_way();
}

// ---- Leaving ----

void ClientCore::sign_out(const vm::SignOut& intent) {
    const bool holds_edits =
        m_store.is_ready() &&
        (!m_left_wishes.empty() || m_store.outbox().pending_count() + m_store.outbox().tray_count() > 0);
    if (holds_edits && !intent.discard_pending) return;  // The screen shows how many and asks.
    m_stage = ClientStage::erasing;
    m_server_questions.reset();
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
    if (m_stage == ClientStage::closed) return;
    m_stage = ClientStage::erasing;
    if (m_owner) m_owner->tell_signed_out();
    forget_replica();
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
        m_owner->tell_keeps_nothing();
        m_owner.reset();
        m_server_questions.reset();
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
    m_durable = false;
    m_stage = ClientStage::converting;
    m_options.storage->erase(m_user,
                             guard([this, moved = std::make_shared<db::Connection>(std::move(*memory))](const Status&) {
                                 if (m_stage == ClientStage::converting) adopt(std::move(*moved), false);
                             }));
}

void ClientCore::move_to_device(Result<platform::Place> place) {
    if (m_stage != ClientStage::converting) return;  // Signed out meanwhile.
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
    // The place stays open: the copy lies there.
    m_place = *place;
    forget_replica();
    adopt(std::move(*device), place->durable);
}

}  // namespace portal::sync
