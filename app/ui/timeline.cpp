#include "app/ui/timeline.hpp"

#include <imgui_internal.h>

#include <algorithm>

#include "app/ui/button.hpp"
#include "app/ui/motion.hpp"
#include "app/ui/press.hpp"

namespace portal::ui {
namespace {

constexpr float track_height = 4, knob_radius = 7, mark_height = 12;

// Not while something else is chosen by the same keys.
std::optional<float> moved_by_key(ImGuiID id, const TimelineOptions& options) {
    for (const ImGuiKey key : {ImGuiKey_LeftArrow, ImGuiKey_RightArrow, ImGuiKey_Home, ImGuiKey_End})
        ImGui::SetKeyOwner(key, id);
    const auto is_pressed = [id](ImGuiKey key) { return ImGui::IsKeyPressed(key, ImGuiInputFlags_Repeat, id); };
    if (is_pressed(ImGuiKey_RightArrow)) return std::min(1.0f, options.place + options.step);
    if (is_pressed(ImGuiKey_LeftArrow)) return std::max(0.0f, options.place - options.step);
    if (is_pressed(ImGuiKey_Home)) return 0.0f;
    if (is_pressed(ImGuiKey_End)) return 1.0f;
    return std::nullopt;
}

}  // namespace

bool is_keyboard_free() {
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    return !context.NavCursorVisible && !context.IO.WantTextInput && context.OpenPopupStack.empty();
}

std::optional<float> timeline(const char* id, const TimelineOptions& options) {
    const Press pressed = press(id, ImVec2(options.width, icon_button_width(ButtonSize::small)));
    mirror::Annotation note;
    note.role = mirror::Role::slider;
    note.name = options.name;
    note.value = options.value;
    note.state_set = mirror::state_focusable;
    mirror::current().annotate_last_item(note);
    const float left = pressed.box.min.x + knob_radius, room = std::max(1.0f, pressed.box.width() - 2 * knob_radius);
    const float middle = pressed.box.center().y;
    const auto x_of = [&](float part) { return left + room * std::clamp(part, 0.0f, 1.0f); };
    const auto bar = [&](float to, Color ink) {
        paint_box({ImVec2(left, middle - track_height / 2), ImVec2(x_of(to), middle + track_height / 2)}, color(ink),
                  track_height / 2);
    };
    bar(1, Color::control_line);
    bar(options.place, Color::accent);
    for (const float mark : options.marks)
        paint_rule(ImVec2(x_of(mark), middle - mark_height / 2), mark_height, ImGuiDir_Down, color(Color::text_muted));
    ImGui::GetWindowDrawList()->AddCircleFilled(ImVec2(x_of(options.place), middle), knob_radius, color(Color::accent));
    paint_focus_ring(pressed.id, pressed.box, radius::mark);
    if (pressed.held && ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
        request_frames(2);
        return std::clamp((ImGui::GetIO().MousePos.x - left) / room, 0.0f, 1.0f);
    }
    return pressed.focused || is_keyboard_free() ? moved_by_key(pressed.id, options) : std::nullopt;
}

}  // namespace portal::ui
