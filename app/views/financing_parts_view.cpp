#include "app/views/financing_parts_view.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "app/ui/button.hpp"
#include "app/ui/choice.hpp"
#include "app/ui/figure.hpp"
#include "app/ui/heat_map.hpp"
#include "app/ui/landmark.hpp"
#include "app/views/passport_view.hpp"
#include "app/vm/financing_passport.hpp"
#include "app/vm/financing_words.hpp"
#include "app/vm/vocabulary.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::ChangeKind;
using vm::Word;

namespace {

constexpr int hour_first = 8, hour_last = 18;  // Shown at least.
constexpr float money_width = 114;
constexpr std::size_t ranking_rows_max = 10;
constexpr float ranking_height = 420;
constexpr std::int64_t whole_basis_points = 10'000;
constexpr Day some_monday = 4;  // January 5, 1970.

void funnel_picture(const ViewContext& context, const vm::FinancingPart& part) {
    const std::int64_t first = part.funnel.front().numerator;
    for (const Figure& step : part.funnel) {
        const std::string id = "step" + std::to_string(static_cast<int>(step.id));
        const std::string value = vm::funnel_words(context.format, step);
        if (ui::part_bar(
                id.c_str(), first > 0 ? static_cast<float>(step.numerator) / static_cast<float>(first) : 0.0f,
                {.label = context.say(vm::word_of(step.id)), .value = value, .presses = ui::BarOptions::Presses::yes}))
            show_passport(context, part, figure_name(step.id));
        ui::space_below(ui::space::small);
    }
}

void funnel_table(const ViewContext& context, ui::TableState& state, const vm::FinancingPart& part) {
    const std::array<ui::Column, 3> columns = {
        ui::Column{.id = "step", .title = context.say(Word::column_step), .width = -1},
        ui::Column{.id = "count",
                   .title = context.say(Word::column_applications),
                   .width = money_width,
                   .align = ui::Align::right,
                   .narrow = ui::NarrowPlace::trailing},
        ui::Column{.id = "share",
                   .title = context.say(Word::column_of_applications),
                   .width = money_width,
                   .align = ui::Align::right}};
    const ui::TableResult result = ui::table(
        "funnel",
        {.name = context.say(Word::financing_funnel_title),
         .row_count = static_cast<std::int64_t>(part.funnel.size()),
         .columns = columns},
        state, [&](std::int64_t row, ui::TableRow& out) {
            const Figure& step = part.funnel[static_cast<std::size_t>(row)];
            const bool is_whole = step.id == FigureId::funnel_applied;
            out.cell({.text = context.say(vm::word_of(step.id))});
            out.cell({.kind = ui::TableCell::Kind::strong, .text = context.format.number(step.numerator)});
            out.cell({.text = is_whole ? context.format.percent(whole_basis_points) : context.format.figure(step)});
        });
    if (result.activated_row >= 0)
        show_passport(context, part, figure_name(part.funnel[static_cast<std::size_t>(result.activated_row)].id));
}

void funnel_rows_button(const ViewContext& context, const vm::FinancingPart& part) {
    if (!part.may_see_rows || part.funnel.front().numerator == 0) return;
    if (!ui::button("funnel_rows", context.say(Word::funnel_see_rows),
                    {.kind = ui::ButtonKind::quiet, .size = ui::ButtonSize::small, .icon = icons::list}))
        return;
    vm::FinancingQuery rows = part.query;
    rows.until = part.matured_until;
    rows.kind = FactKind::application;
    rows.rows = vm::RowsQuery{};
    context.show(std::move(rows));
}

// The hours that any application came in, and the usual ones.
std::pair<int, int> hours_shown(const vm::HourGrid& hours) {
    int first = hour_first, last = hour_last;
    for (const auto& day : hours)
        for (int hour = 0; hour < static_cast<int>(day.size()); ++hour)
            if (day[static_cast<std::size_t>(hour)] > 0) {
                first = std::min(first, hour);
                last = std::max(last, hour);
            }
    return {first, last};
}

std::string hours_sentence(const ViewContext& context, const vm::HourGrid& hours) {
    std::int64_t all = 0, most = 0;
    std::size_t most_day = 0, most_hour = 0;
    for (std::size_t day = 0; day < hours.size(); ++day)
        for (std::size_t hour = 0; hour < hours[day].size(); ++hour) {
            all += hours[day][hour];
            if (hours[day][hour] <= most) continue;
            most = hours[day][hour];
            most_day = day;
            most_hour = hour;
        }
    if (all == 0) return std::string(context.say(Word::financing_hours_none));
    const vm::Format& format = context.format;
    return context.say(Word::financing_hours_sentence,
                       {format.weekday(some_monday + static_cast<Day>(most_day)),
                        format.hour(static_cast<int>(most_hour)), format.number(most), format.number(all)});
}

struct PeriodFigure {
    const char* id;
    FigureId figure;
};
// Of a period in the table, in the order of its columns.
constexpr std::array<PeriodFigure, 7> period_figures = {{{"net", FigureId::net_financed_volume},
                                                         {"gross", FigureId::gross_settled},
                                                         {"refunds", FigureId::returned},
                                                         {"sales", FigureId::sales},
                                                         {"applications", FigureId::applications},
                                                         {"approved", FigureId::approved},
                                                         {"target", FigureId::target}}};

// As wide as the column's name wants.
float width_of_column(FigureId figure) {
    switch (figure) {
        case FigureId::sales:
            return 70;
        case FigureId::approved:
            return 92;
        case FigureId::applications:
            return 108;
        default:
            return money_width;
    }
}

bool is_count(FigureId figure) {
    return figure == FigureId::sales || figure == FigureId::applications || figure == FigureId::approved;
}

std::array<ui::Column, period_figures.size() + 1> period_columns(const ViewContext& context) {
    std::array<ui::Column, period_figures.size() + 1> columns;
    columns[0] = {.id = "period", .title = context.say(Word::column_period), .width = -1};
    for (std::size_t index = 0; index < period_figures.size(); ++index) {
        const PeriodFigure& one = period_figures[index];
        const bool is_net = one.figure == FigureId::net_financed_volume;
        columns[index + 1] = {.id = one.id,
                              .title = context.say(is_net ? Word::column_net : vm::word_of(one.figure)),
                              .width = width_of_column(one.figure),
                              .align = ui::Align::right,
                              .narrow = is_net      ? ui::NarrowPlace::trailing
                                        : index < 2 ? ui::NarrowPlace::subtitle
                                                    : ui::NarrowPlace::dropped,
                              .cells = ui::Cells::press};
    }
    return columns;
}

// Where its text is kept until the table has copied it.
struct PeriodCell {
    ui::TableCell::Kind kind;
    std::string text;
};

PeriodCell period_cell(const ViewContext& context, const vm::FinancingRow& row, FigureId figure) {
    using Kind = ui::TableCell::Kind;
    const std::int64_t sum = vm::sum_of_row(row, figure);
    if (is_count(figure)) return {Kind::text, context.format.number(sum)};
    if (figure == FigureId::target) return {Kind::muted, sum ? context.format.money_exact(sum) : std::string("-")};
    return {figure == FigureId::net_financed_volume ? Kind::strong : Kind::text, context.format.money_exact(sum)};
}

}  // namespace

