#include "app/ui/figure.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/mirror/mirror.hpp"
#include "app/ui/badge.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/motion.hpp"
#include "app/ui/press.hpp"
#include "app/ui/text.hpp"
#include "generated/icons.hpp"

namespace portal::ui {
namespace {

constexpr float full_turn = 6.2831853f;
constexpr float bar_height = 8;
constexpr float arrow_width = 18;

const char* direction_icon(Direction direction) {
    switch (direction) {
        case Direction::up:
            return icons::arrow_up_right;
        case Direction::down:
            return icons::arrow_down_right;
        case Direction::flat:
            return icons::arrow_right;
        case Direction::none:
            break;
    }
    return nullptr;
}

void mirror_picture(ImGuiID id, Box box, mirror::Role role, std::string_view sentence, std::string_view value = {}) {
    mirror::Annotation note;
    note.role = role;
    note.name = sentence;
    note.value = value;
    mirror::current().add_node(id, mirror_rect(box), note);
}

std::string spoken(const FigureOptions& options) {
    std::string words_of_figure(options.name.empty() ? options.label : options.name);
    for (const std::string_view part : {options.value, options.change, options.note}) {
        if (!part.empty()) {
            words_of_figure.append(words_of_figure.empty() ? "" : ", ").append(part);
        }
    }
    return words_of_figure;
}

// The bar as one button, whose name is its words.
Press press_bar(ImGuiID id, Box box, const BarOptions& options) {
    const Press pressed = press_at(id, inset(box, -4, -2));
    const std::string name = std::string(options.label) + ", " + std::string(options.value);
    mirror::current().annotate_last_item({.role = mirror::Role::button, .name = name});
    if (pressed.hovered) paint_box(inset(box, -space::small, -space::tiny), color(Color::hover), radius::control);
    paint_focus_ring(pressed.id, inset(box, -4, -2), radius::control);
    return pressed;
}

void paint_change(ImVec2 at, float room, std::string_view words, Direction direction, ImU32 ink) {
    float x = at.x;
    if (const char* arrow = direction_icon(direction)) {
        paint_icon(ImVec2(x + 7, at.y + line_height(TextStyle::caption_strong) * 0.5f), size::icon_small, arrow, ink);
        x += arrow_width;
    }
    paint_text_cut(ImVec2(x, at.y), at.x + room - x, TextStyle::caption_strong, words, ink);
}

}  // namespace

bool figure_change(const char* id, std::string_view words, Direction direction, Tone tone) {
    const float wanted = measure(TextStyle::caption_strong, words).x + (direction_icon(direction) ? arrow_width : 0);
    const float width = std::min(wanted, ImGui::GetContentRegionAvail().x);
    const Press pressed = press(id, ImVec2(width, line_height(TextStyle::caption_strong) + 2 * space::tiny));
    mirror::current().annotate_last_item({.role = mirror::Role::button, .name = words});
    const Box box = inset(pressed.box, 0, space::tiny);
    paint_change(box.min, box.width(), words, direction, color(tone_color(tone)));
    if (pressed.hovered) paint_rule(ImVec2(box.min.x, box.max.y), box.width(), ImGuiDir_Right, color(tone_color(tone)));
    paint_focus_ring(pressed.id, inset(pressed.box, -4, -2), radius::control);
    return pressed.clicked;
}

bool figure(const char* id, const FigureOptions& options) {
    const float width = options.width > 0 ? options.width : ImGui::GetContentRegionAvail().x;
    const float change_line = options.change.empty() ? 0 : line_height(TextStyle::caption_strong) + 4;
    const float note_height = options.note.empty() ? 0 : measure(TextStyle::caption, options.note, width).y + 4;
    const float spark_height = options.spark.empty() ? 0 : 36 + space::small;
    const float value_line = line_height(options.style);
    const float label_line = options.label.empty() ? 0 : line_height(TextStyle::body) + 2;
    const float height = label_line + value_line + change_line + note_height + spark_height;
    const Press pressed = press(id, ImVec2(width, height));
    const std::string name = spoken(options);
    mirror::current().annotate_last_item({.role = mirror::Role::button, .name = name});
    const Box box = pressed.box;
    const float hover = eased(pressed.id, pressed.hovered ? 1.0f : 0.0f);
    if (hover > 0) {
        paint_box(inset(box, -space::small, -space::tiny), color_with_alpha(Color::hover, hover), radius::control);
    }
    paint_focus_ring(pressed.id, inset(box, -4, -2), radius::control);
    float y = box.min.y;
    // The label is also text of the page; the value is part of the button's name and is found
    // there.
    paint_text_cut(ImVec2(box.min.x, y), width, TextStyle::body, options.label, color(Color::text_muted));
    y += label_line;
    paint_text_cut(ImVec2(box.min.x, y), width, options.style, options.value, color(Color::text));
    y += value_line;
    if (!options.change.empty()) {
        y += 4;
        paint_change(ImVec2(box.min.x, y), box.width(), options.change, options.direction,
                     color(tone_color(options.change_tone)));
        y += line_height(TextStyle::caption_strong);
    }
    if (!options.note.empty()) {
        paint_text(ImVec2(box.min.x, y + 4), TextStyle::caption, options.note, color(Color::text_muted), width);
        y += note_height;
    }
    if (!options.spark.empty()) {
        const Box spark = {ImVec2(box.min.x, y + space::small), ImVec2(box.max.x, y + space::small + 36)};
        paint_spark(spark, options.spark, Tone::accent);
        mirror_picture(id_of("spark", pressed.id), spark, mirror::Role::image, options.spark_sentence);
    }
    return pressed.clicked;
}

void ring(const char* id, float score, std::string_view value, std::string_view word, Tone tone,
          std::string_view sentence, float diameter) {
    const Box box = box_at(ImGui::GetCursorScreenPos(), ImVec2(diameter, diameter));
    ImGui::ItemSize(box.size(), 0);
    mirror_picture(id_of(id), box, mirror::Role::image, sentence, value);
    if (!is_visible(box)) {
        return;
    }
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float thickness = std::max(5.0f, diameter * 0.085f);
    const float radius_of_line = diameter * 0.5f - thickness * 0.5f;
    const ImVec2 center = box.center();
    list->AddCircle(center, radius_of_line, color(Color::sunken), 64, thickness);
    const float share = std::clamp(eased_from(id_of(id), 0, score, duration::calm_seconds), 0.0f, 100.0f) / 100.0f;
    if (score > 0 && share > 0) {
        const float start = -full_turn * 0.25f;
        const float end = start + full_turn * share;
        list->PathArcTo(center, radius_of_line, start, end, 64);
        list->PathStroke(color(tone_color(tone)), ImDrawFlags_None, thickness);
        for (const float angle : {start, end}) {
            list->AddCircleFilled(
                ImVec2(center.x + std::cos(angle) * radius_of_line, center.y + std::sin(angle) * radius_of_line),
                thickness * 0.5f, color(tone_color(tone)), 16);
        }
    }
    const TextStyle value_style =
        diameter >= 80 ? TextStyle::figure : (diameter >= 56 ? TextStyle::subtitle : TextStyle::caption_strong);
    const ImVec2 value_size = measure(value_style, value);
    const bool has_word = !word.empty() && diameter >= 80;
    const float word_height = has_word ? line_height(TextStyle::caption) - 4 : 0;
    const float top = center.y - (value_size.y + word_height) * 0.5f;
    paint_text(ImVec2(center.x - value_size.x * 0.5f, top), value_style, value, color(Color::text));
    if (has_word) {
        const float word_width = std::min(measure(TextStyle::caption, word).x, diameter - 2 * thickness - 8);
        paint_text_cut(ImVec2(center.x - word_width * 0.5f, top + value_size.y - 5), word_width + 0.5f,
                       TextStyle::caption, word, color(Color::text_muted));
    }
}

bool part_bar(const char* id, float share, const BarOptions& options) {
    const float width = options.width > 0 ? options.width : ImGui::GetContentRegionAvail().x;
    const bool has_words = !options.label.empty() || !options.value.empty();
    const float words_height = has_words ? line_height(TextStyle::body) + 4 : 0;
    const float below = options.mark >= 0 && !options.mark_label.empty() ? line_height(TextStyle::caption) + 4 : 0;
    const Box box = box_at(ImGui::GetCursorScreenPos(), ImVec2(width, words_height + bar_height + below));
    ImGui::ItemSize(box.size(), 0);
    Press pressed;
    if (options.presses == BarOptions::Presses::yes)
        pressed = press_bar(id_of(id), box, options);
    else
        mirror_picture(id_of(id), box, mirror::Role::meter, options.label, options.value);
    if (!is_visible(box)) return pressed.clicked;
    if (has_words) {
        const float value_width = measure(TextStyle::body_medium, options.value).x;
        paint_text_cut(box.min, width - value_width - space::small, TextStyle::body, options.label, color(Color::text));
        paint_text(ImVec2(box.max.x - value_width, box.min.y), TextStyle::body_medium, options.value,
                   color(Color::text));
    }
    const Box track = box_at(ImVec2(box.min.x, box.min.y + words_height), ImVec2(width, bar_height));
    paint_box(track, color(Color::sunken), bar_height * 0.5f);
    const float part = std::clamp(eased(id_of(id), share), 0.0f, 1.0f);
    if (part > 0) {
        const Box fill = box_at(track.min, ImVec2(std::max(bar_height, width * part), bar_height));
        paint_box(fill, color(tone_color(options.tone)), bar_height * 0.5f);
    }
    if (options.mark >= 0) {
        const float x = std::round(track.min.x + width * std::min(options.mark, 1.0f));
        paint_box({ImVec2(x - 2, track.min.y - 3), ImVec2(x + 2, track.max.y + 3)}, color(Color::card), 1);
        paint_box({ImVec2(x - 1, track.min.y - 3), ImVec2(x + 1, track.max.y + 3)}, color(Color::text), 1);
        if (below > 0) {
            const float label_width = measure(TextStyle::caption, options.mark_label).x;
            const float label_x =
                std::clamp(x - label_width * 0.5f, track.min.x, std::max(track.min.x, track.max.x - label_width));
            text_at(ImVec2(label_x, track.max.y + 4), TextStyle::caption, options.mark_label, Color::text_muted);
        }
    }
    return pressed.clicked;
}

void paint_spark(Box box, std::span<const float> values, Tone tone) {
    if (values.size() < 2 || !is_visible(box)) {
        return;
    }
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    const float range = std::max(*high - *low, 1e-6f);
    std::vector<ImVec2> points;
    points.reserve(values.size() + 2);
    for (std::size_t index = 0; index < values.size(); ++index) {
        const float x = box.min.x + box.width() * static_cast<float>(index) / static_cast<float>(values.size() - 1);
        const float y = box.max.y - 2 - (box.height() - 4) * (values[index] - *low) / range;
        points.emplace_back(x, y);
    }
    ImDrawList* list = ImGui::GetWindowDrawList();
    const ImU32 ink = color(tone_color(tone));
    const ImU32 under = color_with_alpha(tone_color(tone), 0.10f);
    for (std::size_t index = 1; index < points.size(); ++index) {
        const ImVec2 quad[4] = {points[index - 1], points[index], ImVec2(points[index].x, box.max.y),
                                ImVec2(points[index - 1].x, box.max.y)};
        // Without anti-aliasing, whose fringes would show as seams between neighbours.
        const ImDrawListFlags flags = list->Flags;
        list->Flags &= ~ImDrawListFlags_AntiAliasedFill;
        list->AddConvexPolyFilled(quad, 4, under);
        list->Flags = flags;
    }
    list->AddPolyline(points.data(), static_cast<int>(points.size()), ink, ImDrawFlags_None, 1.75f);
    list->AddCircleFilled(points.back(), 2.75f, ink, 16);
}

void sparkline(const char* id, std::span<const float> values, std::string_view sentence, ImVec2 extent, Tone tone) {
    const ImVec2 actual(extent.x > 0 ? extent.x : ImGui::GetContentRegionAvail().x, extent.y);
    const Box box = box_at(ImGui::GetCursorScreenPos(), actual);
    ImGui::ItemSize(actual, 0);
    mirror_picture(id_of(id), box, mirror::Role::image, sentence);
    paint_spark(box, values, tone);
}

void paint_strip(ImVec2 at, std::span<const Tone> marks, float mark_size) {
    float x = at.x;
    for (const Tone mark : marks) {
        const Box box = box_at(ImVec2(x, at.y), ImVec2(mark_size, mark_size));
        const ImU32 ink = color(tone_color(mark));
        // Height tells as well as hue: full is well, half is not, a ring is no data.
        if (mark == Tone::neutral) {
            paint_border(box, color(Color::control_line), 2);
        } else if (mark == Tone::good || mark == Tone::accent || mark == Tone::info) {
            paint_box(box, ink, 2);
        } else {
            paint_box(box, color(tone_ground(mark)), 2);
            const float share = mark == Tone::warn ? 0.5f : 0.3f;
            paint_box({ImVec2(box.min.x, box.max.y - mark_size * share), box.max}, ink, 1);
            paint_border(box, ink, 2);
        }
        x += mark_size + 3;
    }
}

void strip(const char* id, std::span<const Tone> marks, std::string_view sentence, float mark_size) {
    const ImVec2 extent(static_cast<float>(marks.size()) * (mark_size + 3) - 3, mark_size);
    const Box box = box_at(ImGui::GetCursorScreenPos(), extent);
    ImGui::ItemSize(extent, 0);
    mirror_picture(id_of(id), box, mirror::Role::image, sentence);
    paint_strip(box.min, marks, mark_size);
}

void key_value(std::string_view key, std::string_view value, float key_width) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const bool stacked = width < key_width + 120;
    const float value_x = stacked ? 0 : key_width + space::medium;
    const ImVec2 value_size = measure(TextStyle::body, value, width - value_x);
    const float value_y = stacked ? line_height(TextStyle::body) + 2 : 0;
    ImGui::ItemSize(ImVec2(width, value_y + value_size.y), 0);
    const ImVec2 below = ImGui::GetCursorScreenPos();
    text_at(at, TextStyle::body, key, Color::text_muted, stacked ? width : key_width);
    {
        const Area area(ImVec2(at.x + value_x, at.y + value_y), width - value_x);
        text_wrapped(TextStyle::body, value, Color::text, width - value_x);
    }
    ImGui::SetCursorScreenPos(below);
    ImGui::ItemSize(ImVec2(0, 0), 0);
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ImGui::GetStyle().ItemSpacing.y);
}

