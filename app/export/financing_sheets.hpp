// What the financing screen shows, in a book: its figures with their definitions, its tables and charts. Thread: any.
#pragma once

#include "app/export/book.hpp"
#include "app/vm/financing_part.hpp"
#include "app/vm/format.hpp"

namespace portal::exports {

// Sentence, figures, tables and charts; what the book is about is the caller's to say.
void add_financing(const vm::Format& format, const vm::FinancingPart& part, Book& book);

}  // namespace portal::exports
