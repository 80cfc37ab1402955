#include "app/ui/chart.hpp"

#include <imgui_internal.h>
#include <implot.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "app/mirror/mirror.hpp"
#include "app/ui/button.hpp"
#include "app/ui/chart_paint.hpp"
#include "app/ui/fonts.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/motion.hpp"
#include "app/ui/press.hpp"
#include "app/ui/tooltip.hpp"
#include "app/ui/words.hpp"
#include "generated/icons.hpp"

namespace portal::ui {
namespace {

constexpr float tick_distance_min = 48;
constexpr float label_gap = 24;

struct Range {
    double low = 0;
    double high = 0;
    bool any = false;
    void include(double value) {
        if (std::isnan(value)) {
            return;
        }
        low = any ? std::min(low, value) : value;
        high = any ? std::max(high, value) : value;
        any = true;
    }
};

std::string_view name_of(const ChartOptions& options) {
    if (!options.title.empty()) return options.title;
    return options.name.empty() ? options.sentence : options.name;
}

Range range_of(const ChartOptions& options) {
    Range range;
    bool has_stacks = false;
    bool has_bars = options.zero == ChartOptions::Zero::forced;
    std::vector<double> above(options.labels.size(), 0);
    std::vector<double> below(options.labels.size(), 0);
    for (const ChartSeries& series : options.series) {
        has_stacks |= series.kind == SeriesKind::stacked_bars;
        has_bars |= series.kind == SeriesKind::bars || series.kind == SeriesKind::stacked_bars;
        for (std::size_t index = 0; index < std::min(series.values.size(), above.size()); ++index) {
            const double value = series.values[index];
            if (series.kind == SeriesKind::stacked_bars && !std::isnan(value)) {
                (value > 0 ? above : below)[index] += value;
            } else {
                range.include(value);
            }
        }
    }
    if (has_stacks) {
        for (std::size_t index = 0; index < above.size(); ++index) {
            range.include(above[index]);
            range.include(below[index]);
        }
    }
    if (!options.target.label.empty()) {
        range.include(options.target.value);
    }
    // Bars lie about their size unless they start at zero.
    if (has_bars && range.any) {
        range.include(0);
    }
    return range;
}

std::string format(const std::function<std::string(double)>& formatter, double value) {
    return formatter && !std::isnan(value) ? formatter(value) : std::string("-");
}

// Indices of the labels that fit, counted back from the newest.
std::vector<int> label_indices(const ChartOptions& options, float plot_width) {
    std::vector<int> result;
    const int count = static_cast<int>(options.labels.size());
    if (count == 0) {
        return result;
    }
    float widest = 1;
    for (const std::string& label : options.labels) {
        widest = std::max(widest, measure(TextStyle::caption, label).x);
    }
    const float step = plot_width / static_cast<float>(count);
    const int stride = std::max(1, static_cast<int>(std::ceil((widest + label_gap) / step)));
    for (int index = count - 1; index >= 0; index -= stride) {
        result.push_back(index);
    }
    std::reverse(result.begin(), result.end());
    return result;
}

void set_up_axes(const ChartOptions& options, const Ticks& ticks) {
    const auto quiet = ImPlotAxisFlags_NoLabel | ImPlotAxisFlags_NoTickMarks | ImPlotAxisFlags_NoMenus |
                       ImPlotAxisFlags_NoHighlight | ImPlotAxisFlags_NoSideSwitch;
    ImPlot::SetupAxis(ImAxis_X1, nullptr, quiet | ImPlotAxisFlags_NoGridLines | ImPlotAxisFlags_NoTickLabels);
    // ImPlot would thin out the grid lines of ticks that are not its own; paint_grid() draws them.
    ImPlot::SetupAxis(ImAxis_Y1, nullptr, quiet | ImPlotAxisFlags_NoGridLines);
    ImPlot::SetupAxisLimits(ImAxis_X1, -0.5, static_cast<double>(options.labels.size()) - 0.5, ImPlotCond_Always);
    ImPlot::SetupAxisLimits(ImAxis_Y1, ticks.low, ticks.high, ImPlotCond_Always);
    const auto& formatter = options.format_tick ? options.format_tick : options.format_value;
    std::array<std::string, 12> tick_words;
    std::array<const char*, 12> tick_pointers{};
    for (int index = 0; index < ticks.count; ++index) {
        const auto position = static_cast<std::size_t>(index);
        tick_words[position] = format(formatter, ticks.values[position]);
        tick_pointers[position] = tick_words[position].c_str();
    }
    ImPlot::SetupAxisTicks(ImAxis_Y1, ticks.values.data(), ticks.count, tick_pointers.data(), false);
    ImPlot::SetupFinish();
}

void paint_grid(const ChartFrame& frame, const Ticks& ticks) {
    for (int index = 0; index < ticks.count; ++index) {
        const float y = frame.y_of(ticks.values[static_cast<std::size_t>(index)]);
        const float strength = ticks.values[static_cast<std::size_t>(index)] == 0 ? 1.0f : 0.7f;
        paint_rule(ImVec2(frame.plot.min.x, y), frame.plot.width(), ImGuiDir_Right,
                   color_with_alpha(Color::line, strength));
    }
}

// ImPlot would cut labels at its edges; these are shifted inwards instead.
void paint_labels(const ChartFrame& frame, const ChartOptions& options, float right_limit) {
    for (const int index : label_indices(options, frame.plot.width())) {
        const std::string& label = options.labels[static_cast<std::size_t>(index)];
        const ImVec2 words_size = measure(TextStyle::caption, label);
        const float x = std::min(std::max(frame.x_of(index) - words_size.x * 0.5f, frame.plot.min.x - 20),
                                 right_limit - words_size.x);
        paint_text(ImVec2(x, frame.plot.max.y + space::small), TextStyle::caption, label, color(Color::text_muted));
    }
}

void draw_tooltip(const ChartOptions& options, int index) {
    if (index < 0 || index >= static_cast<int>(options.labels.size()) || !begin_tooltip_panel()) {
        return;
    }
    text(TextStyle::caption_strong, options.labels[static_cast<std::size_t>(index)]);
    float name_width = 0;
    float value_width = 0;
    for (const ChartSeries& series : options.series) {
        const double value =
            index < static_cast<int>(series.values.size()) ? series.values[static_cast<std::size_t>(index)] : NAN;
        name_width = std::max(name_width, measure(TextStyle::caption, series.name).x);
        value_width = std::max(value_width, measure(TextStyle::caption_strong, format(options.format_value, value)).x);
    }
    const float line = line_height(TextStyle::caption);
    for (const ChartSeries& series : options.series) {
        const double value =
            index < static_cast<int>(series.values.size()) ? series.values[static_cast<std::size_t>(index)] : NAN;
        const ImVec2 at = ImGui::GetCursorScreenPos();
        ImGui::Dummy(ImVec2(20 + name_width + space::large + value_width, line));
        paint_swatch(box_at(at, ImVec2(14, line)), series,
                     options.first_immature >= 0 && index >= options.first_immature);
        text_at(ImVec2(at.x + 20, at.y), TextStyle::caption, series.name, Color::text_muted);
        text_at(ImVec2(at.x + 20 + name_width + space::large, at.y), TextStyle::caption_strong,
                format(options.format_value, value), Color::text, value_width + 1, Align::right);
    }
    if (options.first_immature >= 0 && index >= options.first_immature) {
        text(TextStyle::caption, words().immature, Color::text_muted);
    }
    end_tooltip_panel();
}

int crosshair_now(const Crosshair* crosshair) {
    return crosshair != nullptr && ImGui::GetFrameCount() - crosshair->frame <= 1 ? crosshair->index : -1;
}

void point_at(Crosshair* crosshair, int index) {
    if (crosshair != nullptr) {
        if (crosshair->index != index) {
            request_frames(2);
        }
        *crosshair = {index, ImGui::GetFrameCount()};
    }
}

// Left and right move the crosshair while the picture has the keyboard; `t` shows the table.
int move_by_key(ImGuiID id, int index, int count, ChartState& state) {
    for (const ImGuiKey key : {ImGuiKey_LeftArrow, ImGuiKey_RightArrow}) {
        ImGui::SetKeyOwner(key, id);
    }
    int moved = index < 0 ? count - 1 : index;
    moved += ImGui::IsKeyPressed(ImGuiKey_RightArrow, ImGuiInputFlags_Repeat, id) ? 1 : 0;
    moved -= ImGui::IsKeyPressed(ImGuiKey_LeftArrow, ImGuiInputFlags_Repeat, id) ? 1 : 0;
    if (ImGui::IsKeyPressed(ImGuiKey_T, false)) {
        state.view = ChartState::View::table;
        request_frames(2);
    }
    return std::clamp(moved, 0, std::max(0, count - 1));
}

void react(const ChartFrame& frame, const ChartOptions& options, ChartState& state, Crosshair* crosshair,
           ChartResult& result) {
    const Press pressed = press_at(id_of("picture"), frame.plot);
    mirror::Annotation note;
    note.role = mirror::Role::image;
    note.name = options.sentence.empty() ? options.title : options.sentence;
    note.state_set = mirror::state_focusable;
    mirror::current().annotate_last_item(note);
    if (pressed.hovered) {
        ImGui::SetMouseCursor(ImGuiMouseCursor_Arrow);
    }
    const int under = frame.index_at(ImGui::GetIO().MousePos.x);
    int shown = crosshair_now(crosshair);
    const bool by_pointer = pressed.by_pointer && frame.plot.contains(ImGui::GetIO().MousePos);
    if (by_pointer) {
        shown = under;
        point_at(crosshair, under);
    } else if (pressed.focused) {
        shown = move_by_key(pressed.id, shown, frame.point_count, state);
        point_at(crosshair, shown);
    }
    if (options.brush == ChartOptions::Brush::on && pressed.held) {
        state.brush_from = state.brush_from < 0 ? under : state.brush_from;
        const float from = frame.x_of(std::min(state.brush_from, under)) - frame.step() * 0.5f;
        const float to = frame.x_of(std::max(state.brush_from, under)) + frame.step() * 0.5f;
        paint_box({ImVec2(from, frame.plot.min.y), ImVec2(to, frame.plot.max.y)},
                  color_with_alpha(Color::accent, 0.16f), 0);
    } else if (state.brush_from >= 0) {
        if (state.brush_from != under) {
            result.brush_first = std::min(state.brush_from, under);
            result.brush_last = std::max(state.brush_from, under);
        }
        state.brush_from = -1;
    }
    if (by_pointer && ImGui::IsMouseDoubleClicked(0)) {
        result.reset = true;
    } else if (pressed.clicked && result.brush_first < 0) {
        result.pressed_index = shown;
    }
    paint_crosshair(frame, options, shown);
    if (by_pointer || pressed.focused) {
        draw_tooltip(options, shown);
    }
    paint_focus_ring(pressed.id, inset(frame.plot, -2, -2), radius::mark);
}

void draw_picture(const ChartOptions& options, ChartState& state, Crosshair* crosshair, ChartResult& result) {
    const FontScope caption(TextStyle::caption);
    const float width = ImGui::GetContentRegionAvail().x;
    const float labels_height = line_height(TextStyle::caption) + space::medium;
    const float end_labels = end_labels_width(options, width);
    const Range range = range_of(options);
    Ticks ticks =
        nice_ticks(range.low, range.high, std::clamp(static_cast<int>(options.height / tick_distance_min), 3, 7));
    // Where no value is known there is nothing to measure but where zero is.
    if (!range.any) ticks.count = 1;
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    ImGui::PushItemFlag(ImGuiItemFlags_NoNav | ImGuiItemFlags_NoTabStop, true);
    const bool open = ImPlot::BeginPlot("##plot", ImVec2(width - end_labels, options.height - labels_height),
                                        ImPlotFlags_CanvasOnly | ImPlotFlags_NoInputs | ImPlotFlags_NoFrame);
    if (open) {
        set_up_axes(options, ticks);
        ChartFrame frame;
        const ImVec2 plot_min = ImPlot::GetPlotPos();
        frame.plot = box_at(plot_min, ImPlot::GetPlotSize());
        frame.point_count = std::max(1, static_cast<int>(options.labels.size()));
        frame.low = ticks.low;
        frame.high = ticks.high;
        paint_grid(frame, ticks);
        paint_series(frame, options);
        paint_target(frame, options.target);
        if (end_labels > 0) {
            paint_end_labels(frame, options);
        }
        ImPlot::EndPlot();
        ImGui::PopItemFlag();
        paint_labels(frame, options, origin.x + width);
        react(frame, options, state, crosshair, result);
    } else {
        ImGui::PopItemFlag();
    }
    ImGui::SetCursorScreenPos(origin);
    ImGui::ItemSize(ImVec2(width, options.height), 0);
}

void draw_table(const ChartOptions& options, ChartState& state, ChartResult& result) {
    std::vector<Column> columns;
    columns.push_back({.id = "label", .title = options.label_column, .width = -1});
    for (const ChartSeries& series : options.series) {
        columns.push_back({.id = series.id,
                           .title = series.name,
                           .width = -1,
                           .align = Align::right,
                           .width_min = 84,
                           .cells = series.cells});
    }
    TableOptions look;
    look.name = name_of(options);
    look.row_count = static_cast<std::int64_t>(options.labels.size());
    look.columns = columns;
    look.height = options.height;
    look.rows = TableOptions::Rows::rest;
    const TableResult seen = table("data", look, state.table, [&](std::int64_t row, TableRow& out) {
        const auto position = static_cast<std::size_t>(row);
        out.cell({.text = options.labels[position]});
        for (const ChartSeries& series : options.series) {
            out.cell({.text = format(options.format_value,
                                     position < series.values.size() ? series.values[position] : NAN)});
        }
    });
    result.asked_point = static_cast<int>(seen.pressed_row);
    result.asked_series = seen.pressed_column - 1;
}

}  // namespace

void chart_foot(std::string_view sentence, ChartState& state) {
    const bool shows_table = state.view == ChartState::View::table;
    const std::string_view label = shows_table ? words().show_as_chart : words().show_as_table;
    const ButtonOptions look = {
        .kind = ButtonKind::quiet, .size = ButtonSize::small, .icon = shows_table ? icons::chart_column : icons::table};
    const float width = ImGui::GetContentRegionAvail().x;
    const float button_room = button_width(label, look);
    const bool stacked = width < 480;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    float used = 0;
    {
        Area area(ImVec2(at.x, at.y + 4), stacked ? width : width - button_room - space::large);
        text_wrapped(TextStyle::body, sentence, Color::text_muted);
        used = area.close() + 4;
    }
    ImGui::SetCursorScreenPos(stacked ? ImVec2(at.x - space::medium + 2, at.y + used + space::tiny)
                                      : ImVec2(at.x + width - button_room, at.y));
    if (button("view", label, look)) {
        state.view = shows_table ? ChartState::View::picture : ChartState::View::table;
        request_frames(2);
    }
    if (!stacked) {
        ImGui::SetCursorScreenPos(at);
        ImGui::ItemSize(ImVec2(width, std::max(used, 28.0f)), 0);
    }
}

ChartResult chart(const char* id, const ChartOptions& options, ChartState& state, Crosshair* crosshair) {
    ImGui::PushID(id);
    const mirror::Scope scope(id_of("chart"), {.role = mirror::Role::group, .name = name_of(options)});
    ChartResult result;
    if (!options.title.empty()) {
        heading(2, TextStyle::subtitle, options.title);  // A chart is what its card is about.
        space_below(space::small);
    }
    if (state.view == ChartState::View::picture) {
        draw_legend(options, end_labels_width(options, ImGui::GetContentRegionAvail().x) > 0);
        draw_picture(options, state, crosshair, result);
    } else {
        draw_table(options, state, result);
    }
    chart_foot(options.sentence, state);
    ImGui::PopID();
    return result;
}

}  // namespace portal::ui
