#include "app/ui/scroll.hpp"

#include "app/ui/motion.hpp"
#include "app/ui/tokens.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

namespace portal::ui {
namespace {

constexpr float friction_per_second = 4.2f;
constexpr float slowest_pixels_per_second = 12;
constexpr float fastest_pixels_per_second = 6000;
// A finger that moves less than this is a tap.
constexpr float drag_slop_pixels = 8;

bool drag_starts_here(const ImGuiWindow& window) {
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    return context.IO.MouseSource == ImGuiMouseSource_TouchScreen && context.IO.MouseDown[0] &&
           context.HoveredWindow != nullptr &&
           ImGui::IsWindowChildOf(context.HoveredWindow, const_cast<ImGuiWindow*>(&window), true) &&
           std::fabs(ImGui::GetMouseDragDelta(0, 0).y) > drag_slop_pixels;
}

// The content follows the finger and coasts when it is let go.
void follow_finger(ImGuiWindow& window) {
    ImGuiStorage& storage = window.StateStorage;
    float* speed = storage.GetFloatRef(ImHashStr("speed", 0, window.ID), 0);
    bool* dragging = storage.GetBoolRef(ImHashStr("dragging", 0, window.ID), false);
    const ImGuiIO& io = ImGui::GetIO();
    const float seconds = std::max(io.DeltaTime, 0.001f);
    if (!*dragging && window.ScrollMax.y > 0 && drag_starts_here(window)) {
        *dragging = true;
        // What was under the finger must not be pressed when the scroll ends on it.
        ImGui::ClearActiveID();
    }
    if (*dragging && !io.MouseDown[0]) {
        *dragging = false;
        if (theme().motion == Motion::reduced) {
            *speed = 0;
        }
    }
    if (*dragging) {
        ImGui::SetScrollY(&window, window.Scroll.y - io.MouseDelta.y);
        const float measured = -io.MouseDelta.y / seconds;
        *speed = std::clamp(*speed * 0.6f + measured * 0.4f, -fastest_pixels_per_second,
                            fastest_pixels_per_second);
        request_frames(2);
        return;
    }
    if (std::fabs(*speed) < slowest_pixels_per_second || io.MouseDown[0] || io.MouseWheel != 0) {
        *speed = 0;
        return;
    }
    ImGui::SetScrollY(&window,
                      std::clamp(window.Scroll.y + *speed * seconds, 0.0f, window.ScrollMax.y));
    *speed = coasting_speed(*speed, seconds);
    request_frames(2);
}

}  // namespace

float coasting_speed(float speed, float seconds) {
    return speed * std::exp(-friction_per_second * seconds);
}

void begin_scroll(const char* id, ImVec2 extent, float padding_x, float padding_y) {
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(padding_x, padding_y));
    ImGui::PushStyleColor(ImGuiCol_ChildBg, ImVec4(0, 0, 0, 0));
    ImGui::BeginChild(id, extent,
                      ImGuiChildFlags_AlwaysUseWindowPadding | ImGuiChildFlags_NavFlattened,
                      ImGuiWindowFlags_NoSavedSettings);
    ImGui::PopStyleColor();
    ImGui::PopStyleVar();
    follow_finger(*ImGui::GetCurrentWindow());
}

void end_scroll() {
    ImGui::EndChild();
}

}  // namespace portal::ui
