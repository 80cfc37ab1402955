// The client's own state machine: which user's replica is open, and what may run on it. client.cpp puts it behind
// StoreHost. Thread: the store's, except where marked.
//
//   finding the last user -> opening their place -> open -> (signing out) erasing -> closed
//            |                 |  ^ no durable place: memory   |
//            |                 v  |                            |  hidden, and a tab that follows is seen
//            |                following <----------------------+  or another tab has replaced us
//            |                  another tab owns the place: it builds our screens, until the place is free; one that
//            |                  answers nobody is replaced
//            +-> nobody known: asking the server who we are -> opening
//
// Nothing is sent before the server has confirmed, in this run, that its session is the replica's user.
#pragma once

#include <deque>
#include <memory>
#include <optional>

#include "app/platform/storage.hpp"
#include "app/platform/transport.hpp"
#include "app/store/replica_store.hpp"
#include "app/sync/client.hpp"
#include "app/sync/identity.hpp"
#include "app/sync/server_questions.hpp"
#include "app/sync/sync_loop.hpp"
#include "app/sync/tab_follower.hpp"
#include "app/sync/tab_owner.hpp"

namespace portal::sync {

enum class ClientStage : std::uint8_t {
    finding_user,
    asking_who,
    opening,
    following,
    open,
    converting,
    erasing,
    closed
};

class ClientCore {
  public:
    explicit ClientCore(ClientOptions& options, std::function<void()> wake_self);
    ~ClientCore();

    void start();
    void stop();
    // One step of at most limits::store_step_ms_max.
    store::StepResult step();

    // Whether the place may be worked with. After a time in which we stood still another tab may have it, which is
    // asked first; the answer wakes.
    bool is_sure_of_place();
    // False when it must wait: offered again with the next step.
    bool take_own(const vm::Intent& intent);
    void set_visible(bool visible);
    void set_online(bool online);

    store::ReplicaStore& store() { return m_store; }

  private:
    enum class Who : std::uint8_t { unknown, asking, confirmed, nobody };

    DurationMs now_ms() const { return m_options.clock->monotonic_ms(); }
    std::function<bool()> step_limit() const;

    void find_user();
    void ask_who();
    void on_identity(int status, const std::string& body);
    void on_confirmed(const Identity& identity);
    void retry_asking();
    void open_place(const Id& user);
    void on_place(Result<platform::Place> place);
    void open_replica(const platform::Place& place);
    void open_in_memory();
    void set_aside_damaged();
    void adopt(db::Connection connection, bool durable);

    // `no_room`: to be tried again when the device may have some.
    enum class Taken : std::uint8_t { yes, not_yet, no_room };
    Taken take(const vm::Intent& intent, store::Viewer& viewer);
    Taken take_edit(const vm::Intent& intent, store::Viewer& viewer);
    bool keep_until_there_is_room(const vm::Intent& intent);
    void look(const vm::Intent& intent);

    void join_tabs();
    void hear_tab(std::string_view bytes);
    void follow();
    void own();
    void end_following();
    void replace_owner();
    void give_way();
    void note_replaced();
    // What a tab that was replaced has stored after its files were copied.
    void await_former();
    void take_former();
    // A tab that is seen serves its user better than one that the browser may slow down or stop.
    void hand_over_when_hidden();
    void take_left_wishes();
    bool step_store();
    void step_following();
    bool guard_database(const std::function<void()>& work);
    bool is_syncing() const;
    void use(std::unique_ptr<store::Replica> replica, bool durable);
    void set_problem(vm::LocalProblem problem);
    // A device that was out of space says so until something could be written to it again.
    void note_written(bool is_full);
    void tell_trouble(std::string_view what, const std::string& detail) const;
    // Tabs that follow, sync and the database, in this order; the place stays open.
    void release_replica(store::ReplicaStore::Screens screens);
    void forget_replica();
    void switch_user(const Id& user);

    void sign_out(const vm::SignOut& intent);
    void erase_and_leave();
    void keep_data(bool keep);
    void move_to_memory(std::unique_ptr<store::Replica> replica);
    void move_to_device(Result<platform::Place> place);

    bool tend_server_questions();
    void tend_lease();
    void tend_retries();
    void update_facts();
    vm::SyncPhase phase() const;
    std::optional<DurationMs> due_ms() const;

    // Wraps a callback so that it does nothing once the client is gone, and wakes the executor.
    template <class Callback>
    auto guard(Callback callback) {
        return [alive = std::weak_ptr<int>(m_alive), this, callback = std::move(callback)](auto&&... arguments) {
            if (alive.expired()) return;
            callback(std::forward<decltype(arguments)>(arguments)...);
            m_wake_self();
        };
    }

    // The same, while nothing else has been opened since: what comes late is of a place that may be another user's.
    template <class Callback>
    auto for_this_opening(Callback callback) {
        return guard([this, opening = m_openings, callback = std::move(callback)](auto&&... arguments) {
            if (opening == m_openings) callback(std::forward<decltype(arguments)>(arguments)...);
        });
    }

    ClientOptions& m_options;
    std::function<void()> m_wake_self;
    std::shared_ptr<int> m_alive = std::make_shared<int>(0);
    store::ReplicaStore m_store;
    std::unique_ptr<SyncLoop> m_loop;
    std::unique_ptr<ServerQuestions> m_server_questions;  // With the loop.

    const Id m_tab_name;
    Id m_joined_user;  // Whose tabs are heard.
    Look m_look;       // What this tab shows, whoever builds it.
    std::unique_ptr<TabFollower> m_follower;
    std::unique_ptr<TabOwner> m_owner;
    // Of our time as a follower, which the former owner may have stored, or those for which the device had no room.
    std::deque<vm::Intent> m_left_wishes;
    InstantMs m_unstored_since_ms = 0;
    std::optional<DurationMs> m_room_due_ms;  // When what found no room is tried again.
    DurationMs m_stepped_ms = 0;              // When we were awake last.
    bool m_is_in_doubt = false;
    std::optional<platform::Place> m_former;  // Of a tab that was replaced and has let go of it.

    ClientStage m_stage = ClientStage::finding_user;
    Who m_who = Who::unknown;
    Id m_user;                    // Whose place is open or opening.
    std::int64_t m_openings = 0;  // Counts them.
    std::optional<Identity> m_identity;
    bool m_renew_when_confirmed = false;
    platform::RequestId m_who_request = 0;
    std::int64_t m_who_failures = 0;
    std::optional<DurationMs> m_who_retry_at_ms;
    bool m_was_set_aside = false;
    platform::Place m_place;   // Where the open replica lies.
    store::Salvage m_salvage;  // Of a damaged one, until another has it.
    bool m_keeps_data = true;
    std::optional<bool> m_keep_wish;  // Until no tab is being listened to: it may end their following.
    bool m_durable = false;
    vm::StoragePromise m_promise = vm::StoragePromise::unknown;
    bool m_began_empty = false;
    bool m_forced_offline = false;
    bool m_was_offline = false;
    PullProgress m_told_progress;
    DurationMs m_progress_due_ms = 0;  // Monotonic.
    bool m_reload_needed = false;
    bool m_lease_over = false;
    bool m_has_data = false;
    vm::LocalProblem m_problem = vm::LocalProblem::none;
};

}  // namespace portal::sync
