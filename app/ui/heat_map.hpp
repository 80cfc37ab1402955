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

struct HeatMapOptions {
    std::string_view sentence = {};  // The same in plain words; the accessible name of the picture.
    std::span<const std::string> rows = {};
    std::span<const std::string> columns = {};
    std::span<const double> values = {};  // Row by row; none is below zero.
    std::string_view column_head = {};    // Head of the table's first column, which has the columns' labels.
    std::function<std::string(double)> format_value = {};
    float cell_height = 26;
};

void heat_map(const char* id, const HeatMapOptions& options, ChartState& state);

}  // namespace portal::ui
