// Motion that explains where a thing came from, and the request for the frames it needs.
//
// Drawing is on demand: whoever moves must ask for the next frame. Under reduced motion values jump
// to their goal. Thread: the UI thread only.
#pragma once

#include "app/ui/tokens.hpp"

#include <functional>

namespace portal::ui {

// The shell installs the platform's wake(); until then requests are dropped (tests draw frames
// themselves).
void set_frame_request(std::function<void(int frame_count)> request);
void request_frames(int frame_count);

// 1 - (1 - progress)^3, progress clamped to 0..1.
float ease_out(float progress);
// Moves the value kept for `id` towards `goal` and returns where it is now. The first call for an
// id starts at the goal.
float eased(ImGuiID id, float goal, float seconds = duration::quick_seconds);
// The same, but the first call starts at `start`, so that an appearing thing can fade or slide in.
float eased_from(ImGuiID id, float start, float goal, float seconds = duration::quick_seconds);
// Seconds for which `id` has been drawn without a gap; 0 on its first frame. Tells a flicker from a
// wait.
float seconds_shown(ImGuiID id);

}  // namespace portal::ui
