#include "app/views/financing_view.hpp"

#include <array>
#include <cmath>
#include <vector>

#include "app/ui/button.hpp"
#include "app/ui/figure.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/notice.hpp"
#include "app/views/financing_filters_view.hpp"
#include "app/views/passport_view.hpp"
#include "app/vm/vocabulary.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::Word;

namespace {

constexpr float chart_height = 320;
constexpr float tile_height = 116;
constexpr float tiles_in_one_row_from = 860;

std::string bucket_label(const ViewContext& context, const vm::FinancingPart& part, const vm::FinancingRow& row) {
    const vm::Format& format = context.format;
    switch (part.query.grain) {
        case vm::Grain::day:
            return format.weekday_short(row.from) + " " + format.day_short(row.from);
        case vm::Grain::week:
            return format.day_short(row.from);
        case vm::Grain::month:
            break;
    }
    const MonthIndex month = month_of_day(row.from);
    // The year stands where it begins, so that a two-year axis reads.
    return format.month_short(month) + (month % 12 == 0 ? " " + std::to_string(month / 12) : "");
}

std::string closed_note(const ViewContext& context, const vm::FinancingPart& part) {
    const std::string as_of = context.say(Word::as_of, {context.format.day_and_time(part.as_of_ms)});
    return part.closed_until
               ? as_of + ". " + context.say(Word::financing_closed_until, {context.format.day(part.closed_until)})
               : as_of;
}

void figure_tile(const ViewContext& context, const vm::FinancingPart& part, const Figure& one) {
    const std::string id = "figure" + std::to_string(static_cast<int>(one.id));
    const ui::Card card(id.c_str(), {.height_min = tile_height, .padding = ui::space::large});
    const std::string note = context.format.figure_note(one);
    const bool counts_are_money = one.id == FigureId::effective_fee_rate || one.id == FigureId::approved_amount_share;
    const std::string counts = one.denominator > 1 && one.unit == FigureUnit::basis_points && !counts_are_money
                                   ? context.format.of_total(one.numerator, one.denominator)
                                   : std::string();
    if (!ui::figure(id.c_str(), {.label = context.say(vm::word_of(one.id)),
                                 .value = context.format.figure(one),
                                 .note = note.empty() ? counts : note}))
        return;
    vm::FinancingQuery next = part.query;
    next.passport = figure_name(one.id);
    context.show(std::move(next));
}

// All five side by side where there is room, else two in a row.
void figure_tiles(const ViewContext& context, const vm::FinancingPart& part) {
    const bool wide = ImGui::GetContentRegionAvail().x >= tiles_in_one_row_from;
    const std::size_t per_row = wide ? part.figures.size() : 2;
    for (std::size_t first = 0; first < part.figures.size(); first += per_row) {
        if (first > 0) ui::space_below(ui::space::medium);
        ui::Columns columns =
            wide ? ui::Columns({-1, -1, -1, -1, -1}, ui::space::large) : ui::Columns({-1, -1}, ui::space::medium);
        for (std::size_t index = first; index < first + per_row && index < part.figures.size(); ++index) {
            columns.next();
            figure_tile(context, part, part.figures[index]);
        }
    }
}

struct Totals {
    std::int64_t net = 0;
    std::int64_t compared = 0;
};

Totals totals_of(const vm::FinancingPart& part) {
    Totals totals;
    for (const vm::FinancingRow& row : part.rows)
        totals.net += row.net_cents;
    for (const vm::FinancingRow& row : part.compared)
        totals.compared += row.net_cents;
    return totals;
}

std::string chart_sentence(const ViewContext& context, const vm::FinancingPart& part) {
    const vm::Format& format = context.format;
    const Totals totals = totals_of(part);
    const std::string net = format.money_short(totals.net);
    const std::string from = format.day(part.query.from), until = format.day(part.query.until);
    if (totals.compared <= 0) return context.say(Word::financing_chart_sentence_alone, {net, from, until});
    const std::int64_t change = (totals.net - totals.compared) * 10'000 / totals.compared;
    return context.say(Word::financing_chart_sentence, {net, from, until, format.signed_percent(change)});
}

struct ChartData {
    std::vector<std::string> labels;
    std::vector<double> net, compared, target;
    int first_partial = -1;
    bool has_target = false;
};

ChartData chart_data(const ViewContext& context, const vm::FinancingPart& part) {
    ChartData data;
    for (std::size_t index = 0; index < part.rows.size(); ++index) {
        const vm::FinancingRow& row = part.rows[index];
        data.labels.push_back(bucket_label(context, part, row));
        data.net.push_back(static_cast<double>(row.net_cents));
        data.compared.push_back(index < part.compared.size() ? static_cast<double>(part.compared[index].net_cents)
                                                             : NAN);
        data.target.push_back(row.target_cents > 0 ? static_cast<double>(row.target_cents) : NAN);
        data.has_target = data.has_target || row.target_cents > 0;
        if (row.partial && data.first_partial < 0) data.first_partial = static_cast<int>(index);
    }
    return data;
}

void chart_card(const ViewContext& context, FinancingState& state, const vm::FinancingPart& part, ui::Grid& grid) {
    const std::string as_of = closed_note(context, part);
    grid.begin_card("chart", {.phone = 12, .tablet = 12, .desktop = 8}, {.as_of = as_of});
    const ChartData data = chart_data(context, part);
    std::vector<ui::ChartSeries> series = {{.id = "net",
                                            .name = context.say(Word::financing_series_net),
                                            .kind = ui::SeriesKind::bars,
                                            .values = data.net}};
    if (!part.compared.empty())
        series.push_back({.id = "compared",
                          .name = context.say(Word::financing_series_last_year),
                          .kind = ui::SeriesKind::line,
                          .values = data.compared,
                          .color_index = 2,
                          .style = ui::SeriesStyle::comparison});
    if (data.has_target && part.query.grain == vm::Grain::month)
        series.push_back({.id = "target",
                          .name = context.say(Word::financing_series_target),
                          .kind = ui::SeriesKind::line,
                          .values = data.target,
                          .color_index = 1});
    const std::string sentence = chart_sentence(context, part);
    const ui::ChartResult result = ui::chart(
        "net",
        {.title = context.say(Word::financing_chart_title),
         .sentence = sentence,
         .label_column = context.say(Word::column_period),
         .labels = data.labels,
         .series = series,
         .format_value = [&](double cents) { return context.format.money_exact(static_cast<std::int64_t>(cents)); },
         .format_tick = [&](double cents) { return context.format.money_short(static_cast<std::int64_t>(cents)); },
         .target = {},
         .first_immature = data.first_partial,
         .height = chart_height,
         .brush = ui::ChartOptions::Brush::on},
        state.chart, &state.crosshair);
    if (result.brush_first >= 0 && result.brush_last >= result.brush_first) {
        vm::FinancingQuery next = part.query;
        next.from = part.rows[static_cast<std::size_t>(result.brush_first)].from;
        next.until = part.rows[static_cast<std::size_t>(result.brush_last)].until;
        context.show(std::move(next));
    } else if (result.reset) {
        vm::FinancingQuery next = part.query;
        next.from = next.until = 0;
        context.show(std::move(next));
    }
    grid.end_cell();
}

std::string signed_money(const vm::Format& format, std::int64_t cents) {
    return (cents > 0 ? "+" : "") + format.money_short(cents);
}

void change_card(const ViewContext& context, const vm::FinancingPart& part, ui::Grid& grid) {
    std::int64_t total = 0;
    for (const vm::ChangePart& one : part.change)
        total += one.cents;
    const std::string sentence =
        part.change.empty() ? std::string(context.say(Word::financing_change_none))
                            : context.say(Word::financing_change_sentence, {signed_money(context.format, total)});
    grid.begin_card("change", {.phone = 12, .tablet = 12, .desktop = 4},
                    {.title = context.say(Word::financing_change_title), .subtitle = sentence});
    std::vector<std::string> words, ids;
    words.reserve(part.change.size());
    ids.reserve(part.change.size());
    std::vector<ui::WaterfallPart> bars;
    for (const vm::ChangePart& one : part.change) {
        words.push_back(signed_money(context.format, one.cents));
        ids.push_back("part" + std::to_string(ids.size()));
        bars.push_back({ids.back().c_str(),
                        one.name.empty() ? context.say(Word::financing_change_other) : std::string_view(one.name),
                        static_cast<double>(one.cents), words.back()});
    }
    const std::string total_words = signed_money(context.format, total);
    if (!bars.empty())
        ui::waterfall("bars", sentence, bars,
                      {"total", context.say(Word::column_net), static_cast<double>(total), total_words});
    grid.end_cell();
}

void table_card(const ViewContext& context, FinancingState& state, const vm::FinancingPart& part, ui::Grid& grid) {
    grid.begin_card("table", {.phone = 12}, {.title = context.say(Word::financing_table_title)});
    const auto money = [&](const char* id, Word title) {
        return ui::Column{.id = id, .title = context.say(title), .width = -1, .align = ui::Align::right};
    };
    std::array<ui::Column, 8> columns = {
        ui::Column{.id = "period", .title = context.say(Word::column_period), .width = -2},
        money("net", Word::column_net),
        money("gross", Word::column_gross),
        money("refunds", Word::column_refunds),
        money("sales", Word::column_sales),
        money("applications", Word::column_applications),
        money("approved", Word::column_approved),
        money("target", Word::column_target)};
    columns[1].narrow = ui::NarrowPlace::trailing;
    for (std::size_t index = 3; index < columns.size(); ++index)
        columns[index].narrow = ui::NarrowPlace::dropped;
    const std::int64_t count = static_cast<std::int64_t>(part.rows.size());
    ui::table("rows",
              {.name = context.say(Word::financing_table_title),
               .row_count = count,
               .columns = columns,
               .rows = ui::TableOptions::Rows::rest,
               .chooser = ui::TableOptions::Chooser::shown},
              state.table, [&](std::int64_t index, ui::TableRow& out) {
                  // Newest first: what is asked about is at the top.
                  const vm::FinancingRow& row = part.rows[static_cast<std::size_t>(count - 1 - index)];
                  const vm::Format& format = context.format;
                  std::string period = part.query.grain == vm::Grain::month ? format.month(month_of_day(row.from))
                                                                            : format.day(row.from);
                  if (row.partial) period += ", " + std::string(context.say(Word::financing_partial));
                  out.cell({.text = period});
                  out.cell({.kind = ui::TableCell::Kind::strong, .text = format.money_exact(row.net_cents)});
                  out.cell({.text = format.money_exact(row.gross_cents)});
                  out.cell({.text = format.money_exact(row.refund_cents)});
                  out.cell({.text = format.number(row.sales)});
                  out.cell({.text = format.number(row.applications)});
                  out.cell({.text = format.number(row.approved)});
                  out.cell({.kind = ui::TableCell::Kind::muted,
                            .text = row.target_cents ? format.money_exact(row.target_cents) : std::string("-")});
              });
    grid.end_cell();
}

void plans_card(const ViewContext& context, FinancingState& state, const vm::FinancingPart& part, ui::Grid& grid) {
    grid.begin_card(
        "plans", {.phone = 12, .desktop = 6},
        {.title = context.say(Word::financing_plans_title), .subtitle = context.say(Word::financing_plans_sentence)});
    std::int64_t total = 0;
    for (const vm::PlanShare& plan : part.plans)
        total += plan.gross_cents;
    const std::array<ui::Column, 4> columns = {
        ui::Column{.id = "plan", .title = context.say(Word::column_plan), .width = -2},
        ui::Column{.id = "share",
                   .title = context.say(Word::column_share),
                   .width = 90,
                   .align = ui::Align::right,
                   .narrow = ui::NarrowPlace::trailing},
        ui::Column{.id = "gross", .title = context.say(Word::column_gross), .width = 120, .align = ui::Align::right},
        ui::Column{.id = "sales", .title = context.say(Word::column_sales), .width = 80, .align = ui::Align::right}};
    ui::table("plans",
              {.name = context.say(Word::financing_plans_title),
               .row_count = static_cast<std::int64_t>(part.plans.size()),
               .columns = columns,
               .rows = ui::TableOptions::Rows::rest},
              state.plans, [&](std::int64_t row, ui::TableRow& out) {
                  const vm::PlanShare& plan = part.plans[static_cast<std::size_t>(row)];
                  const vm::Format& format = context.format;
                  const bool standard = plan.kind == PlanKind::standard || plan.name.empty();
                  out.cell({.text = standard ? context.say(Word::plan_standard_terms) : std::string_view(plan.name)});
                  out.cell({.kind = ui::TableCell::Kind::strong,
                            .text = total > 0 ? format.percent(plan.gross_cents * 10'000 / total) : std::string("-")});
                  out.cell({.text = format.money_exact(plan.gross_cents)});
                  out.cell({.text = format.number(plan.sales)});
              });
    grid.end_cell();
}

void funnel_card(const ViewContext& context, const vm::FinancingPart& part, ui::Grid& grid) {
    grid.begin_card("funnel", {.phone = 12, .desktop = 6}, {.title = context.say(Word::financing_funnel_title)});
    constexpr std::array<Word, 4> words = {Word::funnel_applications, Word::funnel_decided, Word::funnel_approved,
                                           Word::funnel_used};
    const std::int64_t first = part.funnel.empty() ? 0 : part.funnel.front().count;
    for (const vm::FunnelStep& step : part.funnel) {
        const std::size_t index = static_cast<std::size_t>(step.kind);
        const std::string id = "step" + std::to_string(index);
        std::string value = context.format.number(step.count);
        if (first > 0 && step.count != first) value += ", " + context.format.percent(step.count * 10'000 / first);
        ui::part_bar(id.c_str(), first > 0 ? static_cast<float>(step.count) / static_cast<float>(first) : 0.0f,
                     {.label = context.say(words[index]), .value = value});
        ui::space_below(ui::space::small);
    }
    grid.end_cell();
}

void content(const ViewContext& context, FinancingState& state, const vm::FinancingPart& part) {
    figure_tiles(context, part);
    ui::space_below(ui::space::section);
    ui::Grid grid("charts");
    chart_card(context, state, part, grid);
    change_card(context, part, grid);
    plans_card(context, state, part, grid);
    funnel_card(context, part, grid);
    table_card(context, state, part, grid);
}

bool is_empty(const vm::FinancingPart& part) {
    for (const vm::FinancingRow& row : part.rows)
        if (row.sales || row.applications || row.net_cents) return false;
    return true;
}

}  // namespace

void financing_view(const ViewContext& context, FinancingState& state, const vm::FinancingQuery& query) {
    ui::heading(1, ui::TextStyle::title, context.say(Word::financing_title));
    const ui::ButtonOptions download{.icon = icons::download};
    ui::align_right(ui::button_width(context.say(Word::export_csv), download));
    if (ui::button("export", context.say(Word::export_csv), download))
        context.intents.emit(vm::ExportData{vm::Export::financing_csv, query});
    ui::space_below(ui::space::medium);
    const auto& part = context.snapshot.financing;
    if (!part) {
        ui::skeleton_lines("financing_wait", 3);
        ui::skeleton_box("chart_wait", ImGui::GetContentRegionAvail().x, chart_height);
        return;
    }
    financing_filters_view(context, *part);
    ui::space_below(ui::space::large);
    if (is_empty(*part)) {
        const bool filtered =
            !part->query.practice.empty() || !part->query.location.empty() || !part->query.plan.empty();
        const Word word = filtered ? Word::financing_empty_filtered : Word::financing_empty;
        if (ui::empty_state("empty", icons::chart_column, context.say(word), context.say(Word::financing_clear)))
            context.show(vm::FinancingQuery{});
    } else {
        content(context, state, *part);
    }
    passport_view(context, *part);
}

}  // namespace portal::views
