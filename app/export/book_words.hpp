// The words that books share, and how they end. Thread: any.
#pragma once

#include <optional>

#include "app/export/book.hpp"
#include "app/vm/format.hpp"
#include "shared/model/figure.hpp"

namespace portal::exports {

Column column_of(const vm::Format& format, const char* name, vm::Word title, CellKind kind);
FigureLine figure_line(const vm::Format& format, const Figure& figure);
// Language, and the titles of the forms' own parts.
void say_parts(const vm::Format& format, Book& book);
// That the file stops short of what was asked, in every form: the first `told` rows of `total`, or of more.
void say_cut(const vm::Format& format, std::size_t told, std::optional<std::int64_t> total, Book& book);
// The number of rows and their SHA-256 close what is said about the file.
void end_book(const vm::Format& format, Book& book);

}  // namespace portal::exports
