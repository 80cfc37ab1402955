#include "server-stub/import/record_values.hpp"

#include "shared/base/check.hpp"

namespace portal::import {
namespace {

std::size_t place_of(const ImportKind& kind, std::string_view column) {
    const int index = kind.column_index(column);
    check(index >= 0, "an import asks for a column its kind does not have");
    return static_cast<std::size_t>(index);
}

}  // namespace

const std::string& RecordValues::text(std::string_view column) const {
    static const std::string empty;
    const auto* text = std::get_if<std::string>(&values[place_of(*kind, column)]);
    return text != nullptr ? *text : empty;
}

std::int64_t RecordValues::integer(std::string_view column) const {
    const auto* number = std::get_if<std::int64_t>(&values[place_of(*kind, column)]);
    return number != nullptr ? *number : 0;
}

bool RecordValues::has(std::string_view column) const {
    return !std::holds_alternative<std::monostate>(values[place_of(*kind, column)]);
}

Problem RecordValues::problem(std::string_view column, std::string reason) const {
    const std::size_t place = place_of(*kind, column);
    return {lines[place] != 0 ? lines[place] : line, columns[place], std::string(column), std::move(reason)};
}

bool read_values(const Mapping& mapping, const Record& record, RecordValues& values, Problem& problem) {
    const ImportKind& kind = mapping.kind();
    const std::size_t count = kind.columns.size();
    values.kind = &kind;
    values.line = record.line;
    values.values.assign(count, Value{});
    values.given.assign(count, false);
    values.columns.assign(count, 1);
    values.lines.assign(count, record.line);
    if (!record.fault.empty()) {
        problem = {record.line, record.fault_column, {}, record.fault};
        return false;
    }
    for (std::size_t index = 0; index < count; ++index) {
        const ImportColumn& column = kind.columns[index];
        const Cell& cell = record.cells[index];
        const std::string* constant = mapping.constant_of(column.name);
        const bool in_file = cell.presence == Cell::Presence::given;
        if (in_file) {
            values.columns[index] = cell.column;
            values.lines[index] = cell.line;
        }
        if (!in_file && constant == nullptr) {
            if (column.need != Need::required) continue;
            problem = values.problem(column.name, "'" + std::string(column.name) + "' is missing");
            return false;
        }
        auto value = parse_cell(column, in_file ? std::string_view(cell.text) : std::string_view(*constant),
                                {mapping.date_order(), mapping.in_dollars(column.name)});
        if (!value) {
            problem = values.problem(column.name, value.error().message);
            return false;
        }
        values.values[index] = std::move(*value);
        values.given[index] = true;
    }
    return true;
}

}  // namespace portal::import
