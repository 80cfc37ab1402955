// The screen on the table as a book, so that it can be left behind: figures, charts and rows as they are now, with
// their definitions and hash. What the desk notes for itself is not in it. Thread: any.
#pragma once

#include <optional>

#include "app/export/book.hpp"
#include "app/vm/format.hpp"
#include "app/vm/snapshot.hpp"

namespace portal::pitch {

// Nothing of a screen that no step shows, or whose rows are not there.
std::optional<exports::Book> view_book(const vm::Snapshot& snapshot, const vm::Query& shown, const vm::Format& format);

}  // namespace portal::pitch
