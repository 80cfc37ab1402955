// The financing screen as a book: its table, its figures with their definitions, what they are taken apart by, and the
// single facts.
#include <algorithm>
#include <set>

#include "app/export/book_words.hpp"
#include "app/export/financing_sheets.hpp"
#include "app/store/builders.hpp"
#include "app/store/exports.hpp"
#include "app/vm/financing_words.hpp"
#include "app/vm/vocabulary.hpp"
#include "shared/base/limits.hpp"

namespace portal::store {

using exports::Book;
using exports::Cell;
using exports::CellKind;
using exports::Column;
using exports::column_of;
using exports::day_cell;
using exports::money_cell;
using exports::text_cell;
using vm::Word;

namespace {

// Facts that are read at once.
constexpr std::size_t fact_rows_at_once = 1'000;

void say_query(const vm::Format& format, const vm::FinancingPart& part, Book& book) {
    const auto say = [&](Word label, std::string value) {
        book.about.push_back({std::string(format.say(label)), std::move(value)});
    };
    say(Word::financing_period,
        format.say(Word::financing_period_custom, {iso_day(part.query.from), iso_day(part.query.until)}));
    say(Word::export_filters, vm::filter_words(format, part));
    if (part.closed_until > 0) say(Word::passport_closed_until, iso_day(part.closed_until));
}

std::vector<Column> fact_columns(const vm::Format& format) {
    return {column_of(format, "event_day", Word::column_applied, CellKind::day),
            column_of(format, "posted_day", Word::column_posted, CellKind::day),
            column_of(format, "kind", Word::column_kind, CellKind::text),
            column_of(format, "status", Word::column_state, CellKind::text),
            column_of(format, "practice", Word::column_practice, CellKind::text),
            column_of(format, "location", Word::column_location, CellKind::text),
            column_of(format, "plan", Word::column_plan, CellKind::text),
            column_of(format, "channel", Word::stack_channel, CellKind::text),
            column_of(format, "existing_cardholder", Word::column_cardholder_existing, CellKind::text),
            column_of(format, "duplicate", Word::column_duplicate, CellKind::text),
            column_of(format, "reference", Word::column_reference, CellKind::text),
            column_of(format, "requested", Word::column_requested, CellKind::money),
            column_of(format, "approved", Word::column_approved_amount, CellKind::money),
            column_of(format, "settled", Word::column_settled, CellKind::money),
            column_of(format, "fee", Word::column_fee, CellKind::money)};
}

std::vector<Cell> fact_cells(const BuildContext& context, const FinancingFact& fact) {
    const auto yes_or_no = [](bool value) { return text_cell(value ? "yes" : "no"); };
    return {day_cell(fact.event_day),
            fact.kind == FactKind::application ? Cell{} : day_cell(fact.posted_day),
            text_cell(std::string(text_of(fact.kind))),
            text_cell(std::string(text_of(fact.status))),
            text_cell(context.records.practice_name(fact.practice)),
            text_cell(context.records.location_name(fact.location)),
            text_cell(context.records.plan_name(fact.plan)),
            text_cell(std::string(text_of(fact.channel))),
            yes_or_no(fact.existing_cardholder),
            yes_or_no(fact.duplicate),
            text_cell(fact.external_key),
            money_cell(fact.requested_cents),
            money_cell(fact.approved_cents),
            money_cell(fact.settled_cents),
            money_cell(fact.fee_cents)};
}

}  // namespace

Book financing_book(const BuildContext& context, const vm::FinancingPart& part) {
    const vm::Format format = format_of(context);
    Book book = begin_book(context, format, Word::financing_title);
    say_query(format, part, book);
    exports::add_financing(format, part, book);
    exports::end_book(format, book);
    return book;
}

Book fact_rows_book(const BuildContext& context, const vm::FinancingPart& part) {
    const vm::Format format = format_of(context);
    Book book = begin_book(context, format, Word::rows_title);
    say_query(format, part, book);
    exports::Table& table = book.tables.emplace_back();
    table.title = format.say(Word::export_rows);
    table.columns = fact_columns(format);
    const FactFilter filter = fact_filter_of(context, part.query);
    const vm::RowsQuery rows = part.query.rows.value_or(vm::RowsQuery{});
    std::int64_t total = 0;
    do {
        const std::size_t count = std::min(fact_rows_at_once, limits::export_rows_max - table.rows.size());
        const FactPage page =
            context.records.facts().window(filter, rows.reference, fact_order_of(rows), table.rows.size(), count);
        total = page.total;
        for (const FinancingFact& fact : page.facts)
            table.rows.push_back(fact_cells(context, fact));
        if (page.facts.empty()) break;
    } while (table.rows.size() < limits::export_rows_max && static_cast<std::int64_t>(table.rows.size()) < total);
    if (total > static_cast<std::int64_t>(table.rows.size())) exports::say_cut(format, table.rows.size(), total, book);
    exports::end_book(format, book);
    return book;
}

}  // namespace portal::store
