#include "app/ui/tornado.hpp"

#include <imgui_internal.h>

#include <algorithm>

#include "app/mirror/mirror.hpp"
#include "app/ui/paint.hpp"
#include "app/ui/press.hpp"
#include "app/ui/text.hpp"

namespace portal::ui {
namespace {

constexpr float tornado_bar_height = 14;

struct TornadoScale {
    double low = 0, high = 1;
    Box room;
    float at(double value) const {
        return room.min.x + room.width() * static_cast<float>((value - low) / std::max(high - low, 1e-9));
    }
};

TornadoScale tornado_scale(std::span<const TornadoBar> bars, double middle, Box room) {
    TornadoScale scale{middle, middle, room};
    for (const TornadoBar& bar : bars) {
        scale.low = std::min(scale.low, bar.low);
        scale.high = std::max(scale.high, bar.high);
    }
    return scale;
}

// The label over the bar, its words at the right end.
void draw_bar(const TornadoBar& bar, Box row, const TornadoScale& scale, double middle) {
    const float words_width = measure(TextStyle::body, bar.words).x;
    text_at(row.min, TextStyle::body, bar.label, Color::text, row.width() - words_width - space::small);
    text_at(ImVec2(row.max.x - words_width, row.min.y), TextStyle::body, bar.words, Color::text_muted);
    const float top = row.min.y + line_height(TextStyle::body) + 3;
    const float middle_x = scale.at(middle);
    paint_box({ImVec2(row.min.x, top), ImVec2(row.max.x, top + tornado_bar_height)},
              color_with_alpha(Color::sunken, 0.6f), radius::mark);
    paint_box({ImVec2(scale.at(bar.low), top), ImVec2(middle_x, top + tornado_bar_height)}, color(Color::series_2), 2);
    paint_box({ImVec2(middle_x, top), ImVec2(scale.at(bar.high), top + tornado_bar_height)}, color(Color::series_1), 2);
    paint_rule(ImVec2(std::round(middle_x), top - 2), tornado_bar_height + 4, ImGuiDir_Down,
               color(Color::control_line));
}

}  // namespace

void tornado(const char* id, std::string_view sentence, std::span<const TornadoBar> bars, double middle) {
    const float row_height = line_height(TextStyle::body) + 3 + tornado_bar_height + space::medium;
    const Box whole = box_at(ImGui::GetCursorScreenPos(),
                             ImVec2(ImGui::GetContentRegionAvail().x, row_height * static_cast<float>(bars.size())));
    ImGui::ItemSize(whole.size(), 0);
    const mirror::Scope scope(id_of(id), {.role = mirror::Role::group, .name = sentence}, mirror_rect(whole));
    const TornadoScale scale = tornado_scale(bars, middle, whole);
    float y = whole.min.y;
    for (const TornadoBar& bar : bars) {
        draw_bar(bar, box_at(ImVec2(whole.min.x, y), ImVec2(whole.width(), row_height)), scale, middle);
        y += row_height;
    }
}

}  // namespace portal::ui
