#include "app/ui/choice.hpp"

#include "app/mirror/mirror.hpp"
#include "app/ui/motion.hpp"
#include "app/ui/press.hpp"
#include "app/ui/tooltip.hpp"
#include "generated/icons.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

namespace portal::ui {
namespace {

constexpr float mark_size = 18;
constexpr float switch_width = 36;
constexpr float switch_height = 20;

struct LabelRoom {
    ImVec2 label;
    ImVec2 hint;
    float height = 0;
};

LabelRoom measure_label(std::string_view label, std::string_view hint, float width) {
    LabelRoom room;
    room.label = measure(TextStyle::body, label, width);
    room.hint = hint.empty() ? ImVec2(0, 0) : measure(TextStyle::caption, hint, width);
    const float least = theme().density == Density::touch ? size::touch_target : mark_size + 6;
    room.height = std::max(least, room.label.y + (hint.empty() ? 0 : room.hint.y + 2));
    return room;
}

void paint_label(ImVec2 at, const LabelRoom& room, std::string_view label, std::string_view hint, float width,
                 bool disabled) {
    const float content = room.label.y + (hint.empty() ? 0 : room.hint.y + 2);
    const float top = at.y + (room.height - content) * 0.5f;
    paint_text(ImVec2(at.x, top), TextStyle::body, label, color(disabled ? Color::text_muted : Color::text), width);
    if (!hint.empty()) {
        paint_text(ImVec2(at.x, top + room.label.y + 2), TextStyle::caption, hint, color(Color::text_muted), width);
    }
}

void annotate_choice(mirror::Role role, std::string_view name, const ChoiceOptions& options, bool on) {
    mirror::Annotation note;
    note.role = role;
    note.name = name;
    note.description = options.disabled_reason.empty() ? options.hint : options.disabled_reason;
    note.state_set = mirror::state_checkable | (on ? static_cast<std::uint32_t>(mirror::state_checked) : 0u) |
                     (options.disabled_reason.empty() ? 0u : static_cast<std::uint32_t>(mirror::state_disabled));
    mirror::current().annotate_last_item(note);
}

void paint_checkbox_mark(const Press& pressed, Box mark, bool checked, bool disabled) {
    const float on = eased(pressed.id, checked ? 1.0f : 0.0f);
    const ImU32 edge = color(pressed.hovered && !disabled ? Color::text : Color::control_line);
    paint_box(mark, color(disabled ? Color::sunken : Color::card), radius::mark + 1);
    paint_border(mark, edge, radius::mark + 1, 1.25f);
    if (on > 0) {
        const ImU32 fill = color(disabled ? Color::control_line : Color::accent);
        paint_box(mark, mix(fill & ~IM_COL32_A_MASK, fill, on), radius::mark + 1);
        paint_check_mark(mark.center(), mark_size * 0.72f, color_with_alpha(Color::text_on_accent, on), 2);
    }
    paint_focus_ring(pressed.id, mark, radius::mark + 1);
}

void paint_switch(const Press& pressed, Box track, bool on, bool disabled) {
    const float part = eased(pressed.id, on ? 1.0f : 0.0f, duration::quick_seconds);
    const ImU32 off_ground = color(pressed.hovered ? Color::text_muted : Color::control_line);
    const ImU32 on_ground = color(disabled ? Color::control_line : Color::accent);
    paint_box(track, mix(off_ground, on_ground, part), switch_height * 0.5f);
    const float travel = track.width() - switch_height;
    const ImVec2 knob(track.min.x + switch_height * 0.5f + travel * part, track.center().y);
    ImGui::GetWindowDrawList()->AddCircleFilled(knob, switch_height * 0.5f - 3, color(Color::card), 24);
    paint_focus_ring(pressed.id, track, switch_height * 0.5f);
}

}  // namespace

bool checkbox(const char* id, std::string_view label, bool& checked, const ChoiceOptions& options) {
    const bool disabled = !options.disabled_reason.empty();
    const float available = std::max(60.0f, ImGui::GetContentRegionAvail().x - mark_size - space::small);
    const float natural = std::max(measure(TextStyle::body, label).x,
                                   options.hint.empty() ? 0.0f : measure(TextStyle::caption, options.hint).x);
    const float width = std::min(available, natural + 1);
    const LabelRoom room = measure_label(label, options.hint, width);
    const Press pressed =
        press(id, ImVec2(mark_size + space::small + 2 + width, room.height), disabled ? Enabled::no : Enabled::yes);
    if (pressed.clicked) {
        checked = !checked;
    }
    annotate_choice(mirror::Role::checkbox, label, options, checked);
    if (pressed.visible) {
        const float content = room.label.y + (options.hint.empty() ? 0 : room.hint.y + 2);
        const float first_line = pressed.box.min.y + (room.height - content) * 0.5f + room.label.y * 0.5f;
        const Box mark =
            box_at(ImVec2(pressed.box.min.x, std::round(first_line - mark_size * 0.5f)), ImVec2(mark_size, mark_size));
        paint_checkbox_mark(pressed, mark, checked, disabled);
        paint_label(ImVec2(mark.max.x + space::small + 2, pressed.box.min.y), room, label, options.hint, width,
                    disabled);
    }
    if (disabled) {
        tooltip(options.disabled_reason);
    }
    return pressed.clicked;
}

bool toggle(const char* id, std::string_view label, bool& on, const ChoiceOptions& options, float width) {
    const bool disabled = !options.disabled_reason.empty();
    const float whole = width > 0
                            ? width
                            : std::max(measure(TextStyle::body, label).x, measure(TextStyle::caption, options.hint).x *
                                                                              (options.hint.empty() ? 0.0f : 1.0f)) +
                                  switch_width + space::large;
    const float label_width = std::min(whole, ImGui::GetContentRegionAvail().x) - switch_width - space::large;
    const LabelRoom room = measure_label(label, options.hint, label_width);
    const Press pressed = press(id, ImVec2(label_width + switch_width + space::large, room.height),
                                disabled ? Enabled::no : Enabled::yes);
    if (pressed.clicked) {
        on = !on;
    }
    annotate_choice(mirror::Role::toggle, label, options, on);
    if (pressed.visible) {
        paint_label(pressed.box.min, room, label, options.hint, label_width, disabled);
        const Box track =
            box_at(ImVec2(pressed.box.max.x - switch_width, std::round(pressed.box.center().y - switch_height * 0.5f)),
                   ImVec2(switch_width, switch_height));
        paint_switch(pressed, track, on, disabled);
    }
    if (disabled) {
        tooltip(options.disabled_reason);
    }
    return pressed.clicked;
}

bool radio_group(const char* id, std::string_view name, std::span<const Segment> segments, int& selected) {
    const mirror::Scope scope(id_of(id), {.role = mirror::Role::group, .name = name});
    ImGui::PushID(id);
    bool changed = false;
    for (std::size_t index = 0; index < segments.size(); ++index) {
        const Segment& segment = segments[index];
        const bool chosen = static_cast<int>(index) == selected;
        const LabelRoom room = measure_label(segment.label, {}, 0);
        const Press pressed = press(segment.id, ImVec2(mark_size + space::small + 2 + room.label.x, room.height));
        mirror::Annotation note;
        note.role = mirror::Role::radio;
        note.name = segment.label;
        note.state_set = mirror::state_checkable | (chosen ? static_cast<std::uint32_t>(mirror::state_checked) : 0u);
        mirror::current().annotate_last_item(note);
        if (pressed.visible) {
            const ImVec2 center(pressed.box.min.x + mark_size * 0.5f, pressed.box.center().y);
            ImDrawList* list = ImGui::GetWindowDrawList();
            list->AddCircle(center, mark_size * 0.5f - 0.5f, color(chosen ? Color::accent : Color::control_line), 28,
                            1.5f);
            const float part = eased(pressed.id, chosen ? 1.0f : 0.0f);
            if (part > 0) {
                list->AddCircleFilled(center, 4.5f * part, color(Color::accent), 20);
            }
            paint_focus_ring(pressed.id, box_at(ImVec2(center.x - 9, center.y - 9), ImVec2(18, 18)), 9);
            paint_label(ImVec2(pressed.box.min.x + mark_size + space::small + 2, pressed.box.min.y), room,
                        segment.label, {}, 0, false);
        }
        if (pressed.clicked && !chosen) {
            selected = static_cast<int>(index);
            changed = true;
        }
    }
    ImGui::PopID();
    return changed;
}

}  // namespace portal::ui
