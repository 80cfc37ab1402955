// "Explain the change": horizontal parts that sum to a total.
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "app/mirror/mirror.hpp"
#include "app/ui/chart.hpp"
#include "app/ui/press.hpp"

namespace portal::ui {
namespace {

struct Scale {
    double low = 0;
    double high = 0;
    float x = 0;
    float width = 1;
    float at(double value) const { return x + width * static_cast<float>((value - low) / std::max(high - low, 1e-9)); }
};

Scale scale_of(std::span<const WaterfallPart> parts, double total) {
    Scale scale;
    double sum = 0;
    for (const WaterfallPart& part : parts) {
        sum += part.value;
        scale.low = std::min(scale.low, sum);
        scale.high = std::max(scale.high, sum);
    }
    scale.low = std::min(scale.low, total);
    scale.high = std::max(scale.high, total);
    return scale;
}

// Where a part's words stand: its name, and at the right its value, which can be a button of its own.
struct PartPlace {
    Box row, value;
};

PartPlace place_of(const WaterfallPart& part, Box row, TextStyle style) {
    const float width = measure(style, part.words).x;
    return {row, {ImVec2(row.max.x - width, row.min.y), ImVec2(row.max.x, row.min.y + line_height(style))}};
}

bool press_words(ImGuiID id, Box box, const std::string& name) {
    const Press pressed = press_at(id, box);
    mirror::current().annotate_last_item({.role = mirror::Role::button, .name = name});
    if (pressed.hovered) paint_box(box, color(Color::hover), radius::control);
    paint_focus_ring(pressed.id, box, radius::control);
    return pressed.clicked;
}

// A finger finds it in the whole height of the row.
Box touched_value(const PartPlace& place) {
    const float width = std::max(place.value.width(), size::touch_target);
    return {ImVec2(place.value.max.x - width - space::small, place.row.min.y - space::tiny),
            ImVec2(place.value.max.x + space::small, place.row.max.y - space::medium + space::tiny)};
}

// The part's own name, spoken as one button. True when it was pressed.
bool press_part(const WaterfallPart& part, ImGuiID seed, const PartPlace& place, bool presses_value) {
    const Box row = place.row;
    const float right = presses_value ? touched_value(place).min.x - space::tiny : row.max.x + space::small;
    const Box box = {ImVec2(row.min.x - space::small, row.min.y - space::tiny),
                     ImVec2(right, row.max.y - space::medium + space::tiny)};
    return press_words(id_of(part.id, seed), box, std::string(part.label) + ", " + std::string(part.words));
}

bool press_value(const WaterfallPart& part, ImGuiID seed, const PartPlace& place, std::string_view action) {
    const std::string name = std::string(action) + ": " + std::string(part.label) + ", " + std::string(part.words);
    return press_words(id_of("value", id_of(part.id, seed)), touched_value(place), name);
}

// A button's words are in its name.
void draw_words(const WaterfallPart& part, const PartPlace& place, TextStyle style, bool presses_value) {
    const float label_width = place.value.min.x - place.row.min.x - space::small;
    if (part.row == WaterfallPart::Rows::press)
        paint_text_cut(place.row.min, label_width, style, part.label, color(Color::text));
    else
        text_at(place.row.min, style, part.label, Color::text, label_width);
    if (presses_value || part.row == WaterfallPart::Rows::press)
        paint_text_cut(place.value.min, place.value.width(), style, part.words, color(Color::text));
    else
        text_at(place.value.min, style, part.words, Color::text);
}

TextStyle style_of(bool is_total) {
    return is_total ? TextStyle::body_strong : TextStyle::body;
}

void draw_bar(const WaterfallPart& part, Box row, const Scale& scale, double from, double to, bool is_total) {
    const TextStyle style = style_of(is_total);
    const float top = row.min.y + line_height(style) + 3;
    const float left = std::min(scale.at(from), scale.at(to));
    const float right = std::max(scale.at(from), scale.at(to));
    paint_box({ImVec2(row.min.x, top), ImVec2(row.max.x, top + 8)}, color_with_alpha(Color::sunken, 0.6f), 2);
    const Color ink = is_total ? Color::text_muted : (part.value < 0 ? Color::bad : Color::good);
    paint_box({ImVec2(left, top), ImVec2(std::max(right, left + 2), top + 8)}, color(ink), 2);
    paint_rule(ImVec2(std::round(scale.at(0)), top - 2), 12, ImGuiDir_Down, color(Color::control_line));
}

}  // namespace

WaterfallPress waterfall(const char* id, std::string_view sentence, std::span<const WaterfallPart> parts,
                         const WaterfallPart& total, std::string_view value_action) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const float row_height = line_height(TextStyle::body) + 11 + space::medium;
    const Box whole = box_at(at, ImVec2(width, row_height * static_cast<float>(parts.size() + 1)));
    ImGui::ItemSize(whole.size(), 0);
    const ImGuiID seed = id_of(id);
    const mirror::Scope scope(seed, {.role = mirror::Role::group, .name = sentence}, mirror_rect(whole));
    Scale scale = scale_of(parts, total.value);
    scale.x = at.x;
    scale.width = width;
    const bool presses_values = !value_action.empty();
    double sum = 0;
    WaterfallPress pressed;
    for (std::size_t index = 0; index <= parts.size(); ++index) {
        const bool is_total = index == parts.size();
        const WaterfallPart& part = is_total ? total : parts[index];
        const Box row = box_at(ImVec2(at.x, at.y + row_height * static_cast<float>(index)), ImVec2(width, row_height));
        const PartPlace place = place_of(part, row, style_of(is_total));
        if (part.row == WaterfallPart::Rows::press && press_part(part, seed, place, presses_values))
            pressed.part = static_cast<int>(index);
        if (presses_values && press_value(part, seed, place, value_action)) pressed.value = static_cast<int>(index);
        draw_words(part, place, style_of(is_total), presses_values);
        draw_bar(part, row, scale, is_total ? 0 : sum, is_total ? total.value : sum + part.value, is_total);
        sum += part.value;
    }
    return pressed;
}

}  // namespace portal::ui
