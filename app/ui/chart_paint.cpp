#include "app/ui/chart_paint.hpp"

#include <imgui_internal.h>
#include <implot.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "app/mirror/mirror.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/text.hpp"
#include "app/ui/words.hpp"

namespace portal::ui {
namespace {

constexpr float bar_width_max = 40;
constexpr float bar_share = 0.66f;
constexpr float stack_gap = 1;
constexpr float line_width = 2;
constexpr float end_label_width_max = 150;
constexpr float end_labels_from_width = 420;

bool is_line(const ChartSeries& series) {
    return series.kind == SeriesKind::line || series.kind == SeriesKind::area;
}

bool is_immature(const ChartOptions& options, int index) {
    return options.first_immature >= 0 && index >= options.first_immature;
}

// Bars are rounded only where they end, never where they stand.
void paint_bar(Box box, ImU32 ink, bool hatched, bool ends_up, bool ends_down) {
    if (box.height() < 0.5f) {
        return;
    }
    const float rounding = std::min({3.0f, box.width() * 0.3f, box.height()});
    const ImDrawFlags corners =
        (ends_up ? ImDrawFlags_RoundCornersTop : 0) | (ends_down ? ImDrawFlags_RoundCornersBottom : 0);
    ImDrawList* list = ImGui::GetWindowDrawList();
    const ImDrawFlags flags = corners == 0 ? static_cast<ImDrawFlags>(ImDrawFlags_RoundCornersNone) : corners;
    if (!hatched) {
        list->AddRectFilled(box.min, box.max, ink, rounding, flags);
        return;
    }
    list->AddRectFilled(box.min, box.max, mix(color(Color::card), ink, 0.14f), rounding, flags);
    paint_hatch(box, ink, 5, 1);
    list->AddRect(box.min, box.max, ink, rounding, flags, 1);
}

Box bar_box(const ChartFrame& frame, float left, float width, double from, double to) {
    const float top = frame.y_of(std::max(from, to));
    const float bottom = frame.y_of(std::min(from, to));
    const float right = left + width;
    return {ImVec2(std::round(left), std::round(top)),
            ImVec2(std::max(std::round(left) + 1, std::round(right)), std::round(bottom))};
}

float group_width(const ChartFrame& frame, int bars_beside) {
    const float widest = bar_width_max * static_cast<float>(std::max(1, bars_beside));
    // With hundreds of days bars touch: a gap would eat them.
    const float share = frame.step() < 4 ? 1.0f : bar_share;
    return std::min(frame.step() * share, widest);
}

void paint_bars(const ChartFrame& frame, const ChartOptions& options, const ChartSeries& series, int slot, int slots) {
    const float group = group_width(frame, slots);
    const float width = group / static_cast<float>(slots);
    const float gap = slots > 1 && width > 4 ? 1.0f : 0.0f;
    const ImU32 ink = series_ink(series);
    for (int index = 0; index < std::min(frame.point_count, static_cast<int>(series.values.size())); ++index) {
        const double value = series.values[static_cast<std::size_t>(index)];
        if (std::isnan(value) || value == 0) {
            continue;
        }
        const float left = frame.x_of(index) - group * 0.5f + width * static_cast<float>(slot);
        const Box box = bar_box(frame, left, width - gap, 0, value);
        const bool hatched = series.style == SeriesStyle::other || is_immature(options, index);
        if (series.style == SeriesStyle::comparison) {
            paint_box(box, mix(color(Color::card), ink, 0.12f), 2);
            paint_border(box, ink, 2, 1);
        } else {
            paint_bar(box, ink, hatched, value > 0, value < 0);
        }
    }
}

void paint_stacks(const ChartFrame& frame, const ChartOptions& options) {
    const float width = group_width(frame, 1);
    for (int index = 0; index < frame.point_count; ++index) {
        double above = 0;
        double below = 0;
        const float left = frame.x_of(index) - width * 0.5f;
        for (const ChartSeries& series : options.series) {
            if (series.kind != SeriesKind::stacked_bars || index >= static_cast<int>(series.values.size())) {
                continue;
            }
            const double value = series.values[static_cast<std::size_t>(index)];
            if (std::isnan(value) || value == 0) {
                continue;
            }
            double& sum = value > 0 ? above : below;
            Box box = bar_box(frame, left, width, sum, sum + value);
            // The gap shows the card between parts, so that neighbours never merge for anybody.
            if (sum != 0 && box.height() > 2) {
                (value > 0 ? box.max.y : box.min.y) += value > 0 ? -stack_gap : stack_gap;
            }
            sum += value;
            paint_bar(box, series_ink(series), series.style == SeriesStyle::other || is_immature(options, index), false,
                      false);
        }
    }
}

// Gaps (NaN) split a line into runs.
template <typename Draw>
void for_runs(const ChartFrame& frame, std::span<const double> values, int first, int last, Draw&& draw) {
    std::vector<ImVec2> run;
    for (int index = first; index <= last; ++index) {
        const double value = values[static_cast<std::size_t>(index)];
        if (std::isnan(value)) {
            draw(run);
            run.clear();
            continue;
        }
        run.emplace_back(frame.x_of(index), frame.y_of(value));
    }
    draw(run);
}

void paint_line_run(const std::vector<ImVec2>& run, ImU32 ink, bool dashed, float dash) {
    if (run.size() == 1) {
        ImGui::GetWindowDrawList()->AddCircleFilled(run[0], 3, ink, 16);
    } else if (dashed) {
        paint_dashed(run, ink, line_width, dash, dash * 0.75f);
    } else if (run.size() > 1) {
        ImGui::GetWindowDrawList()->AddPolyline(run.data(), static_cast<int>(run.size()), ink, ImDrawFlags_None,
                                                line_width);
    }
}

void paint_area_run(const std::vector<ImVec2>& run, ImU32 ink, float base) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    // Without anti-aliasing, whose fringes would show as seams between neighbours.
    const ImDrawListFlags flags = list->Flags;
    list->Flags &= ~ImDrawListFlags_AntiAliasedFill;
    for (std::size_t index = 1; index < run.size(); ++index) {
        const ImVec2 quad[4] = {run[index - 1], run[index], ImVec2(run[index].x, base), ImVec2(run[index - 1].x, base)};
        list->AddConvexPolyFilled(quad, 4, ink);
    }
    list->Flags = flags;
}

// Each bucket has a target of its own; equal ones join to one line.
void paint_targets(const ChartFrame& frame, std::span<const double> values) {
    for (int index = 0; index < std::min(frame.point_count, static_cast<int>(values.size())); ++index) {
        const double value = values[static_cast<std::size_t>(index)];
        if (!std::isnan(value)) {
            paint_rule(ImVec2(frame.x_of(index) - frame.step() * 0.5f, std::round(frame.y_of(value))), frame.step(),
                       ImGuiDir_Right, color(Color::text));
        }
    }
}

void paint_line(const ChartFrame& frame, const ChartOptions& options, const ChartSeries& series, int ordinal) {
    const int last = std::min(frame.point_count, static_cast<int>(series.values.size())) - 1;
    if (last < 0) {
        return;
    }
    if (series.style == SeriesStyle::target) {
        return paint_targets(frame, series.values);
    }
    const ImU32 ink = series_ink(series);
    if (series.kind == SeriesKind::area) {
        const ImU32 under = (ink & ~IM_COL32_A_MASK) | (34u << IM_COL32_A_SHIFT);
        for_runs(frame, series.values, 0, last, [&](const std::vector<ImVec2>& run) {
            paint_area_run(run, under, frame.y_of(std::clamp(0.0, frame.low, frame.high)));
        });
    }
    const int solid_until = options.first_immature < 0 ? last : std::min(last, std::max(0, options.first_immature - 1));
    // Lines differ by dash as well as by hue: every line after the first few has its own rhythm.
    const bool dashed = series.style != SeriesStyle::normal || ordinal >= 2;
    const float dash = series.style == SeriesStyle::comparison ? 5.0f : 3.0f + 3.0f * static_cast<float>(ordinal % 4);
    for_runs(frame, series.values, 0, solid_until,
             [&](const std::vector<ImVec2>& run) { paint_line_run(run, ink, dashed, dash); });
    if (solid_until < last) {
        for_runs(frame, series.values, solid_until, last,
                 [&](const std::vector<ImVec2>& run) { paint_line_run(run, ink, true, 2.5f); });
    }
}

double last_value(const ChartSeries& series) {
    for (std::size_t index = series.values.size(); index > 0; --index) {
        if (!std::isnan(series.values[index - 1])) {
            return series.values[index - 1];
        }
    }
    return NAN;
}

}  // namespace