void progress_bar(const char* id, float share, std::string_view words_for_it, float width) {
    const float wide = width > 0 ? width : ImGui::GetContentRegionAvail().x;
    const Box box = box_at(ImGui::GetCursorScreenPos(), ImVec2(wide, 4));
    ImGui::ItemSize(box.size(), 0);
    const std::string percent =
        share < 0 ? std::string() : std::to_string(static_cast<int>(std::lround(share * 100))) + "%";
    mirror_picture(id_of(id), box, mirror::Role::progress_bar, words_for_it, percent);
    paint_box(box, color(Color::sunken), 2);
    if (share >= 0) {
        paint_box(box_at(box.min, ImVec2(wide * std::clamp(eased(id_of(id), share), 0.0f, 1.0f), 4)),
                  color(Color::accent), 2);
        return;
    }
    float start = 0.3f;
    if (theme().motion == Motion::full) {
        constexpr double period_seconds = 1.4;
        const double part = ImGui::GetTime() / period_seconds;
        start = static_cast<float>(part - std::floor(part)) * 1.3f - 0.3f;
        request_frames(2);
    }
    const float from = std::max(0.0f, start) * wide;
    const float to = std::clamp(start + 0.3f, 0.0f, 1.0f) * wide;
    paint_box({ImVec2(box.min.x + from, box.min.y), ImVec2(box.min.x + to, box.max.y)}, color(Color::accent), 2);
}

}  // namespace portal::ui
