// A book as CSV by RFC 4180: a block of "label,value" lines, an empty line, the columns' names, the rows.
//
// Money is exact ("-12.34"), days are "2026-03-04", nothing is grouped or translated below the block. The block ends
// with a SHA-256 over the rows as they stand in the file, line ends included, without the line of names.
#pragma once

#include <string>
#include <string_view>

#include "app/export/book.hpp"

namespace portal::exports {

// One field, quoted when it must be. A text that a spreadsheet could take for a formula (it begins with = + - @ or a
// control character) gets a leading apostrophe.
std::string csv_text(std::string_view text);
// -1234 -> "-12.34"
std::string csv_money(std::int64_t cents);
// "2026-03-04T12:30:00Z"; empty for no instant.
std::string iso_instant(InstantMs instant_ms);

// The lines of a table's rows.
std::string csv_rows(const Table& table);
// The book's statements and definitions, as the block has them.
std::vector<Statement> statements_of(const Book& book);
std::string csv_of(const Book& book);

}  // namespace portal::exports