int ChartFrame::index_at(float x) const {
    // Without a pointer, x is further away than an int can say.
    const float last = static_cast<float>(std::max(0, point_count - 1));
    return static_cast<int>(std::clamp((x - plot.min.x) / std::max(step(), 0.001f), 0.0f, last));
}

ImU32 series_ink(const ChartSeries& series) {
    if (series.style == SeriesStyle::comparison) {
        return color(Color::control_line);
    }
    if (series.style == SeriesStyle::target) {
        return color(Color::text);
    }
    return color(series.style == SeriesStyle::other ? Color::series_other : series_color(series.color_index));
}

int bar_series_count(const ChartOptions& options) {
    return static_cast<int>(std::count_if(options.series.begin(), options.series.end(),
                                          [](const ChartSeries& series) { return series.kind == SeriesKind::bars; }));
}

void paint_series(const ChartFrame& frame, const ChartOptions& options) {
    ImPlot::PushPlotClipRect(2);
    const int slots = bar_series_count(options);
    int slot = 0;
    for (const ChartSeries& series : options.series) {
        if (series.kind == SeriesKind::bars) {
            paint_bars(frame, options, series, slot++, slots);
        }
    }
    paint_stacks(frame, options);
    int ordinal = 0;
    for (const ChartSeries& series : options.series) {
        if (is_line(series)) {
            paint_line(frame, options, series, series.style == SeriesStyle::normal ? ordinal++ : 0);
        }
    }
    ImPlot::PopPlotClipRect();
    if (frame.low < 0 && frame.high > 0) {
        paint_rule(ImVec2(frame.plot.min.x, frame.y_of(0)), frame.plot.width(), ImGuiDir_Right,
                   color(Color::control_line));
    }
}

