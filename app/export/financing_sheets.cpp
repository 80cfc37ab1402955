#include "app/export/financing_sheets.hpp"

#include <algorithm>

#include "app/export/book_words.hpp"
#include "app/vm/financing_words.hpp"
#include "app/vm/vocabulary.hpp"

namespace portal::exports {

using vm::Word;

namespace {

constexpr std::size_t ranking_bars_max = 10;

Table periods_table(const vm::Format& format, const vm::FinancingPart& part) {
    Table table;
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

Table plans_table(const vm::Format& format, const vm::FinancingPart& part) {
    Table table;
    table.title = format.say(Word::financing_plan);
    table.columns = {column_of(format, "plan", Word::column_plan, CellKind::text),
                     column_of(format, "gross", Word::column_gross, CellKind::money),
                     column_of(format, "sales", Word::column_sales, CellKind::number)};
    for (const vm::PlanShare& plan : part.plans)
        table.rows.push_back(
            {text_cell(vm::plan_name(format, plan)), money_cell(plan.gross_cents), number_cell(plan.sales)});
    return table;
}

Table places_table(const vm::Format& format, const vm::FinancingPart& part) {
    Table table;
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

Table change_table(const vm::Format& format, const vm::FinancingPart& part) {
    Table table;
    table.title = format.say(Word::column_change);
    table.columns = {column_of(format, "part", Word::column_what, CellKind::text),
                     column_of(format, "change", Word::column_change, CellKind::money)};
    for (const vm::ChangePart& one : part.change)
        table.rows.push_back(
            {text_cell(vm::part_name(format, one.kind, one.name, one.channel)), money_cell(one.cents)});
    return table;
}

Chart periods_chart(const vm::Format& format, const vm::FinancingPart& part) {
    Chart chart;
    chart.title = format.say(Word::financing_chart_title);
    chart.sentence = vm::chart_sentence(format, part);
    ChartSeries net{.name = std::string(format.say(Word::financing_series_net))};
    ChartSeries compared{
        .name = std::string(format.say(part.query.comparison == vm::Comparison::year_before ? Word::compare_year
                                                                                            : Word::compare_period)),
        .look = SeriesLook::dashes};
    ChartSeries target{.name = std::string(format.say(Word::financing_series_target)), .look = SeriesLook::marks};
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
Chart bars_chart(const vm::Format& format, Word title, std::string sentence, const Table& table, std::size_t column,
                 std::size_t count) {
    Chart chart;
    chart.title = format.say(title);
    chart.sentence = std::move(sentence);
    ChartSeries& bars = chart.series.emplace_back();
    bars.name = table.columns[column].title;
    for (std::size_t index = 0; index < std::min(count, table.rows.size()); ++index) {
        chart.labels.push_back(table.rows[index].front().text);
        bars.cents.push_back(table.rows[index][column].number);
        chart.words.push_back(format.money_exact(table.rows[index][column].number));
    }
    return chart;
}

Table funnel_table(const vm::Format& format, const vm::FinancingPart& part) {
    Table table;
    table.title = format.say(Word::financing_funnel_title);
    table.columns = {column_of(format, "step", Word::column_step, CellKind::text),
                     column_of(format, "applications", Word::column_applications, CellKind::number)};
    for (const Figure& step : part.funnel)
        table.rows.push_back({text_cell(std::string(format.say(vm::word_of(step.id)))), number_cell(step.numerator)});
    return table;
}

Chart funnel_chart(const vm::Format& format, const vm::FinancingPart& part) {
    Chart chart;
    chart.title = format.say(Word::financing_funnel_title);
    chart.sentence = vm::funnel_sentence(format, part);
    ChartSeries& bars = chart.series.emplace_back();
    for (const Figure& step : part.funnel) {
        chart.labels.emplace_back(format.say(vm::word_of(step.id)));
        bars.cents.push_back(step.numerator);
        chart.words.push_back(vm::funnel_words(format, step));
    }
    return chart;
}

Chart change_chart(const vm::Format& format, const vm::FinancingPart& part) {
    Chart chart;
    chart.title = format.say(Word::financing_change_title);
    chart.sentence = vm::change_sentence(format, part);
    ChartSeries& bars = chart.series.emplace_back();
    bars.name = format.say(Word::column_change);
    for (const vm::ChangePart& one : vm::drawn_change(part)) {
        chart.labels.push_back(vm::part_name(format, one.kind, one.name, one.channel));
        bars.cents.push_back(one.cents);
        chart.words.push_back(format.money_exact(one.cents));
    }
    return chart;
}

}  // namespace

void add_financing(const vm::Format& format, const vm::FinancingPart& part, Book& book) {
    book.sentence = vm::chart_sentence(format, part);
    for (const Figure& figure : part.figures)
        book.figures.push_back(figure_line(format, figure));
    book.tables = {periods_table(format, part), plans_table(format, part), places_table(format, part),
                   change_table(format, part)};
    if (!part.funnel.empty()) book.tables.push_back(funnel_table(format, part));
    book.charts.push_back(periods_chart(format, part));
    if (!part.change.empty()) book.charts.push_back(change_chart(format, part));
    if (!part.funnel.empty()) book.charts.push_back(funnel_chart(format, part));
    book.charts.push_back(bars_chart(format, Word::financing_plans_title, vm::plans_sentence(format, part),
                                     book.tables[1], 1, part.plans.size()));
    book.charts.push_back(
        bars_chart(format, part.ranks_locations ? Word::ranking_locations_title : Word::ranking_practices_title, {},
                   book.tables[2], 1, ranking_bars_max));
}

}  // namespace portal::exports
