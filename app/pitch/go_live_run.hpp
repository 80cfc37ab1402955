// The minute in which an integration goes live: when it runs, pauses or is faster, and what it has come to. The demo's
// server, on the store's thread, is told how far it is, and does it.
//
//   waiting --play--> running <--play--> paused       running --its end--> over
//      ^                 |                  |                                |
//      +------ again ----+------------------+--------------------------------+
//
// Thread: the UI thread.
#pragma once

#include <memory>
#include <optional>

#include "app/pitch/go_live_rows.hpp"
#include "app/vm/pitch_part.hpp"
#include "shared/base/latest_value.hpp"

namespace portal::pitch {

class GoLiveRun {
  public:
    // Without `position` nobody is told.
    GoLiveRun(tenant::GoLive script, std::shared_ptr<LatestValue<GoLivePosition>> position);

    const Id& integration() const { return m_script.kickoff.id; }
    void ask(vm::PitchWish wish, DurationMs now_ms);
    void pause(DurationMs now_ms);
    // Tells the server what has fallen due; true when there was anything.
    bool follow(DurationMs now_ms);
    // Until something falls due; nothing while it does not run.
    std::optional<DurationMs> wait_ms(DurationMs now_ms) const;
    vm::GoLivePart part(DurationMs now_ms) const;

  private:
    using State = vm::GoLivePart::State;

    DurationMs position_ms(DurationMs now_ms) const;
    void hold(State state, DurationMs now_ms);
    std::size_t due(DurationMs now_ms) const;
    int speed() const;

    tenant::GoLive m_script;
    std::shared_ptr<LatestValue<GoLivePosition>> m_position;
    State m_state = State::waiting;
    bool m_is_faster = false;
    std::int64_t m_run = 0;
    DurationMs m_from_ms = 0;   // Of the minute, at m_since_ms.
    DurationMs m_since_ms = 0;  // Monotonic.
    std::size_t m_told = 1;     // The kick-off needs no telling.
};

}  // namespace portal::pitch
