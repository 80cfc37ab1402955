#include "app/export/csv.hpp"

#include "shared/base/calendar_day.hpp"
#include "shared/base/durations.hpp"

namespace portal::exports {
namespace {

constexpr std::string_view line_end = "\r\n";

std::string two_digits(std::int64_t number) {
    std::string text = std::to_string(number);
    return text.size() < 2 ? "0" + text : text;
}

std::string csv_field(const Cell& cell) {
    switch (cell.kind) {
        case CellKind::none:
            return {};
        case CellKind::text:
            return csv_text(cell.text);
        case CellKind::number:
            return std::to_string(cell.number);
        case CellKind::money:
        case CellKind::rate:  // Per cent.
            return csv_money(cell.number);
        case CellKind::day:
            break;
    }
    return iso_day(static_cast<Day>(cell.number));
}

}  // namespace

std::string csv_text(std::string_view text) {
    std::string field;
    if (!text.empty() && (std::string_view("=+-@").find(text.front()) != std::string_view::npos ||
                          static_cast<unsigned char>(text.front()) < 0x20))
        field += '\'';
    field += text;
    if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
    std::string quoted = "\"";
    for (const char letter : field) {
        if (letter == '"') quoted += '"';
        quoted += letter;
    }
    return quoted + '"';
}

std::string csv_money(std::int64_t cents) {
    const bool is_negative = cents < 0;
    const auto size = is_negative ? 0 - static_cast<std::uint64_t>(cents) : static_cast<std::uint64_t>(cents);
    return (is_negative ? "-" : "") + std::to_string(size / 100) + "." +
           two_digits(static_cast<std::int64_t>(size % 100));
}

std::string iso_instant(InstantMs instant_ms) {
    if (instant_ms <= 0) return {};
    const std::int64_t seconds = instant_ms % day_ms / second_ms;
    return iso_day(static_cast<Day>(instant_ms / day_ms)) + "T" + two_digits(seconds / 3600) + ":" +
           two_digits(seconds / 60 % 60) + ":" + two_digits(seconds % 60) + "Z";
}

std::string csv_rows(const Table& table) {
    std::string text;
    for (const auto& row : table.rows) {
        for (std::size_t index = 0; index < row.size(); ++index) {
            if (index > 0) text += ',';
            text += csv_field(row[index]);
        }
        text += line_end;
    }
    return text;
}

std::vector<Statement> statements_of(const Book& book) {
    std::vector<Statement> statements = book.about;
    for (const FigureLine& figure : book.figures)
        statements.push_back({figure.name + " (" + std::to_string(figure.version) + ")", figure.formula});
    return statements;
}

std::string csv_of(const Book& book) {
    std::string text = csv_text(book.title);
    if (!book.ribbon.empty()) text += ',' + csv_text(book.ribbon);
    text += line_end;
    for (const Statement& statement : statements_of(book))
        text += csv_text(statement.label) + ',' + csv_text(statement.value) + std::string(line_end);
    text += line_end;
    const Table& table = book.tables.front();
    for (std::size_t index = 0; index < table.columns.size(); ++index)
        text += (index > 0 ? "," : "") + csv_text(table.columns[index].name);
    text += line_end;
    return text + csv_rows(table);
}

}  // namespace portal::exports
