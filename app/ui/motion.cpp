#include "app/ui/motion.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

namespace portal::ui {
namespace {

struct Moving {
    float start = 0;
    float goal = 0;
    float progress = 1;
    int last_frame = 0;
};

struct Appearance {
    double since_seconds = 0;
    int last_frame = 0;
};

// Values of things no longer drawn are dropped once there are this many, so that the map cannot
// grow for ever.
constexpr std::size_t remembered_max = 1024;
constexpr int forget_after_frames = 120;

struct MotionState {
    std::function<void(int)> request;
    std::unordered_map<ImGuiID, Moving> moving;
    std::unordered_map<ImGuiID, Appearance> shown;
};

MotionState& state() {
    static MotionState value;
    return value;
}

template <typename Map>
void forget_old(Map& map, int frame) {
    if (map.size() < remembered_max) {
        return;
    }
    std::erase_if(map, [frame](const auto& entry) { return frame - entry.second.last_frame > forget_after_frames; });
}

float value_of(const Moving& moving) {
    return moving.start + (moving.goal - moving.start) * ease_out(moving.progress);
}

}  // namespace

void set_frame_request(std::function<void(int)> request) {
    state().request = std::move(request);
}

void request_frames(int frame_count) {
    if (state().request) {
        state().request(frame_count);
    }
}

float ease_out(float progress) {
    const float left = 1.0f - std::clamp(progress, 0.0f, 1.0f);
    return 1.0f - left * left * left;
}

float eased_from(ImGuiID id, float start, float goal, float seconds) {
    const int frame = ImGui::GetFrameCount();
    if (theme().motion == Motion::reduced || has_forced_colors()) {
        return goal;
    }
    forget_old(state().moving, frame);
    auto [found, inserted] = state().moving.try_emplace(id);
    Moving& moving = found->second;
    if (inserted || frame - moving.last_frame > 1) {
        moving = {start, goal, start == goal ? 1.0f : 0.0f, frame};
    }
    moving.last_frame = frame;
    if (moving.goal != goal) {
        moving.start = value_of(moving);
        moving.goal = goal;
        moving.progress = 0;
    }
    if (moving.progress < 1) {
        // A long pause between frames must not count as motion that has been seen.
        const float step = std::min(ImGui::GetIO().DeltaTime, 1.0f / 30.0f);
        moving.progress = std::min(1.0f, moving.progress + step / std::max(seconds, 0.001f));
        request_frames(2);
    }
    return value_of(moving);
}

float eased(ImGuiID id, float goal, float seconds) {
    return eased_from(id, goal, goal, seconds);
}

float seconds_shown(ImGuiID id) {
    const int frame = ImGui::GetFrameCount();
    const double now_seconds = ImGui::GetTime();
    forget_old(state().shown, frame);
    auto [found, inserted] = state().shown.try_emplace(id);
    if (inserted || frame - found->second.last_frame > 1) {
        found->second.since_seconds = now_seconds;
    }
    found->second.last_frame = frame;
    return static_cast<float>(now_seconds - found->second.since_seconds);
}

}  // namespace portal::ui
