// The program that makes workbooks, for web/workbook.js: the archive of a book in, the file's bytes out.
#include <cstdint>
#include <string>

#include "app/vm/archive.hpp"
#include "app/workbook/workbook.hpp"

namespace {

// Of the last call, until the next one.
std::string made_workbook;

}  // namespace

extern "C" {

// How many bytes; 0 for an archive that is none, or without memory.
int portal_workbook_make(const char* archive, int size) {
    made_workbook.clear();
    const auto book = portal::vm::from_archive<portal::exports::Book>({archive, static_cast<std::size_t>(size)});
    if (!book || book->tables.empty()) return 0;
    auto made = portal::workbook::workbook_of(*book);
    if (made) made_workbook = std::move(*made);
    return static_cast<int>(made_workbook.size());
}

const char* portal_workbook_bytes() {
    return made_workbook.data();
}
}