std::string plan_name(const ViewContext& context, const vm::PlanShare& plan) {
    return vm::plan_name(context.format, plan);
}

std::string stack_name(const ViewContext& context, const vm::FinancingStack& stack) {
    return vm::part_name(context.format, stack.kind, stack.name, stack.channel);
}

std::string change_part_name(const ViewContext& context, const vm::ChangePart& part) {
    return vm::part_name(context.format, part.kind, part.name, part.channel);
}

std::string as_of_note(const ViewContext& context, const vm::FinancingPart& part) {
    return context.say(Word::as_of, {context.format.day_and_time(part.as_of_ms)});
}

std::string closed_note(const ViewContext& context, const vm::FinancingPart& part) {
    const std::string as_of = as_of_note(context, part);
    return part.closed_until
               ? as_of + ". " + context.say(Word::financing_closed_until, {context.format.day(part.closed_until)})
               : as_of;
}

void funnel_card(const ViewContext& context, FinancingState& state, const vm::FinancingPart& part, ui::Grid& grid) {
    const std::string as_of = as_of_note(context, part);
    const std::string sentence = vm::funnel_sentence(context.format, part);
    grid.begin_card("funnel", {.phone = 12, .desktop = 5},
                    {.title = context.say(Word::financing_funnel_title), .as_of = as_of});
    if (part.funnel.empty()) {
        ui::text_wrapped(ui::TextStyle::body, sentence, ui::Color::text_muted);
    } else {
        if (state.funnel.view == ui::ChartState::View::picture)
            funnel_picture(context, part);
        else
            funnel_table(context, state.funnel.table, part);
        ui::chart_foot(sentence, state.funnel);
        funnel_rows_button(context, part);
    }
    grid.end_cell();
}

