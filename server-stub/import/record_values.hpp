// One record of the file as typed values, or the reason why not.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server-stub/import/cell_value.hpp"
#include "server-stub/import/mapping.hpp"
#include "shared/import/record_reader.hpp"

namespace portal::import {

struct Problem {
    std::int64_t line = 0;
    std::int64_t column = 1;
    std::string cell;
    std::string reason;
};

struct RecordValues {
    std::int64_t line = 0;
    std::vector<Value> values;          // One per column of the kind; null where not given.
    std::vector<bool> given;            // By the file or by a constant of the mapping.
    std::vector<std::int64_t> columns;  // Where each stood.
    std::vector<std::int64_t> lines;
    const ImportKind* kind = nullptr;

    const std::string& text(std::string_view column) const;  // Empty when null.
    std::int64_t integer(std::string_view column) const;     // 0 when null.
    bool has(std::string_view column) const;                 // Given and not null.
    Problem problem(std::string_view column, std::string reason) const;
};

// False and a problem when a cell is refused; the first one of the record is told.
bool read_values(const Mapping& mapping, const Record& record, RecordValues& values, Problem& problem);

}  // namespace portal::import
