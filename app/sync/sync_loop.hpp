// Does what sync_state decides: pulls pages, pushes the outbox, listens for hints.
//
// One exchange at a time; the next page of a first load is asked for while the last one is being stored. What comes
// back goes to the store; what the user must know goes to SyncEvents. Thread: the store's.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/platform/transport.hpp"
#include "app/store/replica_store.hpp"
#include "app/sync/sync_state.hpp"
#include "shared/base/clock.hpp"
#include "shared/base/random.hpp"

namespace portal::sync {

struct SyncEvents {
    // Something has arrived: a step is wanted soon.
    std::function<void()> wake;
    // Replies name another user than the replica's: it must be closed, and nothing of it sent.
    std::function<void(const Id& user)> other_user;
    // The server says that our client id belongs to somebody else: the identity must be asked again before anything is
    // sent; the same user then takes a new client id.
    std::function<void()> refused_client;
    // What the device said to the last thing that was written: that it is out of space, or that it was not.
    std::function<void(bool is_full)> wrote;
    // For the client's bounded log and report: what went wrong, without row values.
    std::function<void(std::string_view what, const std::string& detail)> trouble;
};

struct PullProgress {
    std::int64_t rows = 0;
    std::int64_t about_rows = 0;  // Of the whole pull; 0 when it goes on with pages of an earlier visit.
    std::int64_t pages = 0;
};

class SyncLoop {
  public:
    // All outlive the loop. The store has a replica attached while the loop runs.
    SyncLoop(store::ReplicaStore& store, platform::Transport& transport, const Clock& clock, RandomSource& random,
             SyncEvents events);
    ~SyncLoop();

    SyncState& state() { return m_state; }
    // Starts what is due. Call once per step of the client, when the store is ready.
    void step();
    // When step() has something to do without another input.
    std::optional<DurationMs> due_ms() const;

    void on_local_edit();
    void set_forced_offline(bool offline);
    void set_online(bool online);
    void set_visible(bool visible);
    void sync_now();
    const PullProgress& progress() const { return m_progress; }
    bool is_working() const { return m_exchange != nullptr || m_applying != Applying::nothing; }

  private:
    enum class Kind : std::uint8_t { pull, push };
    struct Exchange {
        Kind kind = Kind::pull;
        platform::RequestId request = 0;
        platform::TransportHead head;
        std::string body;
        std::size_t bytes_max = 0;
        bool is_first_page = true;
        std::size_t mutations = 0;
        Status outcome;  // Set when done.
        bool is_done = false;
    };
    // A page is being stored. Its end is the exchange's, unless that was cancelled meanwhile.
    enum class Applying : std::uint8_t { nothing, of_exchange, of_nobody };

    DurationMs now_ms() const { return m_clock.monotonic_ms(); }
    void start_pull();
    void ask_for_page(const std::string& token, std::size_t bytes_max);
    void start_push();
    void send(Exchange exchange, platform::TransportRequest request);
    void finish_exchange();
    void end(ExchangeEnd end, DurationMs retry_after_ms = 0);
    ExchangeEnd end_of_status(int status) const;
    void finish_pull();
    void finish_apply(store::ApplyEnd apply);
    void fail_write(std::string_view what, const Error& error);
    void finish_push();
    void refuse_batch(int status);
    void cancel_exchange();
    void tend_recheck();
    bool is_live_wanted() const;
    void tend_live();
    void end_live();

    store::ReplicaStore& m_store;
    platform::Transport& m_transport;
    const Clock& m_clock;
    RandomSource& m_random;
    SyncEvents m_events;
    SyncState m_state;
    std::shared_ptr<Exchange> m_exchange;
    Applying m_applying = Applying::nothing;
    std::size_t m_batch_max;
    PullProgress m_progress;
    DurationMs m_recheck_at_ms;
    bool m_visible = true;
    platform::RequestId m_live = 0;
    std::int64_t m_live_failures = 0;
    DurationMs m_live_retry_at_ms = 0;
};

}  // namespace portal::sync
