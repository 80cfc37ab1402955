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

}  // namespace

void ToastStack::push(Toast toast) {
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
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    const float margin = metrics().gutter;
    const float above_navigation = current_breakpoint() == Breakpoint::phone ? size::bottom_bar : 0;
    const float width = std::min(toast_width_max, screen.x - 2 * margin);
    ImGui::SetNextWindowPos(
        ImVec2(std::round(screen.x * 0.5f), screen.y - margin - above_navigation), ImGuiCond_Always,
        ImVec2(0.5f, 1));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ImGui::Begin("toasts", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_AlwaysAutoResize |
                     ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing |
                     ImGuiWindowFlags_NoNav * 0);
    ImGui::PopStyleVar();
    ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
    ToastResult result;
    const bool paused = ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows);
    std::size_t position = 0;
    while (position < m_shown.size()) {
        Shown& shown = m_shown[position];
        const ImGuiID id =
            ImHashData(&shown.serial, sizeof(shown.serial), ImGui::GetCurrentWindow()->ID);
        const mirror::Scope scope(id,
                                  {.role = mirror::Role::status, .state = mirror::state_top_layer});
        const float appear = eased_from(id, 0, 1, duration::calm_seconds);
        const bool has_action = !shown.toast.action_label.empty();
        const float action_width =
            has_action
                ? measure(TextStyle::body_strong, shown.toast.action_label).x + 2 * space::medium
                : 0;
        const float wrap = width - 2 * space::large - action_width - 32 - 26;
        const float words_height = measure(TextStyle::body_medium, shown.toast.words, wrap).y;
        const Box slot = box_at(ImGui::GetCursorScreenPos(),
                                ImVec2(width, std::max(48.0f, words_height + 2 * space::medium)));
        ImGui::ItemSize(slot.size(), 0);
        const Box box = {ImVec2(slot.min.x, slot.min.y + (1 - appear) * 8),
                         ImVec2(slot.max.x, slot.max.y + (1 - appear) * 8)};
        ImGui::GetWindowDrawList()->PushClipRectFullScreen();
        paint_shadow(box, radius::card);
        paint_box(box, color(Color::tooltip), radius::card);
        ImGui::GetWindowDrawList()->PopClipRect();
        const ImU32 ink = color(Color::text_on_tooltip);
        paint_icon(ImVec2(box.min.x + space::large + 8, box.center().y), size::icon + 2,
                   tone_icon(shown.toast.tone == Tone::neutral ? Tone::good : shown.toast.tone),
                   ink);
        const ImVec2 words_at(box.min.x + space::large + 26,
                              std::round(box.center().y - words_height * 0.5f));
        paint_text(words_at, TextStyle::body_medium, shown.toast.words, ink, wrap);
        mirror::current().add_text_at(shown.toast.words,
                                      mirror_rect(box_at(words_at, ImVec2(wrap, words_height))));
        bool gone = false;
        if (has_action) {
            const Press pressed = press_at(
                id_of("act", id), box_at(ImVec2(box.max.x - 40 - action_width, box.center().y - 18),
                                         ImVec2(action_width, 36)));
            mirror::current().annotate_last_item(
                {.role = mirror::Role::button, .name = shown.toast.action_label});
            if (pressed.hovered) {
                paint_box(pressed.box, color_with_alpha(Color::text_on_tooltip, 0.14f),
                          radius::control);
            }
            const ImVec2 label_size = measure(TextStyle::body_strong, shown.toast.action_label);
            paint_text(ImVec2(pressed.box.center().x - label_size.x * 0.5f,
                              pressed.box.center().y - label_size.y * 0.5f),
                       TextStyle::body_strong, shown.toast.action_label, ink);
            paint_focus_ring(pressed.id, pressed.box, radius::control);
            if (pressed.clicked) {
                result = {ToastEvent::acted, shown.toast.key};
                gone = true;
            }
        }
        const Press cross =
            press_at(id_of("dismiss", id),
                     box_at(ImVec2(box.max.x - 40, box.center().y - 16), ImVec2(32, 32)));
        mirror::current().annotate_last_item(
            {.role = mirror::Role::button, .name = words().dismiss});
        paint_icon(cross.box.center(), size::icon, icons::x,
                   color_with_alpha(Color::text_on_tooltip, cross.hovered ? 1.0f : 0.7f));
        paint_focus_ring(cross.id, cross.box, radius::control);
        if (cross.clicked) {
            result = {ToastEvent::dismissed, shown.toast.key};
            gone = true;
        }
        shown.seconds_left -= paused ? 0 : std::min(ImGui::GetIO().DeltaTime, 0.25f);
        if (!gone && shown.seconds_left <= 0 && result.event == ToastEvent::none) {
            result = {ToastEvent::expired, shown.toast.key};
            gone = true;
        }
        request_frames(2);
        if (gone) {
            m_shown.erase(m_shown.begin() + static_cast<std::ptrdiff_t>(position));
        } else {
            ++position;
        }
    }
    ImGui::End();
    return result;
}

}  // namespace portal::ui
