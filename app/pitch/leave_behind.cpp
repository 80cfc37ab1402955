#include "app/pitch/leave_behind.hpp"

#include "app/export/book_words.hpp"
#include "app/views/pitch_what_if_view.hpp"
#include "app/vm/pitch_words.hpp"
#include "app/vm/plan_wording.hpp"
#include "shared/base/check.hpp"

namespace portal::pitch {
namespace {

using exports::Book;
using exports::CellKind;
using exports::money_cell;
using exports::rate_cell;
using exports::text_cell;
using vm::PitchWord;
using vm::Word;

std::string said(const vm::Format& format, PitchWord word) {
    return std::string(vm::say(format.language(), word));
}

exports::Column column_named(const vm::Format& format, const char* name, PitchWord title, CellKind kind) {
    return {name, said(format, title), kind};
}

std::string range_note(const vm::Format& format, const std::string& low, const std::string& high) {
    return vm::say(format.language(), PitchWord::what_if_range, {low, high});
}

exports::FigureLine money_line(const vm::Format& format, PitchWord name, const CentsSpan& span, PitchWord formula) {
    return {.name = said(format, name),
            .value = format.money_short(span.middle),
            .note = range_note(format, format.money_short(span.low), format.money_short(span.high)),
            .formula = said(format, formula),
            .exact = money_cell(span.middle)};
}

exports::FigureLine rate_line(const vm::Format& format, PitchWord name, const RateRange& range, PitchWord formula) {
    return {.name = said(format, name),
            .value = format.percent(range.middle),
            .note = range_note(format, format.percent(range.low), format.percent(range.high)),
            .formula = said(format, formula),
            .exact = rate_cell(range.middle)};
}

exports::Table size_table(const vm::Format& format, const WhatIf& result, const WhatIfAssumptions& assumptions) {
    exports::Table table;
    table.title = said(format, PitchWord::what_if_by_size);
    table.columns = {column_named(format, "size", PitchWord::what_if_column_size, CellKind::text),
                     column_named(format, "cases", PitchWord::what_if_column_cases, CellKind::number),
                     column_named(format, "production", PitchWord::what_if_column_production, CellKind::money),
                     column_named(format, "apply", PitchWord::what_if_apply_any, CellKind::rate),
                     column_named(format, "low", PitchWord::leave_column_low, CellKind::money),
                     column_named(format, "financed", PitchWord::what_if_column_financed, CellKind::money),
                     column_named(format, "high", PitchWord::leave_column_high, CellKind::money),
                     column_named(format, "cost", PitchWord::what_if_column_cost, CellKind::money)};
    for (std::size_t size = 0; size < case_sizes; ++size)
        table.rows.push_back({text_cell(views::name_of_case_size(format, size)),
                              exports::number_cell(result.production[size].cases),
                              money_cell(result.production[size].cents),
                              // No plan begins below the first bound.
                              size == 0 ? exports::Cell{} : rate_cell(assumptions.apply[size]),
                              money_cell(result.by_size[size].low), money_cell(result.by_size[size].middle),
                              money_cell(result.by_size[size].high), money_cell(result.cost_by_size[size].middle)});
    return table;
}

exports::Table plan_table(const vm::Format& format, const WhatIf& result) {
    exports::Table table;
    table.title = said(format, PitchWord::what_if_by_plan);
    table.columns = {column_named(format, "plan", PitchWord::what_if_column_plan, CellKind::text),
                     column_named(format, "low", PitchWord::leave_column_low, CellKind::money),
                     column_named(format, "financed", PitchWord::what_if_column_financed, CellKind::money),
                     column_named(format, "high", PitchWord::leave_column_high, CellKind::money),
                     column_named(format, "fee", PitchWord::what_if_column_fee, CellKind::rate),
                     column_named(format, "cost", PitchWord::what_if_column_cost, CellKind::money)};
    for (const WhatIfPlan& plan : result.by_plan)
        table.rows.push_back({text_cell(plan.plan.name), money_cell(plan.volume.low), money_cell(plan.volume.middle),
                              money_cell(plan.volume.high), rate_cell(plan.plan.merchant_fee_basis_points),
                              money_cell(plan.cost.middle)});
    return table;
}

exports::Table sensitivity_table(const vm::Format& format, const WhatIf& result) {
    exports::Table table;
    table.title = said(format, PitchWord::what_if_tornado);
    table.columns = {column_named(format, "assumption", PitchWord::what_if_assumptions, CellKind::text),
                     column_named(format, "low", PitchWord::leave_column_low, CellKind::money),
                     column_named(format, "high", PitchWord::leave_column_high, CellKind::money)};
    for (const Sensitivity& one : result.sensitivities)
        table.rows.push_back({text_cell(said(format, views::word_of_factor(one.factor))), money_cell(one.low_cents),
                              money_cell(one.high_cents)});
    return table;
}

// Each claim with its condition and its estimate, in one row.
exports::Table offer_table(const vm::Format& format, const vm::WhatIfPart& part) {
    exports::Table table;
    if (part.offers.empty()) return table;
    table.title = vm::say(format.language(), PitchWord::what_if_offers,
                          {format.money_exact(part.offers.front().estimate.purchase_cents)});
    table.columns = {column_named(format, "plan", PitchWord::what_if_column_plan, CellKind::text),
                     column_named(format, "payments", PitchWord::leave_column_payments, CellKind::text)};
    for (const vm::PlanOffer& offer : part.offers) {
        const vm::PlanWording wording = vm::plan_wording(format, offer.plan);
        table.rows.push_back({text_cell(wording.claim + ". " + wording.condition),
                              text_cell(vm::estimate_sentence(format, offer.estimate))});
    }
    return table;
}

exports::Chart plan_chart(const vm::Format& format, const WhatIf& result) {
    exports::Chart chart{.title = said(format, PitchWord::what_if_by_plan)};
    exports::ChartSeries series{.name = said(format, PitchWord::what_if_column_financed)};
    for (const WhatIfPlan& plan : result.by_plan) {
        chart.labels.push_back(plan.plan.name);
        chart.words.push_back(format.money_short(plan.volume.middle));
        series.cents.push_back(plan.volume.middle);
    }
    chart.series.push_back(std::move(series));
    return chart;
}

void say_about(const vm::Format& format, const vm::WhatIfPart& part, Book& book) {
    const CohortRates& cohort = part.cohort;
    book.about.push_back({said(format, PitchWord::leave_made_of),
                          vm::say(format.language(), PitchWord::what_if_scaled, {format.number(part.result->days)})});
    book.about.push_back(
        {said(format, PitchWord::what_if_assumptions),
         vm::say(format.language(), PitchWord::what_if_cohort,
                 {format.number(cohort.practices), format.day(cohort.first_day), format.day(cohort.last_day)})});
    if (part.state_rule)
        book.about.push_back(
            {said(format, PitchWord::what_if_state_rules), views::barred_sentence(format, *part.state_rule)});
}

}  // namespace

Book leave_behind_book(const vm::WhatIfPart& part, const vm::Format& format) {
    check(part.result.has_value(), "only a result is left behind");
    const WhatIf& result = *part.result;
    Book book;
    book.title = said(format, PitchWord::what_if_result);
    exports::say_parts(format, book);
    book.ribbon = std::string(format.say(Word::demo_ribbon));
    book.sentence = said(format, PitchWord::leave_sentence);
    book.as_of_ms = format.now_ms();
    book.figures = {money_line(format, PitchWord::what_if_volume, result.volume, PitchWord::leave_formula_volume),
                    money_line(format, PitchWord::what_if_cost, result.cost, PitchWord::leave_formula_cost),
                    rate_line(format, PitchWord::what_if_approval, result.approval, PitchWord::leave_formula_approval),
                    rate_line(format, PitchWord::what_if_pull, result.pull_through, PitchWord::leave_formula_pull)};
    book.tables = {size_table(format, result, part.assumptions), plan_table(format, result),
                   sensitivity_table(format, result)};
    if (!part.offers.empty()) book.tables.push_back(offer_table(format, part));
    book.charts = {plan_chart(format, result)};
    say_about(format, part, book);
    exports::end_book(format, book);
    return book;
}

}  // namespace portal::pitch
