#include "app/ui/notice.hpp"

#include "app/mirror/mirror.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/motion.hpp"
#include "app/ui/press.hpp"
#include "app/ui/text.hpp"
#include "app/ui/words.hpp"
#include "generated/icons.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

namespace portal::ui {
namespace {

constexpr float state_text_width = 420;

// What a whole area is about, as a heading: where a state stands in for a screen, it is the screen's.
void centered_heading(int level, std::string_view content) {
    const float room = ImGui::GetContentRegionAvail().x;
    const float wide = measure(TextStyle::subtitle, content).x;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const Area area(ImVec2(std::round(at.x + std::max(0.0f, (room - wide) * 0.5f)), at.y), std::min(wide + 1, room));
    heading(level, TextStyle::subtitle, content);
}

void centered_text(TextStyle style, std::string_view content, Color role) {
    const float room = ImGui::GetContentRegionAvail().x;
    const float wrap = std::min(state_text_width, room);
    const ImVec2 words_size = measure(style, content, wrap);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    // Only single lines can be centred; a wrapped sentence reads better from a common left edge.
    const Area area(ImVec2(std::round(at.x + (room - words_size.x) * 0.5f), at.y), words_size.x + 1);
    text_wrapped(style, content, role, wrap);
}

void state_icon(const char* icon, Tone tone) {
    const float room = ImGui::GetContentRegionAvail().x;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 center(at.x + room * 0.5f, at.y + 24);
    ImGui::GetWindowDrawList()->AddCircleFilled(center, 24, color(tone_ground(tone)), 40);
    paint_icon(center, 22, icon, color(tone_color(tone)));
    ImGui::ItemSize(ImVec2(room, 48), 0);
    space_below(space::medium);
}

bool centered_button(const char* id, std::string_view label, ButtonKind kind) {
    space_below(space::large);
    const ButtonOptions options = {.kind = kind};
    const float width = button_width(label, options);
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() +
                         std::max(0.0f, std::round((ImGui::GetContentRegionAvail().x - width) * 0.5f)));
    return button(id, label, options);
}

void paint_shimmer(ImGuiID wait, Box box, float rounding) {
    if (seconds_shown(wait) < duration::skeleton_delay_seconds) {
        request_frames(2);
        return;
    }
    float alpha = 1;
    if (theme().motion == Motion::full) {
        constexpr double period_seconds = 1.6;
        const double part = ImGui::GetTime() / period_seconds;
        alpha = 0.72f + 0.28f * std::cos(static_cast<float>(part - std::floor(part)) * 6.2831853f);
        request_frames(2);
    }
    paint_box(box, color_with_alpha(Color::sunken, alpha), rounding);
}

}  // namespace

const char* tone_icon(Tone tone) {
    switch (tone) {
        case Tone::good:
            return icons::circle_check;
        case Tone::warn:
            return icons::triangle_alert;
        case Tone::bad:
            return icons::octagon_alert;
        case Tone::accent:
        case Tone::info:
        case Tone::neutral:
            break;
    }
    return icons::info;
}

BannerEvent banner(const char* id, const BannerOptions& options) {
    const mirror::Scope scope(id_of(id), {.role = mirror::Role::region, .name = options.cause});
    ImGui::PushID(id);
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const bool narrow = width < 560;
    const ButtonOptions verb = {.kind = ButtonKind::primary};
    const float verb_width = options.action_label.empty() ? 0 : button_width(options.action_label, verb);
    const float dismiss_width = options.dismiss == BannerOptions::Dismiss::yes ? metrics().icon_button : 0;
    const float words_x = space::card + 20 + space::large;
    const float words_width = narrow ? width - words_x - space::large - dismiss_width
                                     : width - words_x - verb_width - dismiss_width - 2 * space::card - space::small;
    const ImVec2 cause_size = measure(TextStyle::body_strong, options.cause, words_width);
    const ImVec2 evidence_size =
        options.evidence.empty() ? ImVec2(0, 0) : measure(TextStyle::body, options.evidence, words_width);
    const float words_height = cause_size.y + (options.evidence.empty() ? 0 : evidence_size.y + 2);
    const float verb_row = narrow && verb_width > 0 ? metrics().control_height + space::medium : 0;
    const float height = std::max(size::banner_height, words_height + 2 * space::large + verb_row);
    const Box box = box_at(origin, ImVec2(width, std::round(height)));
    paint_box(box, color(tone_ground(options.tone)), radius::card);
    paint_border(box, color_with_alpha(tone_color(options.tone), has_forced_colors() ? 1.0f : 0.30f), radius::card,
                 hairline());
    const float words_top = std::round(box.min.y + (height - verb_row - words_height) * 0.5f);
    paint_icon(ImVec2(box.min.x + space::card + 10, words_top + (narrow ? 10 : words_height * 0.5f)), 22,
               options.icon != nullptr ? options.icon : tone_icon(options.tone), color(tone_color(options.tone)));
    ImGui::SetCursorScreenPos(ImVec2(box.min.x + words_x, words_top));
    text_wrapped(TextStyle::body_strong, options.cause, Color::text, words_width);
    if (!options.evidence.empty()) {
        ImGui::SetCursorScreenPos(ImVec2(box.min.x + words_x, words_top + cause_size.y + 2));
        text_wrapped(TextStyle::body, options.evidence, Color::text, words_width);
    }
    BannerEvent event = BannerEvent::none;
    const float control = metrics().control_height;
    if (verb_width > 0) {
        ImGui::SetCursorScreenPos(narrow ? ImVec2(box.min.x + words_x, box.max.y - space::large - control)
                                         : ImVec2(box.max.x - space::card - dismiss_width - verb_width,
                                                  std::round(box.center().y - control * 0.5f)));
        event = button("act", options.action_label, verb) ? BannerEvent::acted : event;
    }
    if (dismiss_width > 0) {
        ImGui::SetCursorScreenPos(
            ImVec2(box.max.x - space::small - dismiss_width,
                   narrow ? box.min.y + space::small : std::round(box.center().y - control * 0.5f)));
        event = icon_button("dismiss", icons::x, words().dismiss) ? BannerEvent::dismissed : event;
    }
    ImGui::SetCursorScreenPos(box.min);
    ImGui::ItemSize(box.size(), 0);
    ImGui::PopID();
    return event;
}

