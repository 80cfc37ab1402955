// A book as one HTML file to read and to print: figures with their definitions, charts as SVG written from the numbers,
// every table. It holds no script and asks for nothing, so it opens anywhere and stays as it is.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/export/book.hpp"
#include "app/vm/format.hpp"

namespace portal::exports {

// Text of an element or of a quoted attribute.
std::string html_text(std::string_view text);
std::string report_of(const Book& book, const vm::Format& format);
// Several books in one file, each from a page of its own on; the first one names it.
std::string report_of(std::span<const Book> books, const vm::Format& format);

}  // namespace portal::exports
