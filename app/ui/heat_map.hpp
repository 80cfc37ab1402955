// Counts over two short scales, such as days of the week by hours: one tinted cell each, stronger for more. The same
// sentence, table and keys as a chart (chart.hpp).
//
// Thread: the UI thread, inside a frame.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "app/ui/chart.hpp"

namespace portal::ui {

struct HeatPlace {
    int row = -1, column = -1;
    bool is_none() const { return row < 0; }
    friend bool operator==(const HeatPlace&, const HeatPlace&) = default;
};

struct HeatMapOptions {
    std::string_view sentence = {};  // The same in plain words; the accessible name of the picture.
    std::span<const std::string> rows = {};
    std::span<const std::string> columns = {};
    std::span<const double> values = {};  // Row by row; none is below zero.
    std::string_view column_head = {};    // Head of the table's first column, which has the columns' labels.
    std::function<std::string(double)> format_value = {};
    float cell_height = 26;
    HeatPlace chosen = {};               // Stays marked.
    std::string_view press_action = {};  // What a press on a cell does, as its tooltip says it; empty: nothing.
    Cells cells = Cells::rest;           // Of the table: a press is told apart from one in the picture.
};

// What was pressed in this frame, by pointer or Enter: a cell of the picture, or a number of the table.
struct HeatPress {
    HeatPlace cell, number;
};
HeatPress heat_map(const char* id, const HeatMapOptions& options, ChartState& state);

}  // namespace portal::ui
