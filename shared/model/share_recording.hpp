// A shared view that was recorded: what its guests were told and given, and when. Plain data.
#pragma once

#include <memory>
#include <variant>
#include <vector>

#include "shared/model/share_dataset.hpp"

namespace portal {

// What guests are told besides: it goes on, and whatever they have is old; it is paused; it has ended.
enum class RecordedTurn : std::uint8_t { changed, paused, ended };

struct RecordedMoment {
    DurationMs at_ms = 0;  // Since the start; none is before the one that stands before it.
    std::variant<std::shared_ptr<const ShareGuestSession>, std::shared_ptr<const ShareDataset>, ShareViewState,
                 SharePointer, RecordedTurn>
        what;
};

// Why a recording is over: its presenter stopped it, the shared view ended, it had become as large as may be. One that
// was cut does not say.
enum class RecordingEnd : std::uint8_t { stopped, ended, full, cut };

struct ShareRecording {
    InstantMs started_ms = 0;  // Server time.
    std::vector<RecordedMoment> moments;
    DurationMs length_ms = 0;
    RecordingEnd end = RecordingEnd::cut;
    bool is_altered = false;  // It is not as it was recorded.
};

}  // namespace portal