void plans_card(const ViewContext& context, FinancingState& state, const vm::FinancingPart& part, ui::Grid& grid) {
    const std::string as_of = closed_note(context, part);
    const std::string sentence = vm::plans_sentence(context.format, part);
    const ui::Cell cell =
        grid.begin_card("plans", {.phone = 12, .desktop = 7},
                        {.title = context.say(Word::financing_plans_title), .subtitle = sentence, .as_of = as_of});
    ui::note_landmark("plans", cell.box);
    const std::array<ui::Column, 4> columns = {
        ui::Column{.id = "plan", .title = context.say(Word::column_plan), .width = -2},
        ui::Column{.id = "share",
                   .title = context.say(Word::column_share),
                   .width = 90,
                   .align = ui::Align::right,
                   .narrow = ui::NarrowPlace::trailing,
                   .cells = ui::Cells::press},
        ui::Column{.id = "gross",
                   .title = context.say(Word::column_gross),
                   .width = 120,
                   .align = ui::Align::right,
                   .cells = ui::Cells::press},
        ui::Column{.id = "sales",
                   .title = context.say(Word::column_sales),
                   .width = 80,
                   .align = ui::Align::right,
                   .cells = ui::Cells::press}};
    constexpr std::array<FigureId, 3> figures = {FigureId::plan_mix, FigureId::gross_settled, FigureId::sales};
    const ui::TableResult result =
        ui::table("plans",
                  {.name = context.say(Word::financing_plans_title),
                   .row_count = static_cast<std::int64_t>(part.plans.size()),
                   .columns = columns,
                   .rows = part.plans.size() > 1 ? ui::TableOptions::Rows::press : ui::TableOptions::Rows::rest},
                  state.plans, [&](std::int64_t row, ui::TableRow& out) {
                      const vm::PlanShare& plan = part.plans[static_cast<std::size_t>(row)];
                      const vm::Format& format = context.format;
                      out.cell({.text = plan_name(context, plan)});
                      out.cell({.kind = ui::TableCell::Kind::strong, .text = format.figure(plan.mix)});
                      out.cell({.text = format.money_exact(plan.gross_cents)});
                      out.cell({.text = format.number(plan.sales)});
                  });
    if (result.pressed_row >= 0) {
        const FigureId figure = figures[static_cast<std::size_t>(result.pressed_column) - 1];
        const Id& plan = part.plans[static_cast<std::size_t>(result.pressed_row)].id;
        show_passport(context, part, vm::passport_of_plan(figure, plan));
    }
    if (result.activated_row >= 0) {
        // Standard terms have no plan to filter by.
        vm::FinancingQuery next = part.query;
        next.plan = part.plans[static_cast<std::size_t>(result.activated_row)].id;
        if (next != part.query) context.show(std::move(next));
    }
    grid.end_cell();
}

