// How the marks of a chart look. Private to the chart; called between ImPlot's BeginPlot and
// EndPlot.
#pragma once

#include "app/ui/chart.hpp"

namespace portal::ui {

struct ChartFrame {
    Box plot;  // Pixels of the plotting area.
    int point_count = 0;
    double low = 0;
    double high = 1;

    float x_of(double index) const {
        return plot.min.x + plot.width() * static_cast<float>((index + 0.5) / point_count);
    }
    float y_of(double value) const {
        return plot.max.y - plot.height() * static_cast<float>((value - low) / (high - low));
    }
    float step() const { return plot.width() / static_cast<float>(point_count); }
    int index_at(float x) const;
};

void paint_series(const ChartFrame& frame, const ChartOptions& options);
void paint_target(const ChartFrame& frame, const ChartTarget& target);
void paint_crosshair(const ChartFrame& frame, const ChartOptions& options, int index);
// Names at the right end of lines. Returns the room they take; draws when `paint` says so.
float end_labels_width(const ChartOptions& options, float chart_width);
void paint_end_labels(const ChartFrame& frame, const ChartOptions& options);
// Small samples with names, wrapped; advances the cursor. Draws nothing for a single plain series.
void draw_legend(const ChartOptions& options, bool lines_are_labelled);
void paint_swatch(Box box, const ChartSeries& series, bool immature);
ImU32 series_ink(const ChartSeries& series);
int bar_series_count(const ChartOptions& options);

}  // namespace portal::ui
