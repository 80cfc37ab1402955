// Records of an import file, whichever its format: one cell per wanted column, with the place it
// stood at.
//
// Thread: one owner. Errors from next() end the import of the file; a record's own fault (too few
// cells) is told in the record, so that a report can list every bad row.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/import/source_text.hpp"

namespace portal::import {

struct Cell {
    enum class Presence : std::uint8_t { absent, given } presence = Presence::absent;
    std::string text;
    std::int64_t line = 0;
    std::int64_t column = 0;  // Byte position in its line, from 1; in NDJSON the position of the record.
};

struct Record {
    std::int64_t line = 0;
    std::vector<Cell> cells;  // One per wanted column.
    std::string fault;        // Empty, or why the record as a whole cannot be read.
    std::int64_t fault_column = 1;
};

// Decides what each header of the file means; an Error names an unknown one.
class HeaderMap {
  public:
    virtual ~HeaderMap() = default;
    // Place of the wanted column, or -1 when the mapping says to ignore the header.
    virtual Result<int> target_of(std::string_view header) const = 0;
    // Called once all headers of a CSV file are known.
    virtual Status check_complete(const std::vector<int>& targets) const = 0;
    virtual std::size_t column_count() const = 0;
};

class RecordReader {
  public:
    virtual ~RecordReader() = default;
    // False at the end of the file.
    virtual Result<bool> next(Record& record) = 0;
    virtual const SourceText& source() const = 0;
};

// RFC 4180: quotes, doubled quotes, line ends inside quotes. The first record is the header.
std::unique_ptr<RecordReader> make_csv_reader(SourceText source, const HeaderMap& headers, char delimiter);

}  // namespace portal::import
