// The SQL console as all tabs of this user see it.
#include <charconv>

#include "app/console/console_tables.hpp"
#include "app/export/book_words.hpp"
#include "app/store/builders.hpp"
#include "app/store/exports.hpp"
#include "app/store/sql_history.hpp"
#include "app/store/sql_runner.hpp"

namespace portal::store {
namespace {

// Whole numbers as numbers; others keep every digit that was shown.
exports::Cell sql_cell(const vm::SqlCell& cell) {
    std::int64_t number = 0;
    const char* const end = cell.text.data() + cell.text.size();
    const bool is_whole = cell.kind == vm::SqlCell::Kind::number &&
                          std::from_chars(cell.text.data(), end, number) == std::from_chars_result{end, std::errc()};
    if (is_whole) return exports::number_cell(number);
    return cell.kind == vm::SqlCell::Kind::null ? exports::Cell{} : exports::text_cell(cell.text);
}

}  // namespace

vm::SqlPart build_sql(const BuildContext& context) {
    vm::SqlPart part;
    if (!context.may_read_facts()) return part;
    part.state = context.sql_runner->state();
    part.sql = context.sql_runner->sql();
    part.as_of_ms = context.sql_runner->as_of_ms();
    part.answer = context.sql_runner->answer();
    part.tables = console::console_tables();
    part.examples = console::console_examples();
    part.history = read_history(context.replica.state().sql_history);
    return part;
}

exports::Book sql_book(const BuildContext& context, const SqlRunner& runner) {
    const vm::Format format = format_of(context);
    exports::Book book = begin_book(context, format, vm::Word::nav_sql);
    book.as_of_ms = runner.as_of_ms();
    book.about.push_back({std::string(format.say(vm::Word::sql_question)), runner.sql()});
    exports::Table& table = book.tables.emplace_back();
    table.title = book.title;
    for (const std::string& column : runner.answer()->columns)
        table.columns.push_back({column, column, exports::CellKind::text});
    for (const auto& row : runner.answer()->rows) {
        auto& cells = table.rows.emplace_back();
        for (const vm::SqlCell& cell : row)
            cells.push_back(sql_cell(cell));
    }
    if (runner.answer()->is_cut) exports::say_cut(format, table.rows.size(), std::nullopt, book);
    exports::end_book(format, book);
    return book;
}

}  // namespace portal::store
