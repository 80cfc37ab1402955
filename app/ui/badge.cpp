#include "app/ui/badge.hpp"

#include "app/mirror/mirror.hpp"
#include "app/ui/press.hpp"
#include "app/ui/text.hpp"
#include "app/ui/tooltip.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace portal::ui {
namespace {

constexpr float badge_height = 22;
constexpr float badge_side = 8;
constexpr float badge_icon = 13;

std::size_t sequence_length(char lead) {
    const auto byte = static_cast<unsigned char>(lead);
    return byte < 0x80 ? 1 : (byte < 0xE0 ? 2 : (byte < 0xF0 ? 3 : 4));
}

void append_first_letter(Initials& into, std::string_view word) {
    const std::size_t bytes = std::min(sequence_length(word[0]), word.size());
    const std::size_t used = std::strlen(into.bytes);
    if (used + bytes >= sizeof(into.bytes)) {
        return;
    }
    std::memcpy(into.bytes + used, word.data(), bytes);
    if (bytes == 1 && into.bytes[used] >= 'a' && into.bytes[used] <= 'z') {
        into.bytes[used] = static_cast<char>(into.bytes[used] - 'a' + 'A');
    } else if (bytes == 2 && static_cast<unsigned char>(word[0]) == 0xC3 &&
               static_cast<unsigned char>(word[1]) >= 0xA0 && static_cast<unsigned char>(word[1]) != 0xB7) {
        into.bytes[used + 1] = static_cast<char>(word[1] - 0x20);  // Latin-1 small letters: é becomes É.
    }
}

}  // namespace

ImVec2 badge_size(std::string_view label, const char* icon) {
    return ImVec2(measure(TextStyle::caption_strong, label).x + 2 * badge_side + (icon != nullptr ? badge_icon + 4 : 0),
                  badge_height);
}

void badge_at(ImVec2 position, std::string_view label, Tone tone, const char* icon) {
    const Box box = box_at(position, badge_size(label, icon));
    if (is_visible(box)) {
        paint_box(box, color(tone_ground(tone)), 6);
        if (has_forced_colors()) {
            paint_border(box, color(Color::line), 6);
        }
        paint_icon(ImVec2(box.min.x + badge_side + badge_icon * 0.5f, box.center().y), badge_icon, icon,
                   color(tone_color(tone)));
    }
    const float x = box.min.x + badge_side + (icon != nullptr ? badge_icon + 4 : 0);
    text_at(ImVec2(x, box.center().y - line_height(TextStyle::caption_strong) * 0.5f), TextStyle::caption_strong, label,
            tone_color(tone));
}

void badge(std::string_view label, Tone tone, const char* icon) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::ItemSize(badge_size(label, icon), 0);
    badge_at(at, label, tone, icon);
}

void paint_status_dot(ImVec2 center, Tone tone, float box) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float half = box * 0.5f;
    const ImU32 ink = color(tone_color(tone));
    // A shape per tone: readers who cannot tell the hues apart still tell the marks apart.
    switch (tone) {
        case Tone::good:
        case Tone::accent:
            list->AddCircleFilled(center, half, ink, 20);
            break;
        case Tone::warn:
            list->AddTriangleFilled(ImVec2(center.x, center.y - half), ImVec2(center.x + half, center.y + half * 0.8f),
                                    ImVec2(center.x - half, center.y + half * 0.8f), ink);
            break;
        case Tone::bad:
            list->AddRectFilled(ImVec2(center.x - half * 0.88f, center.y - half * 0.88f),
                                ImVec2(center.x + half * 0.88f, center.y + half * 0.88f), ink, 2);
            break;
        case Tone::info:
            list->AddQuadFilled(ImVec2(center.x, center.y - half), ImVec2(center.x + half, center.y),
                                ImVec2(center.x, center.y + half), ImVec2(center.x - half, center.y), ink);
            break;
        case Tone::neutral:
            list->AddCircle(center, half - 1, ink, 20, 1.75f);
            break;
    }
}

