#include "app/views/shared_parts_view.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "app/ui/figure.hpp"
#include "app/ui/landmark.hpp"
#include "app/ui/overlay.hpp"
#include "app/ui/text.hpp"
#include "app/views/passport_view.hpp"
#include "app/views/wording.hpp"
#include "app/vm/vocabulary.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::Word;

namespace {

constexpr float shared_tile_height = 136;
constexpr float shared_chart_height = 300, untold_chart_height = 72;
constexpr float shared_stage_width = 160;
constexpr float shared_score_width = 90;
constexpr float shared_told_width = 120;

// Why a figure shows what it shows; nothing to say of one that is told exactly.
std::string shared_note(const ViewContext& context, const SharedFigure& shared) {
    const vm::Format& format = context.format;
    const Figure& figure = shared.figure;
    if (shared.exposure == ShareExposure::rounded) return std::string(context.say(Word::shared_rounded));
    if (shared.exposure == ShareExposure::hidden) {
        const bool is_suppressed = figure.reason == FigureReason::too_few_cases;
        return is_suppressed ? std::string(context.say(Word::shared_hidden)) : format.figure_note(figure);
    }
    const std::string note = format.figure_note(figure);
    if (!note.empty() || figure.unit != FigureUnit::basis_points || vm::is_money(figure, true)) return note;
    return format.counts_of(figure);
}

void shared_tile(const ViewContext& context, SharedPartsState& state, const SharedFigure& shared) {
    const Figure& figure = shared.figure;
    const std::string id = figure_name(figure.id);
    const ui::Landmark landmark("figure." + id);
    const std::string as_of = context.say(Word::as_of, {context.format.day_and_time(figure.as_of_ms)});
    const ui::Card card(id.c_str(), {.as_of = as_of, .height_min = shared_tile_height, .padding = ui::space::large});
    const std::string note = shared_note(context, shared);
    if (ui::figure(
            id.c_str(),
            {.label = context.say(vm::word_of(figure.id)), .value = context.format.figure(figure), .note = note}))
        state.passport = figure.id;
}

// The months' names in one line.
std::string months_told_as(const ViewContext& context, const ShareDataset& dataset, ShareExposure exposure) {
    std::vector<MonthIndex> months;
    for (const SharedMonth& month : dataset.months)
        if (month.exposure == exposure) months.push_back(month.month);
    return names_of_months(context, months);
}

std::string months_sentence(const ViewContext& context, const ShareDataset& dataset) {
    const vm::Format& format = context.format;
    const std::string from = format.day(dataset.first_day), to = format.day(dataset.last_day);
    std::string sentence = context.say(Word::shared_chart_hidden, {from, to});
    for (const SharedFigure& shared : dataset.figures)
        if (shared.figure.id == FigureId::net_financed_volume && shared.figure.value)
            sentence = context.say(Word::financing_chart_sentence_alone, {format.figure(shared.figure), from, to});
    const std::string hidden = months_told_as(context, dataset, ShareExposure::hidden);
    const std::string rounded = months_told_as(context, dataset, ShareExposure::rounded);
    if (!hidden.empty()) sentence += " " + context.say(Word::shared_months_hidden, {hidden});
    if (!rounded.empty()) sentence += " " + context.say(Word::shared_months_rounded, {rounded});
    return sentence;
}

std::string_view told_words(const ViewContext& context, ShareExposure exposure) {
    switch (exposure) {
        case ShareExposure::visible:
            return context.say(Word::shared_told_exactly);
        case ShareExposure::rounded:
            return context.say(Word::shared_told_rounded);
        case ShareExposure::hidden:
            break;
    }
    return context.say(Word::share_hidden);
}

}  // namespace

void shared_figures(const ViewContext& context, SharedPartsState& state, const ShareDataset& dataset) {
    const bool wide = ui::current_breakpoint() != ui::Breakpoint::phone;
    const std::size_t per_row = wide && dataset.figures.size() > 2 ? 3 : 2;
    for (std::size_t first = 0; first < dataset.figures.size(); first += per_row) {
        if (first > 0) ui::space_below(ui::space::medium);
        ui::Columns columns =
            per_row == 3 ? ui::Columns({-1, -1, -1}, ui::space::large) : ui::Columns({-1, -1}, ui::space::medium);
        for (std::size_t index = first; index < first + per_row && index < dataset.figures.size(); ++index) {
            columns.next();
            shared_tile(context, state, dataset.figures[index]);
        }
    }
}

void shared_months_card(const ViewContext& context, SharedPartsState& state, const ShareDataset& dataset,
                        ui::Grid& grid, ui::Span span) {
    const vm::Format& format = context.format;
    const std::string as_of = context.say(Word::as_of, {format.day_and_time(dataset.as_of_ms)});
    ui::note_landmark("months", grid.begin_card("months", span, {.as_of = as_of}).box);
    std::vector<std::string> labels;
    std::vector<double> net;
    for (const SharedMonth& month : dataset.months) {
        if (month.month < state.first_month.value_or(month.month)) continue;
        if (month.month > state.last_month.value_or(month.month)) continue;
        const std::string year = std::to_string(month.month / 12);
        labels.push_back(format.month_short(month.month) + " " + year);
        net.push_back(month.net_cents ? static_cast<double>(*month.net_cents) : NAN);
    }
    const std::string sentence = months_sentence(context, dataset);
    // Where no month is told there is no picture to make room for; the table still names them.
    const bool is_any_told = std::ranges::any_of(net, [](double cents) { return !std::isnan(cents); });
    const std::array<ui::ChartSeries, 1> series = {
        ui::ChartSeries{.id = "net", .name = context.say(Word::financing_series_net), .values = net}};
    ui::chart("shared_net",
              {.title = context.say(Word::financing_chart_title),
               .sentence = sentence,
               .label_column = context.say(Word::column_month),
               .labels = labels,
               .series = series,
               .format_value = [&](double cents) { return format.money_exact(static_cast<std::int64_t>(cents)); },
               .format_tick = [&](double cents) { return format.money_short(static_cast<std::int64_t>(cents)); },
               .target = {},
               .height = is_any_told ? shared_chart_height : untold_chart_height},
              state.chart, &state.crosshair);
    grid.end_cell();
}

