// Charts over ImPlot that look like the portal: bars from zero, hairline grid, few ticks, direct
// labels, one crosshair for all charts of a screen, a sentence in plain words and the same data as
// a table one key away.
//
//     ChartSeries series[] = {{.id = "net", .name = "Net financed volume", .kind =
//     SeriesKind::bars, .values = net},
//                             {.id = "last", .name = "Last year", .kind = SeriesKind::line, .values
//                             = last, .style = SeriesStyle::comparison}};
//     chart("net", {.title = "What did we finance?", .sentence = s, .labels = months, .series =
//     series, .format_value = &money}, state, crosshair);
//
// Thread: the UI thread, inside a frame.
#pragma once

#include "app/ui/table.hpp"
#include "app/ui/tokens.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace portal::ui {

enum class SeriesKind : std::uint8_t { bars, stacked_bars, line, area };
enum class SeriesStyle : std::uint8_t {
    normal,
    comparison,  // Dashed and muted: the former period.
    target,      // A thin line over each bucket: what was aimed at.
    other,       // Hatched grey: what is left beyond eight series.
};

struct ChartSeries {
    const char* id = "";
    std::string_view name = {};
    SeriesKind kind = SeriesKind::bars;
    std::span<const double> values = {};  // One per label; NaN is a gap.
    int color_index = 0;                  // 0..7.
    SeriesStyle style = SeriesStyle::normal;
    Cells cells = Cells::rest;  // In the table: a press is told in ChartResult.
};

struct ChartTarget {
    double value = 0;
    std::string_view label = {};  // "Target $40K". Empty: no line.
};

struct ChartOptions {
    std::string_view title = {};               // What is asked or found. Empty when the card says it.
    std::string_view name = {};                // What the chart is called where its title stands elsewhere.
    std::string_view sentence = {};            // The same in plain words; the accessible name of the picture.
    std::string_view label_column = {};        // Head of the table's first column ("Month").
    std::span<const std::string> labels = {};  // One per point, ready to show ("Mar 2026").
    std::span<const ChartSeries> series = {};  // At most 9.
    std::function<std::string(double)> format_value = {};  // Exact, for tooltip and table.
    std::function<std::string(double)> format_tick = {};   // Short, for the axis; format_value when empty.
    ChartTarget target = {};
    int first_immature = -1;  // From this point on values are not complete: hatched.
    float height = 280;
    enum class Brush : std::uint8_t { off, on } brush = Brush::off;
    enum class Zero : std::uint8_t { forced, free } zero = Zero::forced;  // free: lines of rates may start elsewhere.
};

// One per screen, shared by its charts, so that they point at the same moment.
struct Crosshair {
    int index = -1;
    int frame = -1;
};

struct ChartState {
    enum class View : std::uint8_t { picture, table } view = View::picture;
    TableState table;
    int brush_from = -1;  // While the pointer drags.
    int cell = 0;         // Of a heat map, the keyboard's.
};

struct ChartResult {
    int brush_first = -1, brush_last = -1;  // Set in the frame in which a brush ended.
    bool reset = false;                     // Double click.
    int pressed_index = -1;
    int asked_point = -1, asked_series = -1;  // Whose cell of the table was pressed.
};

ChartResult chart(const char* id, const ChartOptions& options, ChartState& state, Crosshair* crosshair = nullptr);

// The sentence below a picture and the button that shows its data as a table, for all kinds of charts.
void chart_foot(std::string_view sentence, ChartState& state);

// Pure: at most `ticks_max` round tick values that cover [low, high], lowest first.
struct Ticks {
    std::array<double, 12> values{};
    int count = 0;
    double low = 0, high = 1;  // The axis' range.
};
Ticks nice_ticks(double low, double high, int ticks_max);

// Horizontal parts that sum to a total ("explain the change"): a bar each from the running sum,
// then the total.
struct WaterfallPart {
    const char* id = "";
    std::string_view label = {};
    double value = 0;
    std::string_view words = {};  // The value, ready to show ("+$3,120").
    enum class Rows : std::uint8_t { rest, press } row = Rows::rest;
};
// Which part was pressed, and whose value; the total's comes after the parts'.
struct WaterfallPress {
    int part = -1;
    int value = -1;
};
// `value_action` says what a press on a value does; empty: values are text.
WaterfallPress waterfall(const char* id, std::string_view sentence, std::span<const WaterfallPart> parts,
                         const WaterfallPart& total, std::string_view value_action = {});

}  // namespace portal::ui