void paint_target(const ChartFrame& frame, const ChartTarget& target) {
    if (target.label.empty()) {
        return;
    }
    const float y = std::round(frame.y_of(target.value));
    paint_rule(ImVec2(frame.plot.min.x, y), frame.plot.width(), ImGuiDir_Right, color(Color::text));
    const ImVec2 words_size = measure(TextStyle::caption_strong, target.label);
    const ImVec2 at(frame.plot.min.x + 4, y - words_size.y - 2 < frame.plot.min.y ? y + 2 : y - words_size.y - 2);
    paint_box(box_at(ImVec2(at.x - 3, at.y), ImVec2(words_size.x + 6, words_size.y)),
              color_with_alpha(Color::card, 0.85f), radius::mark);
    text_at(at, TextStyle::caption_strong, target.label, Color::text);
}

void paint_crosshair(const ChartFrame& frame, const ChartOptions& options, int index) {
    if (index < 0 || index >= frame.point_count) {
        return;
    }
    const float x = std::round(frame.x_of(index));
    paint_rule(ImVec2(x, frame.plot.min.y), frame.plot.height(), ImGuiDir_Down, color(Color::control_line));
    for (const ChartSeries& series : options.series) {
        if (!is_line(series) || index >= static_cast<int>(series.values.size())) {
            continue;
        }
        const double value = series.values[static_cast<std::size_t>(index)];
        if (!std::isnan(value)) {
            const ImVec2 at(frame.x_of(index), frame.y_of(value));
            ImGui::GetWindowDrawList()->AddCircleFilled(at, 5, color(Color::card), 20);
            ImGui::GetWindowDrawList()->AddCircleFilled(at, 3.5f, series_ink(series), 20);
        }
    }
}

float end_labels_width(const ChartOptions& options, float chart_width) {
    if (chart_width < end_labels_from_width || options.series.size() < 2) {
        return 0;
    }
    float widest = 0;
    for (const ChartSeries& series : options.series) {
        if (is_line(series)) {
            widest = std::max(widest, measure(TextStyle::caption_strong, series.name).x);
        }
    }
    return widest > 0 ? std::min(widest, end_label_width_max) + space::medium : 0;
}