void shared_plans_card(const ViewContext& context, SharedPartsState& state, const ShareDataset& dataset, ui::Grid& grid,
                       ui::Span span) {
    const ui::Cell cell = grid.begin_card(
        "plans", span,
        {.title = context.say(Word::financing_plans_title), .subtitle = context.say(Word::shared_plans_sentence)});
    ui::note_landmark("plans", cell.box);
    const std::array<ui::Column, 3> columns = {
        ui::Column{.id = "plan", .title = context.say(Word::column_plan), .width = -2},
        ui::Column{.id = "share",
                   .title = context.say(Word::column_share),
                   .width = shared_score_width,
                   .align = ui::Align::right,
                   .narrow = ui::NarrowPlace::trailing},
        ui::Column{.id = "told", .title = context.say(Word::shared_column_told), .width = shared_told_width}};
    ui::table("shared_plans",
              {.name = context.say(Word::financing_plans_title),
               .row_count = static_cast<std::int64_t>(dataset.plans.size()),
               .columns = columns,
               .rows = ui::TableOptions::Rows::rest,
               .empty_sentence = context.say(Word::shared_no_plans)},
              state.plans, [&](std::int64_t index, ui::TableRow& out) {
                  const SharedPlan& plan = dataset.plans[static_cast<std::size_t>(index)];
                  const bool is_known = plan.share_basis_points.has_value();
                  out.cell({.text = plan.name.empty() ? context.say(Word::plan_standard_terms) : plan.name});
                  const std::string share = is_known ? context.format.percent(*plan.share_basis_points) : "-";
                  out.cell({.kind = ui::TableCell::Kind::strong, .text = share});
                  out.cell({.kind = ui::TableCell::Kind::muted, .text = told_words(context, plan.exposure)});
              });
    grid.end_cell();
}

void shared_integrations_card(const ViewContext& context, SharedPartsState& state, const ShareDataset& dataset,
                              ui::Grid& grid, ui::Span span) {
    const std::string as_of = context.say(Word::as_of, {context.format.day_and_time(dataset.as_of_ms)});
    const ui::Cell cell =
        grid.begin_card("integrations", span, {.title = context.say(Word::integrations_title), .as_of = as_of});
    ui::note_landmark("integrations", cell.box);
    state.integrations.selected_row = -1;
    for (std::size_t index = 0; index < dataset.integrations.size(); ++index)
        if (state.selected == "integration:" + dataset.integrations[index].integration)
            state.integrations.selected_row = static_cast<std::int64_t>(index);
    const std::array<ui::Column, 4> columns = {
        ui::Column{.id = "name", .title = context.say(Word::integrations_title), .width = -2},
        ui::Column{.id = "stage", .title = context.say(Word::shared_column_stage), .width = shared_stage_width},
        ui::Column{.id = "health",
                   .title = context.say(Word::shared_column_health),
                   .width = shared_score_width,
                   .align = ui::Align::right,
                   .narrow = ui::NarrowPlace::trailing},
        ui::Column{.id = "note", .title = context.say(Word::shared_column_note), .width = -2}};
    ui::table("shared_integrations",
              {.name = context.say(Word::integrations_title),
               .row_count = static_cast<std::int64_t>(dataset.integrations.size()),
               .columns = columns,
               .rows = ui::TableOptions::Rows::rest,
               .empty_sentence = context.say(Word::integrations_none)},
              state.integrations, [&](std::int64_t index, ui::TableRow& out) {
                  const SharedIntegration& one = dataset.integrations[static_cast<std::size_t>(index)];
                  out.cell({.kind = ui::TableCell::Kind::strong, .text = one.name});
                  out.cell({.text = context.say(vm::word_of(one.stage))});
                  out.cell({.kind = ui::TableCell::Kind::strong, .text = context.format.figure(one.health)});
                  const std::string note = context.format.figure_note(one.health);
                  out.cell({.kind = ui::TableCell::Kind::muted, .text = note});
              });
    grid.end_cell();
}

void shared_passport(const ViewContext& context, SharedPartsState& state, const ShareDataset& dataset) {
    const SharedFigure* open = nullptr;
    for (const SharedFigure& shared : dataset.figures)
        if (state.passport == shared.figure.id) open = &shared;
    if (!open) return;
    ui::Shown shown = ui::Shown::yes;
    const std::string title = context.say(Word::passport_title, {context.say(vm::word_of(open->figure.id))});
    if (ui::begin_dialog("shared_passport", shown,
                         {.kind = ui::DialogKind::drawer,
                          .title = title,
                          .width = ui::size::drawer_width,
                          .outside_press = ui::DialogOptions::OutsidePress::closes})) {
        const bool is_exact = open->exposure == ShareExposure::visible;
        if (!is_exact) {
            ui::text_wrapped(ui::TextStyle::body_medium, shared_note(context, *open));
            ui::space_below(ui::space::medium);
        }
        passport_body(context, {}, open->figure, is_exact ? PassportCounts::told : PassportCounts::kept);
        ui::space_below(ui::space::large);
        ui::text_wrapped(ui::TextStyle::body, context.say(Word::shared_no_rows), ui::Color::text_muted);
        ui::end_dialog();
    }
    if (shown == ui::Shown::no) state.passport.reset();
}

}  // namespace portal::views
