// What a presenter leaves with the prospect: the what-if as a book, so that one file made of it opens from any disk,
// asks nobody for anything, prints, and says what its rows' sum was when it was made. It holds no row of the
// prospect's file, and no practice of the demo by name. Thread: any.
#pragma once

#include "app/export/book.hpp"
#include "app/vm/format.hpp"
#include "app/vm/what_if_part.hpp"

namespace portal::pitch {

// Of a part that has a result. The first table is what the hash is of.
exports::Book leave_behind_book(const vm::WhatIfPart& part, const vm::Format& format);

}  // namespace portal::pitch
