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

// The part's own name, spoken as one button. True when it was pressed.
bool press_part(const WaterfallPart& part, ImGuiID seed, Box row) {
    const Box box = {ImVec2(row.min.x - space::small, row.min.y - space::tiny),
                     ImVec2(row.max.x + space::small, row.max.y - space::medium + space::tiny)};
    const Press pressed = press_at(id_of(part.id, seed), box);
    const std::string name = std::string(part.label) + ", " + std::string(part.words);
    mirror::current().annotate_last_item({.role = mirror::Role::button, .name = name});
    if (pressed.hovered) paint_box(box, color(Color::hover), radius::control);
    paint_focus_ring(pressed.id, box, radius::control);
    return pressed.clicked;
}

void draw_words(const WaterfallPart& part, Box row, TextStyle style) {
    const float value_width = measure(style, part.words).x;
    const float label_width = row.width() - value_width - space::small;
    const ImVec2 value_at(row.max.x - value_width, row.min.y);
    // A button's words are in its name.
    if (part.row == WaterfallPart::Rows::press) {
        paint_text_cut(row.min, label_width, style, part.label, color(Color::text));
        paint_text_cut(value_at, value_width, style, part.words, color(Color::text));
        return;
    }
    text_at(row.min, style, part.label, Color::text, label_width);
    text_at(value_at, style, part.words, Color::text);
}

void draw_part(const WaterfallPart& part, Box row, const Scale& scale, double from, double to, bool is_total) {
    const TextStyle style = is_total ? TextStyle::body_strong : TextStyle::body;
    draw_words(part, row, style);
    const float top = row.min.y + line_height(style) + 3;
    const float left = std::min(scale.at(from), scale.at(to));
    const float right = std::max(scale.at(from), scale.at(to));
    paint_box({ImVec2(row.min.x, top), ImVec2(row.max.x, top + 8)}, color_with_alpha(Color::sunken, 0.6f), 2);
    const Color ink = is_total ? Color::text_muted : (part.value < 0 ? Color::bad : Color::good);
    paint_box({ImVec2(left, top), ImVec2(std::max(right, left + 2), top + 8)}, color(ink), 2);
    paint_rule(ImVec2(std::round(scale.at(0)), top - 2), 12, ImGuiDir_Down, color(Color::control_line));
}

}  // namespace

int waterfall(const char* id, std::string_view sentence, std::span<const WaterfallPart> parts,
              const WaterfallPart& total) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const float row_height = line_height(TextStyle::body) + 11 + space::medium;
    const Box whole = box_at(at, ImVec2(width, row_height * static_cast<float>(parts.size() + 1)));
    ImGui::ItemSize(whole.size(), 0);
    const mirror::Scope scope(id_of(id), {.role = mirror::Role::group, .name = sentence}, mirror_rect(whole));
    Scale scale = scale_of(parts, total.value);
    scale.x = at.x;
    scale.width = width;
    double sum = 0;
    float y = at.y;
    int chosen = -1;
    for (const WaterfallPart& part : parts) {
        const Box row = box_at(ImVec2(at.x, y), ImVec2(width, row_height));
        if (part.row == WaterfallPart::Rows::press && press_part(part, id_of(id), row))
            chosen = static_cast<int>(&part - parts.data());
        draw_part(part, row, scale, sum, sum + part.value, false);
        sum += part.value;
        y += row_height;
    }
    draw_part(total, box_at(ImVec2(at.x, y), ImVec2(width, row_height)), scale, 0, total.value, true);
    return chosen;
}

}  // namespace portal::ui