void status(std::string_view label, Tone tone) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float height = line_height(TextStyle::body);
    const ImVec2 words_size = measure(TextStyle::body, label);
    ImGui::ItemSize(ImVec2(words_size.x + 18, height), 0);
    paint_status_dot(ImVec2(at.x + 5, at.y + height * 0.5f), tone);
    text_at(ImVec2(at.x + 18, at.y), TextStyle::body, label);
}

Initials initials_of(std::string_view name) {
    Initials result;
    std::string_view first;
    std::string_view last;
    std::size_t position = 0;
    while (position < name.size()) {
        const std::size_t end = std::min(name.find(' ', position), name.size());
        const std::string_view word = name.substr(position, end - position);
        if (!word.empty()) {
            if (first.empty()) {
                first = word;
            } else {
                last = word;
            }
        }
        position = end + 1;
    }
    if (!first.empty()) {
        append_first_letter(result, first);
    }
    if (!last.empty()) {
        append_first_letter(result, last);
    }
    return result;
}

void paint_avatar(ImVec2 center, std::string_view name, float diameter) {
    const ImGuiID hash = ImHashStr(name.data(), name.size(), 0);
    const ImU32 hue = color(series_color(static_cast<int>(hash % 5)));
    // A tint of the series colour under the card's own text colour keeps the initials readable in
    // both schemes.
    const ImU32 ground = mix(color(Color::card), hue, 0.22f);
    ImGui::GetWindowDrawList()->AddCircleFilled(center, diameter * 0.5f, ground, 32);
    const Initials initials = initials_of(name);
    const TextStyle style = diameter >= 32 ? TextStyle::body_medium : TextStyle::caption_strong;
    const ImVec2 words_size = measure(style, initials.view());
    paint_text(ImVec2(center.x - words_size.x * 0.5f, center.y - words_size.y * 0.5f), style, initials.view(),
               mix(color(Color::text), hue, 0.35f));
}

void avatar(std::string_view name, float diameter) {
    const Box box = box_at(ImGui::GetCursorScreenPos(), ImVec2(diameter, diameter));
    ImGui::ItemSize(box.size(), 0);
    if (is_visible(box)) {
        paint_avatar(box.center(), name, diameter);
    }
    tooltip_over(box, name);
}

bool avatar_button(const char* id, std::string_view name) {
    const float side = metrics().control_height;
    const Press pressed = press(id, ImVec2(side, side));
    mirror::current().annotate_last_item(
        {.role = mirror::Role::button, .name = name, .state_set = mirror::state_expandable});
    paint_avatar(pressed.box.center(), name, std::min(32.0f, side));
    if (pressed.hovered) {
        ImGui::GetWindowDrawList()->AddCircle(pressed.box.center(), 17, color(Color::line), 32, 1.5f);
    }
    paint_focus_ring(pressed.id, inset(pressed.box, 2, 2), side * 0.5f);
    tooltip(name);
    return pressed.clicked;
}

void key_hint(std::string_view keys) {
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const float height = 20;
    float x = origin.x;
    std::size_t position = 0;
    while (position < keys.size()) {
        const std::size_t end = std::min(keys.find(' ', position), keys.size());
        const std::string_view key = keys.substr(position, end - position);
        const float width = std::max(height, measure(TextStyle::caption, key).x + 10);
        const Box cap = box_at(ImVec2(x, origin.y), ImVec2(width, height));
        paint_box(cap, color(Color::sunken), radius::mark);
        paint_border(cap, color(Color::line), radius::mark);
        const ImVec2 words_size = measure(TextStyle::caption, key);
        paint_text(ImVec2(cap.center().x - words_size.x * 0.5f, cap.center().y - words_size.y * 0.5f),
                   TextStyle::caption, key, color(Color::text_muted));
        x += width + 4;
        position = end + 1;
    }
    const Box whole = box_at(origin, ImVec2(x - 4 - origin.x, height));
    ImGui::ItemSize(whole.size(), 0);
    mirror::current().add_text_at(keys, mirror_rect(whole));
}

}  // namespace portal::ui
