// The words that books share, and how they end. Thread: any.
#pragma once

#include "app/export/book.hpp"
#include "app/vm/format.hpp"
#include "shared/model/figure.hpp"

namespace portal::exports {

Column column_of(const vm::Format& format, const char* name, vm::Word title, CellKind kind);
FigureLine figure_line(const vm::Format& format, const Figure& figure);
// Language, and the titles of the forms' own parts.
void say_parts(const vm::Format& format, Book& book);
// The number of rows and their SHA-256 close what is said about the file.
void end_book(const vm::Format& format, Book& book);

}  // namespace portal::exports
