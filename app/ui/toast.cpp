#include "app/mirror/mirror.hpp"
#include "app/ui/motion.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/press.hpp"
#include "app/ui/text.hpp"
#include "app/ui/words.hpp"
#include "generated/icons.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace portal::ui {
namespace {

constexpr float plain_seconds = 5;
// Who wants to undo needs time to read, decide and reach it.
constexpr float action_seconds = 10;
constexpr float toast_width_max = 460;
constexpr float toast_height_min = 48;
constexpr float icon_room = 26;
constexpr float cross_room = 40;

void begin_toast_window() {
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    const float above_navigation = current_breakpoint() == Breakpoint::phone ? size::bottom_bar : 0;
    const ImVec2 foot(std::round(screen.x * 0.5f), screen.y - metrics().gutter - above_navigation);
    ImGui::SetNextWindowPos(foot, ImGuiCond_Always, ImVec2(0.5f, 1));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ImGui::Begin("toasts", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoBackground |
                     ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing);
    ImGui::PopStyleVar();
    ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
}

float action_width_of(const Toast& toast) {
    return toast.action_label.empty() ? 0 : measure(TextStyle::body_strong, toast.action_label).x + 2 * space::medium;
}

bool draw_action(ImGuiID id, const Toast& toast, Box box, float width) {
    const Press pressed = press_at(
        id_of("act", id), box_at(ImVec2(box.max.x - cross_room - width, box.center().y - 18), ImVec2(width, 36)));
    mirror::current().annotate_last_item({.role = mirror::Role::button, .name = toast.action_label});
    if (pressed.hovered) {
        paint_box(pressed.box, color_with_alpha(Color::text_on_tooltip, 0.14f), radius::control);
    }
    const ImVec2 label = measure(TextStyle::body_strong, toast.action_label);
    const ImVec2 center = pressed.box.center();
    paint_text(ImVec2(center.x - label.x * 0.5f, center.y - label.y * 0.5f), TextStyle::body_strong, toast.action_label,
               color(Color::text_on_tooltip));
    paint_focus_ring(pressed.id, pressed.box, radius::control);
    return pressed.clicked;
}

bool draw_cross(ImGuiID id, Box box) {
    const Press pressed =
        press_at(id_of("dismiss", id), box_at(ImVec2(box.max.x - cross_room, box.center().y - 16), ImVec2(32, 32)));
    mirror::current().annotate_last_item({.role = mirror::Role::button, .name = words().dismiss});
    paint_icon(pressed.box.center(), size::icon, icons::x,
               color_with_alpha(Color::text_on_tooltip, pressed.hovered ? 1.0f : 0.7f));
    paint_focus_ring(pressed.id, pressed.box, radius::control);
    return pressed.clicked;
}

ToastEvent draw_toast(ImGuiID id, const Toast& toast) {
    const mirror::Scope scope(id, {.role = mirror::Role::status, .state = mirror::state_top_layer});
    const float width = std::min(toast_width_max, ImGui::GetIO().DisplaySize.x - 2 * metrics().gutter);
    const float action_width = action_width_of(toast);
    const float wrap = width - 2 * space::large - action_width - icon_room - cross_room;
    const float words_height = measure(TextStyle::body_medium, toast.words, wrap).y;
    const ImVec2 extent(width, std::max(toast_height_min, words_height + 2 * space::medium));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::ItemSize(extent, 0);
    const float rise = (1 - eased_from(id, 0, 1, duration::calm_seconds)) * space::small;
    const Box box = box_at(ImVec2(at.x, at.y + rise), extent);
    ImGui::GetWindowDrawList()->PushClipRectFullScreen();
    paint_shadow(box, radius::card);
    paint_box(box, color(Color::tooltip), radius::card);
    ImGui::GetWindowDrawList()->PopClipRect();
    const ImU32 ink = color(Color::text_on_tooltip);
    const Tone tone = toast.tone == Tone::neutral ? Tone::good : toast.tone;
    paint_icon(ImVec2(box.min.x + space::large + 8, box.center().y), size::icon + 2, tone_icon(tone), ink);
    const ImVec2 words_at(box.min.x + space::large + icon_room, std::round(box.center().y - words_height * 0.5f));
    paint_text(words_at, TextStyle::body_medium, toast.words, ink, wrap);
    mirror::current().add_text_at(toast.words, mirror_rect(box_at(words_at, ImVec2(wrap, words_height))));
    ToastEvent event = ToastEvent::none;
    if (action_width > 0 && draw_action(id, toast, box, action_width)) {
        event = ToastEvent::acted;
    }
    if (draw_cross(id, box)) {
        event = ToastEvent::dismissed;
    }
    return event;
}

}  // namespace

void ToastStack::push(Toast toast) {
    std::erase_if(m_shown, [&](const Shown& shown) { return toast.key != 0 && shown.toast.key == toast.key; });
    if (m_shown.size() >= toasts_max) {
        m_shown.erase(m_shown.begin());
    }
    const float seconds = toast.action_label.empty() ? plain_seconds : action_seconds;
    m_shown.push_back({std::move(toast), ++m_serial, seconds});
    request_frames(3);
}

ToastResult ToastStack::draw() {
    if (m_shown.empty()) {
        return {};
    }
    begin_toast_window();
    ToastResult result;
    const bool paused = ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows);
    // Frames are asked for while toasts count down; a long gap must not swallow one unread.
    const float elapsed_seconds = paused ? 0 : std::min(ImGui::GetIO().DeltaTime, 0.25f);
    request_frames(2);
    for (std::size_t position = 0; position < m_shown.size();) {
        Shown& shown = m_shown[position];
        const ImGuiID id = ImHashData(&shown.serial, sizeof(shown.serial), ImGui::GetCurrentWindow()->ID);
        ToastEvent event = draw_toast(id, shown.toast);
        shown.seconds_left -= elapsed_seconds;
        if (event == ToastEvent::none && shown.seconds_left <= 0) {
            event = ToastEvent::expired;
        }
        if (event == ToastEvent::none || result.event != ToastEvent::none) {
            ++position;
            continue;
        }
        result = {event, shown.toast.key};
        m_shown.erase(m_shown.begin() + static_cast<std::ptrdiff_t>(position));
    }
    ImGui::End();
    return result;
}

}  // namespace portal::ui
