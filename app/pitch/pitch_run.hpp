// A pitch as it goes: which step of which story, since when, and what its keys do. A step is a route over the demo's
// rows and holds no number of its own.
//
//   preflight --begin--> steps <--next, previous, show_step--> steps
//       ^                  |          reset: the first step, timer at zero, spotlight off
//       +----- leave ------+
//   both --show_what_if--> what_if --leave--> where it was shown from
//
// Thread: the UI thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/vm/intent.hpp"
#include "app/vm/pitch_part.hpp"
#include "app/vm/snapshot.hpp"
#include "shared/tenant/stories.hpp"

namespace portal::pitch {

struct PitchStep {
    int story = 0;  // Its number; 0: an integration goes live.
    std::string route;
};

// Those stories that have a screen, those of the listeners' kind first; last the integration that goes live, where
// there is one.
std::vector<PitchStep> steps_of(const std::vector<tenant::Story>& stories, Specialty persona, const Id& goes_live = {});

// The route's screen with its row or period is what the snapshot shows.
bool shows_step(const vm::Snapshot& snapshot, const vm::Query& wanted);

class PitchRun {
  public:
    explicit PitchRun(std::vector<tenant::Story> stories, Id goes_live = {});

    // "/pitch", "/pitch/what-if" and "/pitch/veterinary/3"; anything else is none of its routes and changes nothing.
    bool enter(std::string_view route, DurationMs now_ms);
    std::string route() const;
    bool is_on() const { return m_is_on; }

    // Whether anything changed.
    bool ask(const vm::PitchAsked& asked, DurationMs now_ms);

    vm::PitchRoom room() const { return m_room; }
    Specialty persona() const { return m_persona; }
    const std::vector<PitchStep>& steps() const { return m_steps; }
    int step() const { return m_step; }
    bool goes_live() const;
    bool has_spotlight() const { return m_has_spotlight; }
    DurationMs elapsed_ms(DurationMs now_ms) const;
    // The present step's screen; nothing in the preflight.
    std::optional<vm::Query> wanted_screen() const;
    // The screen on the table, also beside their own numbers; nothing before the first step.
    std::optional<vm::Query> screen_on_table() const;

  private:
    void begin(DurationMs now_ms);
    bool move_to(int step);
    void leave();

    std::vector<tenant::Story> m_stories;
    Id m_goes_live;  // An integration, or empty.
    bool m_is_on = false;
    vm::PitchRoom m_room = vm::PitchRoom::preflight;
    Specialty m_persona = Specialty::veterinary;
    std::vector<PitchStep> m_steps;
    int m_step = 0;
    bool m_has_begun = false;
    DurationMs m_began_ms = 0;  // Monotonic.
    bool m_has_spotlight = false;
};

}  // namespace portal::pitch
