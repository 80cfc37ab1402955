// The page of a recording: a file is chosen or dropped, and the shared view is played as its guests saw it.
#pragma once

#include "app/views/shared_view.hpp"
#include "app/vm/replay_part.hpp"

namespace portal::views {

struct ReplayWishes {
    bool choose = false;  // A file.
    bool play_or_stand = false;
    bool change_speed = false;
    std::optional<DurationMs> seek;
};
ReplayWishes replay_view(const ViewContext& context, SharedViewState& state, const vm::ReplayPart& replay,
                         const vm::GuestPart& guest);

}  // namespace portal::views
