// The financing screen as a book: its table, its figures with their definitions, what they are taken apart by, and the
// single facts.
#include <algorithm>
#include <set>

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
using exports::day_cell;
using exports::money_cell;
using exports::number_cell;
using exports::text_cell;
using vm::Word;

namespace {

constexpr std::size_t ranking_bars_max = 10;
// Facts that are read at once.
constexpr std::size_t fact_rows_at_once = 1'000;

Column column_of(const vm::Format& format, const char* name, Word title, CellKind kind) {
    return {name, std::string(format.say(title)), kind};
}

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

exports::FigureLine figure_line(const vm::Format& format, const Figure& figure) {
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

std::string filters_of(const BuildContext& context, const vm::Format& format, const vm::FinancingQuery& query) {
    std::string filters;
    const auto add = [&](Word name, std::string_view value) {
        filters += (filters.empty() ? "" : "; ") + std::string(format.say(name)) + ": " + std::string(value);
    };
    if (!query.practice.empty()) add(Word::financing_practice, context.records.practice_name(query.practice));
    if (!query.location.empty()) add(Word::financing_location, context.records.location_name(query.location));
    if (!query.plan.empty()) add(Word::financing_plan, context.records.plan_name(query.plan));
    if (query.channel) add(Word::financing_channel, format.say(vm::word_of(*query.channel)));
    if (query.existing_cardholder)
        add(Word::financing_cardholder,
            format.say(*query.existing_cardholder ? Word::cardholder_existing : Word::cardholder_new));
    if (query.cents_from > 0)
        add(Word::financing_amount, format.say(Word::amount_from, {format.money_exact(query.cents_from)}));
    if (query.cents_until > 0)
        add(Word::financing_amount,
            format.say(Word::amount_between, {format.money_exact(0), format.money_exact(query.cents_until)}));
    if (query.weekday || query.hour) add(Word::financing_when, format.weekday_and_hour(query.weekday, query.hour));
    if (query.rows && query.rows->kind) add(Word::column_kind, format.say(vm::word_of(*query.rows->kind)));
    if (query.rows && query.rows->status) add(Word::column_state, format.say(vm::word_of(*query.rows->status)));
    if (query.rows && !query.rows->reference.empty()) add(Word::rows_search, query.rows->reference);
    return filters.empty() ? std::string(format.say(Word::export_filters_none)) : filters;
}

void say_query(const BuildContext& context, const vm::Format& format, const vm::FinancingPart& part, Book& book) {
    const auto say = [&](Word label, std::string value) {
        book.about.push_back({std::string(format.say(label)), std::move(value)});
    };
    say(Word::financing_period,
        format.say(Word::financing_period_custom, {iso_day(part.query.from), iso_day(part.query.until)}));
    say(Word::export_filters, filters_of(context, format, part.query));
    if (part.closed_until > 0) say(Word::passport_closed_until, iso_day(part.closed_until));
}

exports::Table periods_table(const vm::Format& format, const vm::FinancingPart& part) {
    exports::Table table;
    table.title = format.say(Word::column_period);
    table.columns = {column_of(format, "from", Word::column_from, CellKind::day),
                     column_of(format, "until", Word::column_until, CellKind::day),
                     column_of(format, "net", Word::column_net, CellKind::money),
                     column_of(format, "gross", Word::column_gross, CellKind::money),
                     column_of(format, "refunds", Word::column_refunds, CellKind::money),
                     column_of(format, "sales", Word::column_sales, CellKind::number),
                     column_of(format, "applications", Word::column_applications, CellKind::number),
                     column_of(format, "approved", Word::column_approved, CellKind::number),
                     column_of(format, "declined", Word::column_declined, CellKind::number),
                     column_of(format, "target", Word::column_target, CellKind::money),
                     column_of(format, "partial", Word::column_not_over, CellKind::text)};
    table.charted = {2};
    for (const vm::FinancingRow& row : part.rows)
        table.rows.push_back({day_cell(row.from), day_cell(row.until), money_cell(row.net_cents),
                              money_cell(row.gross_cents), money_cell(row.refund_cents), number_cell(row.sales),
                              number_cell(row.applications), number_cell(row.approved), number_cell(row.declined),
                              row.target_cents == 0 ? Cell{} : money_cell(row.target_cents),
                              text_cell(row.partial ? "yes" : "no")});
    return table;
}

exports::Table plans_table(const vm::Format& format, const vm::FinancingPart& part) {
    exports::Table table;
    table.title = format.say(Word::financing_plan);
    table.columns = {column_of(format, "plan", Word::column_plan, CellKind::text),
                     column_of(format, "gross", Word::column_gross, CellKind::money),
                     column_of(format, "sales", Word::column_sales, CellKind::number)};
    for (const vm::PlanShare& plan : part.plans)
        table.rows.push_back(
            {text_cell(vm::plan_name(format, plan)), money_cell(plan.gross_cents), number_cell(plan.sales)});
    return table;
}

exports::Table places_table(const vm::Format& format, const vm::FinancingPart& part) {
    exports::Table table;
    table.title = format.say(part.ranks_locations ? Word::financing_location : Word::financing_practice);
    table.columns = {column_of(format, "place", Word::column_place, CellKind::text),
                     column_of(format, "net", Word::column_net, CellKind::money),
                     column_of(format, "compared", Word::column_compared, CellKind::money),
                     column_of(format, "applications", Word::column_applications, CellKind::number)};
    for (const vm::RankedPlace& place : part.ranking)
        table.rows.push_back({text_cell(place.name), money_cell(place.net_cents), money_cell(place.compared_cents),
                              number_cell(place.applications)});
    return table;
}

exports::Table change_table(const vm::Format& format, const vm::FinancingPart& part) {
    exports::Table table;
    table.title = format.say(Word::column_change);
    table.columns = {column_of(format, "part", Word::column_what, CellKind::text),
                     column_of(format, "change", Word::column_change, CellKind::money)};
    for (const vm::ChangePart& one : part.change)
        table.rows.push_back(
            {text_cell(vm::part_name(format, one.kind, one.name, one.channel)), money_cell(one.cents)});
    return table;
}

exports::Chart periods_chart(const vm::Format& format, const vm::FinancingPart& part) {
    exports::Chart chart;
    chart.title = format.say(Word::financing_chart_title);
    chart.sentence = vm::chart_sentence(format, part);
    exports::ChartSeries net{.name = std::string(format.say(Word::financing_series_net))};
    exports::ChartSeries compared{
        .name = std::string(format.say(part.query.comparison == vm::Comparison::year_before ? Word::compare_year
                                                                                            : Word::compare_period)),
        .look = exports::SeriesLook::dashes};
    exports::ChartSeries target{.name = std::string(format.say(Word::financing_series_target)),
                                .look = exports::SeriesLook::marks};
    bool has_target = false;
    for (std::size_t index = 0; index < part.rows.size(); ++index) {
        chart.labels.push_back(vm::bucket_label(format, part, part.rows[index]));
        net.cents.push_back(part.rows[index].net_cents);
        if (index < part.compared.size()) compared.cents.push_back(part.compared[index].net_cents);
        target.cents.push_back(part.rows[index].target_cents);
        has_target = has_target || part.rows[index].target_cents > 0;
    }
    chart.series.push_back(std::move(net));
    if (!compared.cents.empty()) chart.series.push_back(std::move(compared));
    if (has_target) chart.series.push_back(std::move(target));
    return chart;
}

// Lying bars of a table's amounts, whose column that is.
exports::Chart bars_chart(const vm::Format& format, Word title, std::string sentence, const exports::Table& table,
                          std::size_t column, std::size_t count) {
    exports::Chart chart;
    chart.title = format.say(title);
    chart.sentence = std::move(sentence);
    exports::ChartSeries& bars = chart.series.emplace_back();
    bars.name = table.columns[column].title;
    for (std::size_t index = 0; index < std::min(count, table.rows.size()); ++index) {
        chart.labels.push_back(table.rows[index].front().text);
        bars.cents.push_back(table.rows[index][column].number);
        chart.words.push_back(format.money_exact(table.rows[index][column].number));
    }
    return chart;
}

exports::Chart funnel_chart(const vm::Format& format, const vm::FinancingPart& part) {
    constexpr Word steps[] = {Word::funnel_applications, Word::funnel_approved, Word::funnel_used, Word::funnel_kept};
    exports::Chart chart;
    chart.title = format.say(Word::financing_funnel_title);
    chart.sentence = format.say(Word::financing_funnel_sentence, {format.day(part.matured_until)});
    exports::ChartSeries& bars = chart.series.emplace_back();
    const std::int64_t first = part.funnel.front().count;
    for (const vm::FunnelStep& step : part.funnel) {
        chart.labels.emplace_back(format.say(steps[static_cast<std::size_t>(step.kind)]));
        bars.cents.push_back(step.count);
        chart.words.push_back(format.number(step.count) +
                              (first > 0 ? ", " + format.percent(step.count * 10'000 / first) : ""));
    }
    return chart;
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
    say_query(context, format, part, book);
    book.sentence = vm::chart_sentence(format, part);
    for (const Figure& figure : part.figures)
        book.figures.push_back(figure_line(format, figure));
    book.tables = {periods_table(format, part), plans_table(format, part), places_table(format, part),
                   change_table(format, part)};
    book.charts.push_back(periods_chart(format, part));
    std::int64_t change = 0;
    for (const vm::ChangePart& one : part.change)
        change += one.cents;
    if (!part.change.empty())
        book.charts.push_back(
            bars_chart(format, Word::financing_change_title,
                       format.say(Word::financing_change_sentence, {vm::signed_money(format, change)}), book.tables[3],
                       1, part.change.size()));
    if (!part.funnel.empty()) book.charts.push_back(funnel_chart(format, part));
    book.charts.push_back(bars_chart(format, Word::financing_plans_title,
                                     std::string(format.say(Word::financing_plans_sentence)), book.tables[1], 1,
                                     part.plans.size()));
    book.charts.push_back(
        bars_chart(format, part.ranks_locations ? Word::ranking_locations_title : Word::ranking_practices_title, {},
                   book.tables[2], 1, ranking_bars_max));
    end_book(format, book);
    return book;
}

Book fact_rows_book(const BuildContext& context, const vm::FinancingPart& part) {
    const vm::Format format = format_of(context);
    Book book = begin_book(context, format, Word::rows_title);
    say_query(context, format, part, book);
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
    if (total > static_cast<std::int64_t>(table.rows.size()))
        book.sentence = format.say(Word::export_rows_of,
                                   {format.number(static_cast<std::int64_t>(table.rows.size())), format.number(total)});
    end_book(format, book);
    return book;
}

}  // namespace portal::store