void ranking_card(const ViewContext& context, FinancingState& state, const vm::FinancingPart& part, ui::Grid& grid) {
    const std::string_view title =
        context.say(part.ranks_locations ? Word::ranking_locations_title : Word::ranking_practices_title);
    std::int64_t all = 0;
    for (const vm::RankedPlace& place : part.ranking)
        all += place.net_cents;
    const bool has_leader = !part.ranking.empty() && all > 0;
    const std::string sentence =
        has_leader ? context.say(Word::ranking_sentence,
                                 {part.ranking.front().name, context.format.money_short(part.ranking.front().net_cents),
                                  context.format.percent(part.ranking.front().net_cents * 10'000 / all)})
                   : std::string();
    const std::string as_of = closed_note(context, part);
    grid.begin_card("ranking", {.phone = 12, .desktop = 7}, {.title = title, .subtitle = sentence, .as_of = as_of});
    const std::array<ui::Column, 4> columns = {
        ui::Column{.id = "place", .title = context.say(Word::column_place), .width = -2},
        ui::Column{.id = "year", .title = context.say(Word::column_twelve_months), .width = 96},
        ui::Column{.id = "net",
                   .title = context.say(Word::column_net),
                   .width = 124,
                   .align = ui::Align::right,
                   .narrow = ui::NarrowPlace::trailing,
                   .cells = ui::Cells::press},
        ui::Column{.id = "change",
                   .title = context.say(Word::column_change),
                   .width = 84,
                   .align = ui::Align::right,
                   .cells = ui::Cells::press}};
    const bool opens = part.ranking.size() > 1;
    const ui::TableResult result = ui::table(
        "ranking",
        {.name = title,
         .row_count = static_cast<std::int64_t>(part.ranking.size()),
         .columns = columns,
         .height = part.ranking.size() > ranking_rows_max ? ranking_height : 0,
         .rows = opens ? ui::TableOptions::Rows::press : ui::TableOptions::Rows::rest},
        state.ranking, [&](std::int64_t row, ui::TableRow& out) {
            const vm::RankedPlace& place = part.ranking[static_cast<std::size_t>(row)];
            const vm::Format& format = context.format;
            std::vector<float> spark(place.monthly_net.begin(), place.monthly_net.end());
            const std::string spark_words =
                place.monthly_net.empty() ? std::string() : format.money_short(place.monthly_net.back());
            out.cell({.text = place.name});
            out.cell(
                {.kind = ui::TableCell::Kind::spark, .text = spark_words, .tone = ui::Tone::accent, .spark = spark});
            out.cell({.kind = ui::TableCell::Kind::strong, .text = format.money_exact(place.net_cents)});
            out.cell({.text = place.change_basis_points ? format.signed_percent(*place.change_basis_points)
                                                        : std::string("-")});
        });
    if (result.pressed_row >= 0) {
        const bool is_change = result.pressed_column == static_cast<int>(columns.size()) - 1;
        const FigureId figure = is_change ? FigureId::net_change : FigureId::net_financed_volume;
        const Id& place = part.ranking[static_cast<std::size_t>(result.pressed_row)].id;
        show_passport(context, part, vm::passport_of_place(figure, place));
    }
    if (result.activated_row >= 0) {
        vm::FinancingQuery next = part.query;
        const Id& id = part.ranking[static_cast<std::size_t>(result.activated_row)].id;
        (part.ranks_locations ? next.location : next.practice) = id;
        context.show(std::move(next));
    }
    grid.end_cell();
}

void hours_card(const ViewContext& context, FinancingState& state, const vm::FinancingPart& part, ui::Grid& grid) {
    const std::string_view note =
        part.has_daily_sums_alone ? context.say(Word::financing_hours_need_facts) : std::string_view();
    const std::string as_of = as_of_note(context, part);
    grid.begin_card("hours", {.phone = 12, .desktop = 5},
                    {.title = context.say(Word::financing_hours_title), .subtitle = note, .as_of = as_of});
    const auto [first, last] = hours_shown(part.hours);
    std::vector<std::string> days, hours;
    std::vector<double> values;
    for (int hour = first; hour <= last; ++hour)
        hours.push_back(context.format.hour(hour));
    for (std::size_t day = 0; day < part.hours.size(); ++day) {
        days.push_back(context.format.weekday_short(some_monday + static_cast<Day>(day)));
        for (int hour = first; hour <= last; ++hour)
            values.push_back(static_cast<double>(part.hours[day][static_cast<std::size_t>(hour)]));
    }
    const std::string sentence = hours_sentence(context, part.hours);
    ui::HeatPlace chosen;
    if (part.query.weekday && part.query.hour && *part.query.hour >= first && *part.query.hour <= last)
        chosen = {*part.query.weekday, *part.query.hour - first};
    const auto [pressed, number] = ui::heat_map(
        "hours",
        {.sentence = sentence,
         .rows = days,
         .columns = hours,
         .values = values,
         .column_head = context.say(Word::column_hour),
         .format_value = [&](double count) { return context.format.number(static_cast<std::int64_t>(count)); },
         .chosen = chosen,
         .press_action = context.say(Word::financing_hours_press),
         .cells = ui::Cells::press},
        state.hours);
    if (!pressed.is_none()) {
        // A second press lets the others in again.
        vm::FinancingQuery next = part.query;
        next.weekday.reset();
        next.hour.reset();
        if (!(pressed == chosen)) {
            next.weekday = pressed.row;
            next.hour = first + pressed.column;
        }
        context.show(std::move(next));
    }
    ui::HeatPlace asked = number;
    if (!chosen.is_none() && ui::link("hour_passport", context.say(Word::passport_open), {})) asked = chosen;
    if (!asked.is_none()) show_passport(context, part, vm::passport_of_hour({asked.row, first + asked.column}));
    grid.end_cell();
}

void table_card(const ViewContext& context, FinancingState& state, const vm::FinancingPart& part, ui::Grid& grid) {
    const std::string as_of = closed_note(context, part);
    grid.begin_card("table", {.phone = 12}, {.title = context.say(Word::financing_table_title), .as_of = as_of});
    if (part.may_see_rows) {
        if (ui::button("rows_open", context.say(Word::rows_open),
                       {.size = ui::ButtonSize::small, .icon = icons::list})) {
            vm::FinancingQuery next = part.query;
            next.rows = vm::RowsQuery{};
            context.show(std::move(next));
        }
        ui::space_below(ui::space::small);
    }
    const std::int64_t count = static_cast<std::int64_t>(part.rows.size());
    // Newest first: what is asked about is at the top.
    const auto row_at = [&](std::int64_t index) -> const vm::FinancingRow& {
        return part.rows[static_cast<std::size_t>(count - 1 - index)];
    };
    const auto columns = period_columns(context);
    const ui::TableResult result = ui::table(
        "rows",
        {.name = context.say(Word::financing_table_title),
         .row_count = count,
         .columns = columns,
         .rows = count > 1 ? ui::TableOptions::Rows::press : ui::TableOptions::Rows::rest,
         .chooser = ui::TableOptions::Chooser::shown},
        state.table, [&](std::int64_t index, ui::TableRow& out) {
            const vm::FinancingRow& row = row_at(index);
            std::string period = vm::row_title(context.format, part, row);
            const bool begins_late = index == count - 1 && count > 1;
            if (row.partial)
                period +=
                    ", " + std::string(context.say(begins_late ? Word::financing_in_part : Word::financing_partial));
            out.cell({.text = period});
            for (const PeriodFigure& one : period_figures) {
                const PeriodCell cell = period_cell(context, row, one.figure);
                out.cell({.kind = cell.kind, .text = cell.text});
            }
        });
    if (result.pressed_row >= 0) {
        const FigureId figure = period_figures[static_cast<std::size_t>(result.pressed_column) - 1].figure;
        show_passport(context, part, vm::passport_of_row(figure, row_at(result.pressed_row)));
    }
    if (result.activated_row >= 0) {
        vm::FinancingQuery next = part.query;
        next.from = row_at(result.activated_row).from;
        next.until = row_at(result.activated_row).until;
        context.show(std::move(next));
    }
    grid.end_cell();
}

}  // namespace portal::views
