#include "app/mirror/mirror.hpp"
#include "app/ui/choice.hpp"
#include "app/ui/motion.hpp"
#include "app/ui/press.hpp"
#include "app/ui/tooltip.hpp"
#include "app/ui/words.hpp"
#include "generated/icons.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

namespace portal::ui {
namespace {

constexpr float part_gap = 6;
constexpr float chip_value_width_max = 220;

float content_width(const Segment& segment) {
    float width = measure(TextStyle::body_medium, segment.label).x;
    if (segment.icon != nullptr) {
        width += size::icon + part_gap;
    }
    if (!segment.count.empty()) {
        width += measure(TextStyle::caption_strong, segment.count).x + part_gap + 2;
    }
    return width;
}

void paint_content(const Segment& segment, float x, float middle, ImU32 ink) {
    if (segment.icon != nullptr) {
        paint_icon(ImVec2(x + size::icon * 0.5f, middle), size::icon, segment.icon, ink);
        x += size::icon + part_gap;
    }
    paint_text(ImVec2(x, middle - line_height(TextStyle::body_medium) * 0.5f), TextStyle::body_medium, segment.label,
               ink);
    if (!segment.count.empty()) {
        x += measure(TextStyle::body_medium, segment.label).x + part_gap + 2;
        paint_text(ImVec2(x, middle - line_height(TextStyle::caption_strong) * 0.5f), TextStyle::caption_strong,
                   segment.count, color(Color::text_muted));
    }
}

void annotate_tab(const Segment& segment, bool chosen) {
    mirror::Annotation note;
    note.role = mirror::Role::tab;
    note.name = segment.label;
    note.value = segment.count;
    note.state_set = mirror::state_selectable | (chosen ? static_cast<std::uint32_t>(mirror::state_selected) : 0u);
    mirror::current().annotate_last_item(note);
}

struct ChipLook {
    bool on = false;
    bool disabled = false;
    const char* trailing = nullptr;
};

// A long name is cut; the mirror and the list have it whole.
float chip_value_width(std::string_view value) {
    return std::min(measure(TextStyle::body_strong, value).x, chip_value_width_max);
}

float chip_width_with(std::string_view label, const ChipOptions& options, bool trailing) {
    float width = measure(TextStyle::body_medium, label).x + 2 * space::medium;
    width += options.icon != nullptr ? size::icon + part_gap : 0;
    width += options.value.empty() ? 0 : chip_value_width(options.value) + part_gap;
    width += trailing ? size::icon_small + part_gap : 0;
    return width;
}

void paint_chip(const Press& pressed, std::string_view label, const ChipOptions& options, const ChipLook& look) {
    const float hover = eased(pressed.id ^ 1u, pressed.hovered ? 1.0f : 0.0f);
    const ImU32 rest = color(look.on ? Color::selected : Color::card);
    const float rounding = pressed.box.height() * 0.5f;
    paint_box(pressed.box,
              look.disabled ? color(Color::sunken) : mix(rest, color(Color::hover), hover * (look.on ? 0.4f : 1.0f)),
              rounding);
    paint_border(pressed.box, color(look.on ? Color::accent : (pressed.hovered ? Color::control_line : Color::line)),
                 rounding);
    paint_focus_ring(pressed.id, pressed.box, rounding);
    const ImU32 ink = color(look.disabled ? Color::text_muted : (look.on ? Color::accent : Color::text));
    const float middle = pressed.box.center().y;
    float x = pressed.box.min.x + space::medium;
    if (options.icon != nullptr) {
        paint_icon(ImVec2(x + size::icon * 0.5f, middle), size::icon, options.icon, ink);
        x += size::icon + part_gap;
    }
    const bool pair = !options.value.empty();
    paint_text(ImVec2(x, middle - line_height(TextStyle::body_medium) * 0.5f), TextStyle::body_medium, label,
               pair ? color(Color::text_muted) : ink);
    x += measure(TextStyle::body_medium, label).x;
    if (pair) {
        x += part_gap;
        const float width = chip_value_width(options.value);
        paint_text_cut(ImVec2(x, middle - line_height(TextStyle::body_strong) * 0.5f), width + 0.5f,
                       TextStyle::body_strong, options.value, ink);
        x += width;
    }
    if (look.trailing != nullptr) {
        paint_icon(ImVec2(x + part_gap + size::icon_small * 0.5f, middle), size::icon_small, look.trailing,
                   color(Color::text_muted));
    }
}

void annotate_chip(std::string_view label, const ChipOptions& options, std::uint32_t state) {
    mirror::Annotation note;
    note.role = mirror::Role::button;
    note.name = label;
    note.value = options.value;
    note.description = options.disabled_reason;
    note.state_set = state;
    mirror::current().annotate_last_item(note);
}

}  // namespace

bool segmented(const char* id, std::string_view name, std::span<const Segment> segments, int& selected) {
    const float height = metrics().control_height;
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    float widest = 0;
    for (const Segment& segment : segments) {
        widest = std::max(widest, content_width(segment) + 2 * space::medium);
    }
    const float available = ImGui::GetContentRegionAvail().x;
    const float each =
        std::min(widest, (available - 4) / static_cast<float>(std::max<std::size_t>(1, segments.size())));
    const Box whole = box_at(origin, ImVec2(each * static_cast<float>(segments.size()) + 4, height));
    ImGui::ItemSize(whole.size(), 0);
    const ImGuiID group = id_of(id);
    const mirror::Scope scope(group, {.role = mirror::Role::tab_list, .name = name}, mirror_rect(whole));
    paint_box(whole, color(Color::sunken), radius::control);
    bool changed = false;
    const float slide = eased(group, static_cast<float>(selected));
    const Box thumb = box_at(ImVec2(origin.x + 2 + slide * each, origin.y + 2), ImVec2(each, height - 4));
    paint_box(thumb, color(Color::card), radius::control - 2);
    paint_border(thumb, color(Color::line), radius::control - 2);
    for (std::size_t index = 0; index < segments.size(); ++index) {
        const Segment& segment = segments[index];
        const bool chosen = static_cast<int>(index) == selected;
        const Box box =
            box_at(ImVec2(origin.x + 2 + static_cast<float>(index) * each, origin.y + 2), ImVec2(each, height - 4));
        const Press pressed = press_at(id_of(segment.id, group), box);
        annotate_tab(segment, chosen);
        const ImU32 ink = color(chosen || pressed.hovered ? Color::text : Color::text_muted);
        ImGui::PushClipRect(box.min, box.max, true);
        paint_content(segment, box.center().x - std::min(each, content_width(segment)) * 0.5f, box.center().y, ink);
        ImGui::PopClipRect();
        paint_focus_ring(pressed.id, inset(box, 2, 2), radius::control - 2);
        if (pressed.clicked && !chosen) {
            selected = static_cast<int>(index);
            changed = true;
        }
    }
    return changed;
}

namespace {

// As wide as usual, or as narrow as the room wants it.
float gap_between_tabs(std::span<const Segment> segments, float room) {
    if (segments.size() < 2) {
        return space::section;
    }
    for (const Segment& segment : segments) {
        room -= content_width(segment);
    }
    return std::clamp(room / static_cast<float>(segments.size() - 1), space::small, space::section);
}

}  // namespace

bool tabs(const char* id, std::string_view name, std::span<const Segment> segments, int& selected) {
    const float height = std::max(40.0f, metrics().control_height);
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const float whole_width = ImGui::GetContentRegionAvail().x;
    const Box whole = box_at(origin, ImVec2(whole_width, height));
    ImGui::ItemSize(whole.size(), 0);
    const ImGuiID group = id_of(id);
    const mirror::Scope scope(group, {.role = mirror::Role::tab_list, .name = name}, mirror_rect(whole));
    paint_rule(ImVec2(whole.min.x, whole.max.y - 1), whole_width, ImGuiDir_Right, color(Color::line));
    bool changed = false;
    const float gap = gap_between_tabs(segments, whole_width);
    float x = origin.x;
    for (std::size_t index = 0; index < segments.size(); ++index) {
        const Segment& segment = segments[index];
        const bool chosen = static_cast<int>(index) == selected;
        const float width = content_width(segment);
        const Box box = box_at(ImVec2(x, origin.y), ImVec2(width, height));
        const Press pressed = press_at(id_of(segment.id, group), box);
        annotate_tab(segment, chosen);
        paint_content(segment, x, box.center().y, color(chosen || pressed.hovered ? Color::text : Color::text_muted));
        const float part = eased(pressed.id, chosen ? 1.0f : 0.0f);
        if (part > 0) {
            const float half = width * 0.5f * part;
            paint_box({ImVec2(box.center().x - half, box.max.y - 2), ImVec2(box.center().x + half, box.max.y)},
                      color(Color::accent), 1);
        }
        paint_focus_ring(pressed.id, inset(box, -2, 4), radius::mark);
        x += width + gap;
        if (pressed.clicked && !chosen) {
            selected = static_cast<int>(index);
            changed = true;
        }
    }
    return changed;
}

bool filter_chip(const char* id, std::string_view label, bool& on, const ChipOptions& options) {
    const bool disabled = !options.disabled_reason.empty();
    ChipOptions shown = options;
    if (on) {
        shown.icon = icons::check;
    }
    const Press pressed = press(id, ImVec2(chip_width_with(label, shown, false), metrics().chip_height),
                                disabled ? Enabled::no : Enabled::yes);
    if (pressed.clicked) {
        on = !on;
    }
    annotate_chip(label, options,
                  mirror::state_selectable | (on ? static_cast<std::uint32_t>(mirror::state_selected) : 0u) |
                      (disabled ? static_cast<std::uint32_t>(mirror::state_disabled) : 0u));
    if (pressed.visible) {
        paint_chip(pressed, label, shown, {on, disabled, nullptr});
    }
    if (disabled) {
        tooltip(options.disabled_reason);
    }
    return pressed.clicked;
}

float chip_width(std::string_view label, const ChipOptions& options) {
    return chip_width_with(label, options, true) + 4;
}

ChipEvent removable_chip(const char* id, std::string_view label, const ChipOptions& options) {
    const float height = metrics().chip_height;
    const float width = chip_width(label, options);
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const ImGuiID own = id_of(id);
    ImGui::ItemSize(ImVec2(width, height), 0);
    const float cross = size::icon_small + space::medium;
    Press pressed = press_at(own, box_at(origin, ImVec2(width - cross, height)));
    annotate_chip(label, options, 0);
    const Press removed =
        press_at(id_of("remove", own), box_at(ImVec2(origin.x + width - cross, origin.y), ImVec2(cross, height)));
    mirror::Annotation note;
    note.role = mirror::Role::button;
    note.name = words().remove;
    note.description = label;
    mirror::current().annotate_last_item(note);
    pressed.box = box_at(origin, ImVec2(width, height));
    paint_chip(pressed, label, options, {true, false, nullptr});
    paint_icon(ImVec2(origin.x + width - cross * 0.5f - 2, origin.y + height * 0.5f), size::icon_small, icons::x,
               color(removed.hovered ? Color::text : Color::accent));
    paint_focus_ring(removed.id, inset(removed.box, 2, 4), radius::mark);
    if (removed.clicked) {
        return ChipEvent::removed;
    }
    return pressed.clicked ? ChipEvent::pressed : ChipEvent::none;
}

bool menu_chip(const char* id, std::string_view label, const ChipOptions& options) {
    const bool disabled = !options.disabled_reason.empty();
    const Press pressed = press(id, ImVec2(chip_width_with(label, options, true), metrics().chip_height),
                                disabled ? Enabled::no : Enabled::yes);
    annotate_chip(label, options,
                  mirror::state_expandable | (disabled ? static_cast<std::uint32_t>(mirror::state_disabled) : 0u));
    if (pressed.visible) {
        paint_chip(pressed, label, options, {false, disabled, icons::chevron_down});
    }
    if (disabled) {
        tooltip(options.disabled_reason);
    }
    return pressed.clicked;
}

ChipEvent choice_chip(const char* id, std::string_view label, bool is_set, const ChipOptions& options) {
    if (is_set) {
        return removable_chip(id, label, options);
    }
    return menu_chip(id, label, options) ? ChipEvent::pressed : ChipEvent::none;
}

}  // namespace portal::ui
