// What an exported file says, whatever its form: who and what it is about, figures with their definitions, tables and
// charts. The forms (CSV, workbook, report) are made of this alone, so that none of them says anything of its own.
//
// Plain data: another program of the same build makes the workbook of its archive (app/vm/archive.hpp).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "shared/base/clock.hpp"

namespace portal::exports {

enum class CellKind : std::uint8_t { none, text, number, money, day, rate };

struct Cell {
    CellKind kind = CellKind::none;
    std::int64_t number = 0;  // A count, cents, a day, or basis points.
    std::string text = {};
};

inline Cell text_cell(std::string text) {
    return {CellKind::text, 0, std::move(text)};
}
inline Cell number_cell(std::int64_t number) {
    return {CellKind::number, number, {}};
}
inline Cell money_cell(std::int64_t cents) {
    return {CellKind::money, cents, {}};
}
inline Cell day_cell(std::int64_t day) {
    return {CellKind::day, day, {}};
}
inline Cell rate_cell(std::int64_t basis_points) {
    return {CellKind::rate, basis_points, {}};
}

struct Column {
    std::string name = {};   // For programs, the same in every language: "net".
    std::string title = {};  // For people.
    CellKind kind = CellKind::text;
};

struct Table {
    std::string title = {};
    std::vector<Column> columns = {};
    std::vector<std::vector<Cell>> rows = {};
    // What a workbook draws beside the table: these columns, by the first. Empty: nothing.
    std::vector<std::uint32_t> charted = {};
};

struct Statement {
    std::string label = {}, value = {};
};

struct FigureLine {
    std::string name = {};
    std::string value = {};  // In words, "-" without one.
    std::string note = {};
    std::string formula = {};
    std::int32_t version = 1;
    Cell exact = {};  // None without a value.
    Cell numerator = {}, denominator = {};
};

enum class SeriesLook : std::uint8_t { bars, dashes, marks };

struct ChartSeries {
    std::string name = {};
    SeriesLook look = SeriesLook::bars;
    std::vector<std::int64_t> cents = {};
};

// Upright columns in time, or lying bars with their values in words.
struct Chart {
    std::string title = {}, sentence = {};
    std::vector<std::string> labels = {};
    std::vector<ChartSeries> series = {};
    std::vector<std::string> words = {};  // One for each lying bar; empty: columns.
};

struct Book {
    std::string title = {};
    std::string language = {};  // BCP 47.
    std::string ribbon = {};    // Of the demo tenant; otherwise empty.
    std::string sentence = {};
    InstantMs as_of_ms = 0;
    std::vector<Statement> about = {};
    std::vector<FigureLine> figures = {};
    std::vector<Table> tables = {};  // The first one is the data: the CSV is it.
    std::vector<Chart> charts = {};
    // The words of the forms' own parts.
    std::string about_title = {}, figures_title = {};
    std::vector<std::string> figure_columns = {};  // Figure, value, numerator, denominator, definition.
};

}  // namespace portal::exports
