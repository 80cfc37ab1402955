#include "app/export/book_words.hpp"

#include "app/export/csv.hpp"
#include "app/vm/financing_words.hpp"
#include "app/vm/vocabulary.hpp"
#include "shared/base/sha256.hpp"

namespace portal::exports {

using vm::Word;

namespace {

Cell cell_of(const Figure& figure, std::int64_t value) {
    switch (figure.unit) {
        case FigureUnit::cents:
            return money_cell(value);
        case FigureUnit::basis_points:
            return exports::rate_cell(value);
        case FigureUnit::count:
        case FigureUnit::score:
        case FigureUnit::minutes:
        case FigureUnit::days:
            break;
    }
    return number_cell(value);
}

}  // namespace

Column column_of(const vm::Format& format, const char* name, Word title, CellKind kind) {
    return {name, std::string(format.say(title)), kind};
}

FigureLine figure_line(const vm::Format& format, const Figure& figure) {
    const auto count_or_money = [&](std::int64_t value, bool is_denominator) {
        return vm::is_money(figure, is_denominator) ? money_cell(value) : number_cell(value);
    };
    return {.name = std::string(format.say(vm::word_of(figure.id))),
            .value = format.figure(figure),
            .note = format.figure_note(figure),
            .formula = std::string(format.say(vm::formula_of(figure.id))),
            .version = figure.version,
            .exact = figure.value ? cell_of(figure, *figure.value) : Cell{},
            .numerator = count_or_money(figure.numerator, false),
            .denominator = figure.denominator == 1 ? Cell{} : count_or_money(figure.denominator, true)};
}

void say_parts(const vm::Format& format, Book& book) {
    book.language = vm::tag_of_language(format.language());
    book.about_title = format.say(Word::export_about);
    book.figures_title = format.say(Word::export_figures);
    for (const Word word : {Word::column_figure, Word::column_value, Word::passport_numerator,
                            Word::passport_denominator, Word::column_definition})
        book.figure_columns.emplace_back(format.say(word));
}

void say_cut(const vm::Format& format, std::size_t told, std::optional<std::int64_t> total, Book& book) {
    const std::string first = format.number(static_cast<std::int64_t>(told));
    book.sentence = total ? format.say(Word::export_rows_of, {first, format.number(*total)})
                          : format.say(Word::export_rows_first, {first});
    // A CSV has no other place for it.
    book.about.push_back({std::string(format.say(Word::export_cut)), book.sentence});
}

void end_book(const vm::Format& format, Book& book) {
    const Table& data = book.tables.front();
    book.about.push_back({std::string(format.say(Word::export_rows)), std::to_string(data.rows.size())});
    book.about.push_back({std::string(format.say(Word::export_digest)), sha256_hex(csv_rows(data))});
}

}  // namespace portal::exports
