// The client's own state machine: which user's replica is open, and what may run on it. client.cpp puts it behind
// StoreHost. Thread: the store's, except where marked.
//
//   finding the last user -> opening their place -> open -> (signing out) erasing -> closed
//            |                    |  held by another tab: tries again until the lock frees
//            |                    |  no durable place: memory
//            +-> nobody known: asking the server who we are -> opening
//
// Nothing is sent before the server has confirmed, in this run, that its session is the replica's user.
#pragma once

#include <memory>
#include <optional>

#include "app/platform/storage.hpp"
#include "app/platform/transport.hpp"
#include "app/store/replica_store.hpp"
#include "app/sync/client.hpp"
#include "app/sync/identity.hpp"
#include "app/sync/sync_loop.hpp"

namespace portal::sync {

enum class ClientStage : std::uint8_t {
    finding_user,
    asking_who,
    opening,
    other_tab,
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

    // False when it must wait: offered again with the next step.
    bool take(const vm::Intent& intent);
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
    void adopt(db::Connection connection, bool durable);
    void use(std::unique_ptr<store::Replica> replica, bool durable);
    void set_problem(vm::LocalProblem problem);
    // A device that was out of space says so until something could be written to it again.
    void note_written(bool is_full);
    void tell_trouble(std::string_view what, const std::string& detail) const;
    void close_replica();
    void switch_user(const Id& user);

    void sign_out(const vm::SignOut& intent);
    void erase_and_leave();
    void keep_data(bool keep);
    void move_to_memory(std::unique_ptr<store::Replica> replica);
    void move_to_device(Result<platform::Place> place);

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

    ClientOptions& m_options;
    std::function<void()> m_wake_self;
    std::shared_ptr<int> m_alive = std::make_shared<int>(0);
    store::ReplicaStore m_store;
    std::unique_ptr<SyncLoop> m_loop;

    ClientStage m_stage = ClientStage::finding_user;
    Who m_who = Who::unknown;
    Id m_user;  // Whose place is open or opening.
    std::optional<Identity> m_identity;
    bool m_renew_when_confirmed = false;
    platform::RequestId m_who_request = 0;
    std::int64_t m_who_failures = 0;
    std::optional<DurationMs> m_who_retry_at_ms;
    std::optional<DurationMs> m_tab_retry_at_ms;
    bool m_was_set_aside = false;
    bool m_keeps_data = true;
    bool m_durable = false;
    bool m_forced_offline = false;
    bool m_visible = true;
    bool m_was_offline = false;
    bool m_reload_needed = false;
    bool m_lease_over = false;
    bool m_has_data = false;
    vm::LocalProblem m_problem = vm::LocalProblem::none;
};

}  // namespace portal::sync