void paint_end_labels(const ChartFrame& frame, const ChartOptions& options) {
    struct Label {
        const ChartSeries* series;
        float y;
    };
    std::array<Label, 9> labels{};
    std::size_t count = 0;
    for (const ChartSeries& series : options.series) {
        const double value = last_value(series);
        if (is_line(series) && !std::isnan(value) && count < labels.size()) {
            labels[count++] = {&series, frame.y_of(value)};
        }
    }
    std::sort(labels.begin(), labels.begin() + static_cast<std::ptrdiff_t>(count),
              [](const Label& a, const Label& b) { return a.y < b.y; });
    const float line = line_height(TextStyle::caption_strong);
    for (std::size_t index = 1; index < count; ++index) {
        labels[index].y = std::max(labels[index].y, labels[index - 1].y + line);
    }
    for (std::size_t index = 0; index < count; ++index) {
        const ImU32 ink = labels[index].series->style == SeriesStyle::normal ? series_ink(*labels[index].series)
                                                                             : color(Color::text_muted);
        // Series colours reach 3:1 as marks only; as text they lean towards the text colour.
        paint_text_cut(ImVec2(frame.plot.max.x + space::small, labels[index].y - line * 0.5f), end_label_width_max,
                       TextStyle::caption_strong, labels[index].series->name, mix(ink, color(Color::text), 0.45f));
    }
}

void paint_swatch(Box box, const ChartSeries& series, bool immature) {
    const ImU32 ink = series_ink(series);
    const float middle = box.center().y;
    if (is_line(series)) {
        const ImVec2 ends[2] = {ImVec2(box.min.x, middle), ImVec2(box.max.x, middle)};
        if (series.style == SeriesStyle::normal || series.style == SeriesStyle::target) {
            ImGui::GetWindowDrawList()->AddLine(ends[0], ends[1], ink,
                                                series.style == SeriesStyle::target ? 1.0f : line_width);
        } else {
            paint_dashed(ends, ink, line_width, 3, 2.5f);
        }
        return;
    }
    const Box square = box_at(ImVec2(box.center().x - 5, middle - 5), ImVec2(10, 10));
    if (immature || series.style == SeriesStyle::other) {
        paint_hatch(square, ink, 3.5f, 1);
        paint_border(square, ink, 2, 1);
    } else if (series.style == SeriesStyle::comparison) {
        paint_border(square, ink, 2, 1);
    } else {
        paint_box(square, ink, 2);
    }
}

void draw_legend(const ChartOptions& options, bool lines_are_labelled) {
    constexpr float swatch = 14;
    const bool has_immature =
        options.first_immature >= 0 && options.first_immature < static_cast<int>(options.labels.size());
    int entries = 0;
    for (const ChartSeries& series : options.series) {
        entries += is_line(series) && lines_are_labelled ? 0 : 1;
    }
    if (entries < 2 && !has_immature) {
        return;
    }
    const auto entry = [&](const ChartSeries& series, std::string_view name, bool immature, bool first) {
        const float width = swatch + 6 + measure(TextStyle::caption, name).x;
        if (!first) {
            flow(width, space::large);
        }
        const Box box = box_at(ImGui::GetCursorScreenPos(), ImVec2(width, line_height(TextStyle::caption)));
        ImGui::ItemSize(box.size(), 0);
        ImGui::ItemAdd(ImRect(box.min, box.max), 0);
        paint_swatch(box_at(box.min, ImVec2(swatch, box.height())), series, immature);
        text_at(ImVec2(box.min.x + swatch + 6, box.min.y), TextStyle::caption, name, Color::text_muted);
    };
    bool first = true;
    if (entries >= 2) {
        for (const ChartSeries& series : options.series) {
            if (!is_line(series) || !lines_are_labelled) {
                entry(series, series.name, false, first);
                first = false;
            }
        }
    }
    if (has_immature && !options.series.empty()) {
        ChartSeries sample = options.series.front();
        sample.kind = SeriesKind::bars;
        entry(sample, words().immature, true, first);
    }
    space_below(space::small);
}

}  // namespace portal::ui
