// When to pull, when to push, when to wait: a pure state machine. sync_loop.hpp acts on what it decides.
//
//                 local edit, retry due                 hint, period over, edits acknowledged
//            +------------> pushing -----------+   +---------------> pulling ------------+
//            |                 |  ok           v   |                    |  ok            v
//   (start) idle <-------------+----------- idle --+ <------------------+------------- idle
//            |  transient failure (network, 5xx, 429, broken page)
//            +------------> waiting (full jitter; retry on a timer, on going online, on a user's wish)
//   offline      the switch is on: nothing runs until it is off
//   signed_out   401: the outbox stays; only a new sign-in (a new page) ends it
//   reload_needed 426: only a reload ends it; of a pull, pushes go on
//   stopped      the replica is closed
//
// One exchange at a time, pushes before pulls, so that a pull always covers what was acknowledged before it.
// Thread: the store's. Time comes in as monotonic milliseconds.
#pragma once

#include <cstdint>
#include <optional>

#include "shared/base/clock.hpp"
#include "shared/base/random.hpp"

namespace portal::sync {

enum class Phase : std::uint8_t { idle, pulling, pushing, waiting, offline, signed_out, reload_needed, stopped };
enum class Act : std::uint8_t { none, pull, push };
enum class Visibility : std::uint8_t { visible, hidden };
enum class Link : std::uint8_t { unknown, up, down };

// How an exchange ended.
enum class ExchangeEnd : std::uint8_t {
    done,           // Nothing more to do of its kind.
    more,           // Another page, or more mutations, at once.
    transient,      // Network, timeout, 5xx, a page that failed its check.
    unsaved,        // This device had no room for it; retried as a transient one, but the link is up.
    signed_out,     // 401
    reload_needed,  // 426
    refused,        // Any other 4xx: a defect; retried, but slowly.
};

class SyncState {
  public:
    // `random` outlives this.
    explicit SyncState(RandomSource& random) : m_random(random) {}

    Phase phase() const;
    bool is_offline() const { return m_forced_offline || m_link == Link::down; }
    Link link() const { return m_link; }
    bool forced_offline() const { return m_forced_offline; }

    // What to do now; the caller does it and reports on_exchange_end(). None while an exchange runs.
    Act next(DurationMs now_ms);
    // When next() may answer differently without another input; nothing when only inputs can change it.
    std::optional<DurationMs> due_ms() const;

    void on_local_edit(DurationMs now_ms);
    void on_pending_at_start() { m_wants_push = true; }
    void on_hint(DurationMs now_ms);
    // The user asked, or the device came online or awake: waits end.
    void on_wish(DurationMs now_ms);
    void on_online(bool online, DurationMs now_ms);
    void on_forced_offline(bool offline, DurationMs now_ms);
    void on_visibility(Visibility visibility, DurationMs now_ms);
    void on_live(bool connected) { m_live = connected; }
    // The stream of hints was lost: whether the server is there, and still knows us, shows no later than the stream
    // would be opened again.
    void pull_by(DurationMs at_ms);
    // `retry_after_ms`: what the server asked for, or 0.
    void on_exchange_end(ExchangeEnd end, DurationMs now_ms, DurationMs retry_after_ms = 0);
    // A push found the outbox empty.
    void on_nothing_to_push();
    // The client took a new id: everything pending is offered again.
    void on_renewed(DurationMs now_ms) { on_local_edit(now_ms); }
    void stop() { m_stopped = true; }

  private:
    DurationMs pull_period_ms() const;

    RandomSource& m_random;
    enum class Running : std::uint8_t { nothing, pull, push } m_running = Running::nothing;
    bool m_wants_push = false;
    bool m_wants_pull = true;  // At start.
    bool m_hint_while_pulling = false;
    bool m_pull_first = false;  // After a failed push, so that one bad push never starves pulls.
    bool m_edit_while_pushing = false;
    bool m_forced_offline = false;
    bool m_signed_out = false;
    bool m_reload_needed = false;
    bool m_pulls_refused = false;  // The server's rows have a form that this build does not know.
    bool m_stopped = false;
    bool m_live = false;
    Visibility m_visibility = Visibility::visible;
    Link m_link = Link::unknown;
    std::int64_t m_failures = 0;
    std::optional<DurationMs> m_wait_until_ms;
    std::optional<DurationMs> m_pull_at_ms;
};

}  // namespace portal::sync
