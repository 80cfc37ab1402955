// A book as an Excel workbook (Office Open XML): a sheet about the file, one of the figures, one for each table.
//
// Texts are always texts, so none is taken for a formula; money and days are numbers in their formats. The same book
// gives the same bytes: no clock, no temporary file. In the browser this is a program of its own, fetched when the
// first workbook is wanted, because nobody needs it to see a screen.
#pragma once

#include <string>

#include "app/export/book.hpp"
#include "shared/base/result.hpp"

namespace portal::workbook {

Result<std::string> workbook_of(const exports::Book& book);

}  // namespace portal::workbook