void all_well(std::string_view sentence) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float height = 40;
    const float width = ImGui::GetContentRegionAvail().x;
    const Box box = box_at(at, ImVec2(width, height));
    paint_box(box, color(Color::good_soft), radius::card);
    paint_icon(ImVec2(box.min.x + space::card, box.center().y), size::icon + 2, icons::circle_check,
               color(Color::good));
    text_at(ImVec2(box.min.x + space::card + 20, box.center().y - line_height(TextStyle::body_medium) * 0.5f),
            TextStyle::body_medium, sentence, Color::good, width - 60);
    ImGui::ItemSize(box.size(), 0);
}

bool empty_state(const char* id, const char* icon, std::string_view sentence, std::string_view action_label) {
    space_below(space::page);
    state_icon(icon, Tone::neutral);
    centered_text(TextStyle::body, sentence, Color::text_muted);
    const bool pressed = !action_label.empty() && centered_button(id, action_label, ButtonKind::primary);
    space_below(space::page);
    return pressed;
}

bool error_state(const char* id, std::string_view happened, std::string_view safe, std::string_view action_label) {
    const mirror::Scope scope(id_of(id), {.role = mirror::Role::alert});
    space_below(space::page);
    state_icon(icons::octagon_alert, Tone::bad);
    centered_heading(1, happened);
    space_below(space::tiny);
    centered_text(TextStyle::body, safe, Color::text_muted);
    ImGui::PushID(id);
    const bool pressed = !action_label.empty() && centered_button("act", action_label, ButtonKind::secondary);
    ImGui::PopID();
    space_below(space::page);
    return pressed;
}

void no_permission_state(std::string_view sentence, std::string_view who_can_grant) {
    space_below(space::page);
    state_icon(icons::lock, Tone::neutral);
    centered_heading(1, sentence);
    space_below(space::tiny);
    centered_text(TextStyle::body, who_can_grant, Color::text_muted);
    space_below(space::page);
}

void note(Tone tone, std::string_view sentence) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const float wrap = width - space::medium * 2 - 24;
    const ImVec2 words_size = measure(TextStyle::body, sentence, wrap);
    const Box box = box_at(at, ImVec2(width, words_size.y + 2 * (space::small + 2)));
    paint_box(box, color(tone_ground(tone)), radius::control);
    paint_icon(
        ImVec2(box.min.x + space::medium + 8, box.min.y + space::small + 2 + line_height(TextStyle::body) * 0.5f),
        size::icon, tone_icon(tone), color(tone_color(tone)));
    ImGui::SetCursorScreenPos(ImVec2(box.min.x + space::medium + 24, box.min.y + space::small + 2));
    text_wrapped(TextStyle::body, sentence, Color::text, wrap);
    ImGui::SetCursorScreenPos(box.min);
    ImGui::ItemSize(box.size(), 0);
}

void offline_note(std::string_view sentence) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    paint_icon(ImVec2(at.x + 8, at.y + line_height(TextStyle::body) * 0.5f), size::icon, icons::cloud_off,
               color(Color::text_muted));
    const Area area(ImVec2(at.x + 24, at.y), ImGui::GetContentRegionAvail().x - 24);
    text_wrapped(TextStyle::body, sentence, Color::text_muted);
}

void skeleton_lines(const char* id, int lines, float width) {
    const float room = width > 0 ? width : ImGui::GetContentRegionAvail().x;
    const float step = line_height(TextStyle::body) + space::small;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImGuiID wait = id_of(id);
    for (int line = 0; line < lines; ++line) {
        const float part = line % 3 == 2 ? 0.6f : (line % 3 == 1 ? 0.92f : 1.0f);
        paint_shimmer(wait, box_at(ImVec2(at.x, at.y + static_cast<float>(line) * step + 3), ImVec2(room * part, 12)),
                      6);
    }
    const Box box = box_at(at, ImVec2(room, step * static_cast<float>(lines)));
    ImGui::ItemSize(box.size(), 0);
    mirror::current().add_node(
        wait, mirror_rect(box),
        {.role = mirror::Role::status, .name = words().loading, .state_set = mirror::state_busy});
}

void skeleton_box(const char* id, float width, float height, float rounding) {
    const Box box = box_at(ImGui::GetCursorScreenPos(), ImVec2(width, height));
    ImGui::ItemSize(box.size(), 0);
    paint_shimmer(id_of(id), box, rounding);
    mirror::current().add_node(
        id_of(id), mirror_rect(box),
        {.role = mirror::Role::status, .name = words().loading, .state_set = mirror::state_busy});
}

}  // namespace portal::ui
