// What the page of a recording shows besides the shared view itself: how far it is, and what is wrong with the file.
#pragma once

#include <optional>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/model/share_recording.hpp"

namespace portal::vm {

enum class ReplayPhase : std::uint8_t { choosing, refused, ready };

struct ReplayPart {
    ReplayPhase phase = ReplayPhase::choosing;
    Error fault;  // Of a refused file.
    InstantMs started_ms = 0;
    DurationMs length_ms = 0;
    DurationMs at_ms = 0;
    std::optional<ShareViewState> seen;  // What was shown last that guests might see, while they look at nothing else.
    std::vector<DurationMs> marks;       // Where the view changes, or a pause begins.
    RecordingEnd end = RecordingEnd::cut;
    bool is_altered = false;
    bool is_playing = false;
    int speed = 1;
};

}  // namespace portal::vm
