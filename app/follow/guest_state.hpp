// What the page of a guest does next, and what it says meanwhile: a pure state machine. guest_loop.hpp acts on it.
//
//   redeeming --204--> joining --greeted--> live <--paused, changed--> paused
//    |  ^ 429: later     ^  |                 |
//    |  +-- throttled    |  | stream ends     | stream ends
//    |                   |  v                 v
//    |                   +-- asking what is shared (away) --401--> ended
//    +-403: wrong link, 412: crowded                event end --> ended
//
// Without a token the browser's own cookie is tried: a page that was loaded again. Datasets are asked for only after
// the stream has greeted, so that no change falls between the two.
#pragma once

#include <optional>
#include <string_view>

#include "app/vm/guest_part.hpp"
#include "shared/base/random.hpp"

namespace portal::follow {

enum class GuestTask : std::uint8_t { none, redeem, join, ask_session };
enum class GuestToken : std::uint8_t { from_link, none };

class GuestState {
  public:
    explicit GuestState(GuestToken token) : m_has_token(token == GuestToken::from_link) {}

    // What to begin now. Each task is begun once, by begin().
    GuestTask next(DurationMs now_ms) const;
    void begin(GuestTask task);
    // When next() will give something that it does not give now.
    std::optional<DurationMs> due_ms() const { return m_retry_at_ms; }

    // Answers; status 0: none came.
    void on_redeemed(int status, DurationMs retry_after_ms, DurationMs now_ms, RandomSource& random);
    void on_session(int status, DurationMs now_ms, RandomSource& random);
    // Of a dataset that was asked for.
    void on_dataset_refused(int status, DurationMs now_ms, RandomSource& random);
    // Of the stream.
    void on_event(std::string_view event);
    void on_stream_ended(DurationMs now_ms, RandomSource& random);
    void try_now() { m_retry_at_ms.reset(); }

    vm::GuestPhase phase() const { return m_phase; }
    // Nothing more will come.
    bool is_over() const;
    bool may_ask_datasets() const { return m_phase == vm::GuestPhase::live && m_is_session_known; }
    // Grows with every change: what was asked for before is old.
    std::int64_t generation() const { return m_generation; }

  private:
    void retry_later(DurationMs now_ms, RandomSource& random);
    void end(vm::GuestPhase phase);

    vm::GuestPhase m_phase = vm::GuestPhase::opening;
    bool m_has_token;
    GuestTask m_running = GuestTask::none;  // One question at a time; the stream is no question.
    bool m_is_joined = false;
    std::optional<vm::GuestPhase> m_greeted;  // What this stream has said last.
    bool m_wants_session = false;
    bool m_is_session_known = false;
    std::int64_t m_generation = 0;
    std::int64_t m_failures = 0;
    std::optional<DurationMs> m_retry_at_ms;
};

}  // namespace portal::follow
