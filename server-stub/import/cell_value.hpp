// One cell's text to one value, by the column's type. Errors are sentences without a place: the
// caller knows it.
#pragma once

#include <string_view>

#include "server-stub/import/mapping.hpp"
#include "shared/model/row.hpp"

namespace portal::import {

// Null for an empty cell of an optional column. References stay external keys. `date_order`
// concerns days only and `in_dollars` amounts only.
struct CellFormat {
    DateOrder date_order = DateOrder::iso;
    bool in_dollars = false;
};
Result<Value> parse_cell(const ImportColumn& column, std::string_view text, CellFormat format);

// "2026-03-04T10:00:00Z" or "...00.250Z"; UTC milliseconds.
Result<std::int64_t> parse_iso_instant(std::string_view text);
// "1,234.50", "$12", "0.5" to whole cents.
Result<std::int64_t> parse_dollars(std::string_view text);

}  // namespace portal::import
