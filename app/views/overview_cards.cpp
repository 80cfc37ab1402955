#include "app/views/overview_cards.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "app/ui/button.hpp"
#include "app/ui/figure.hpp"
#include "app/ui/landmark.hpp"
#include "app/ui/list.hpp"
#include "app/ui/notice.hpp"
#include "app/views/book_view.hpp"
#include "app/views/passport_view.hpp"
#include "app/views/wording.hpp"
#include "app/vm/route.hpp"
#include "app/vm/vocabulary.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::Word;

namespace {

constexpr float ring_diameter = 88;
constexpr float monthly_chart_height = 280;
constexpr std::size_t activity_rows_max = 8;

std::string as_of(const ViewContext& context, const vm::OverviewPart& part) {
    return context.say(Word::as_of, {context.format.day_and_time(part.as_of_ms)});
}

void ticket_link_row(const ViewContext& context, const vm::TicketBrief& ticket) {
    const DueWords due = due_words(context, ticket);
    std::string detail = ticket.assignee_name.empty() ? std::string(context.say(Word::ticket_unassigned))
                                                      : context.say(Word::card_tickets_with, {ticket.assignee_name});
    if (!ticket.practice_name.empty() && context.snapshot.session->practices.size() > 1)
        detail = ticket.practice_name + ", " + detail;
    const vm::TicketsQuery target{.selected = ticket.id};
    const std::string href = vm::route_of(target);
    if (ui::list_row(ticket.id.c_str(), {.title = ticket.subject,
                                         .detail = detail,
                                         .trailing = due.words,
                                         .trailing_tone = due.tone,
                                         .icon = ticket.pending ? icons::clock : icons::ticket,
                                         .icon_words = context.say(vm::word_of(ticket.state)),
                                         .href = href}))
        context.show(target);
}

// The passport of a month's bar or target.
void show_month(const ViewContext& context, Day first, FigureId figure) {
    context.show(vm::FinancingQuery{.from = first,
                                    .until = first_day_of_month(month_of_day(first) + 1) - 1,
                                    .grain = vm::Grain::month,
                                    .passport = figure_name(figure)});
}

}  // namespace

void health_card(const ViewContext& context, ui::Grid& grid, const vm::OverviewPart& part, ui::Span span) {
    const vm::IntegrationsQuery target{.selected = part.health_integration};
    const std::string href = vm::route_of(target);
    const std::string stamp = as_of(context, part);
    const ui::Cell cell = grid.begin_card("health", span,
                                          {.title = context.say(Word::card_health),
                                           .as_of = stamp,
                                           .action_label = context.say(Word::action_see_checks),
                                           .action_href = href});
    ui::note_landmark("integrations", cell.box);
    if (cell.action_pressed) context.show(target);
    if (!part.health) {
        ui::text_wrapped(ui::TextStyle::body, context.say(Word::integrations_none), ui::Color::text_muted);
        grid.end_cell();
        return;
    }
    const vm::Health& health = *part.health;
    const bool known = health.figure.value.has_value();
    const std::string value = known ? context.format.number(*health.figure.value) : "-";
    const std::string word(context.say(health_word(health)));
    const std::string sentence = known ? context.say(Word::integration_health_value, {value, word})
                                       : std::string(context.say(Word::integration_health_none));
    ui::Columns columns({ring_diameter + ui::space::small, -1}, ui::space::large);
    columns.next();
    ui::ring("ring", known ? static_cast<float>(*health.figure.value) : -1.0f, value, {}, tone_of(health.tone),
             sentence, ring_diameter);
    columns.next();
    ui::text(ui::TextStyle::subtitle, word, ui::tone_color(tone_of(health.tone)));
    ui::text_wrapped(ui::TextStyle::body, part.health_integration_name, ui::Color::text_muted);
    ui::space_below(ui::space::small);
    std::array<ui::Tone, 7> days{};
    for (std::size_t index = 0; index < days.size(); ++index)
        days[index] = tone_of(health.days[index]);
    ui::strip("days", days, context.say(Word::integration_seven_days, {word}));
    if (!context.format.figure_note(health.figure).empty() && known)
        ui::text_wrapped(ui::TextStyle::caption, context.format.figure_note(health.figure), ui::Color::text_muted);
    if (ui::link("health_passport", context.say(Word::passport_open), {}))
        context.show(vm::OverviewQuery{figure_name(FigureId::integration_health)});
    grid.end_cell();
}

void net_card(const ViewContext& context, ui::Grid& grid, const vm::OverviewPart& part, ui::Span span) {
    const vm::Format& format = context.format;
    const MonthIndex month = told_month(context, part);
    const std::string period = context.say(Word::card_net_period, {format.month(month)});
    const std::string stamp = as_of(context, part);
    const ui::Cell cell =
        grid.begin_card("net", span, {.title = context.say(Word::card_net), .subtitle = period, .as_of = stamp});
    ui::note_landmark("figure.net_financed_volume", cell.box);
    std::string change;
    ui::Direction direction = ui::Direction::none;
    if (part.net_change_basis_points) {
        change = context.say(Word::card_net_change,
                             {format.signed_percent(*part.net_change_basis_points), format.month_short(month - 1)});
        direction = *part.net_change_basis_points > 0   ? ui::Direction::up
                    : *part.net_change_basis_points < 0 ? ui::Direction::down
                                                        : ui::Direction::flat;
    }
    std::vector<float> spark;
    std::int64_t low = 0, high = 0;
    for (const vm::SeriesPoint& point : part.daily_net) {
        spark.push_back(static_cast<float>(point.value));
        low = point.value < low || spark.size() == 1 ? point.value : low;
        high = point.value > high || spark.size() == 1 ? point.value : high;
    }
    const std::string spark_sentence =
        context.say(Word::card_net_spark, {format.money_short(low), format.money_short(high)});
    const auto show = [&](vm::FinancingQuery of, FigureId figure) {
        of.passport = figure_name(figure);
        context.show(std::move(of));
    };
    if (ui::figure("net", {.name = context.say(Word::card_net),
                           .value = format.figure(*part.net),
                           .style = ui::TextStyle::hero,
                           .spark = spark,
                           .spark_sentence = spark_sentence}))
        show(month_so_far(context, part), FigureId::net_financed_volume);
    if (!change.empty() && ui::figure_change("net_change", change, direction))
        show(change_of_month(context, part), FigureId::net_change);
    if (part.pace) {
        const std::string pace = part.pace->value ? context.say(Word::card_net_pace, {format.figure(*part.pace)})
                                                  : format.figure_note(*part.pace);
        const float share =
            part.attainment && part.attainment->value ? static_cast<float>(*part.attainment->value) / 10'000.0f : 0.0f;
        const std::string target =
            part.attainment && part.attainment->denominator > 0
                ? context.say(Word::card_net_target, {format.money_short(part.attainment->denominator)})
                : std::string();
        const bool pressed = ui::part_bar("pace", share > 1 ? 1.0f : share,
                                          {.label = pace, .value = target, .presses = ui::BarOptions::Presses::yes});
        if (pressed) show(month_so_far(context, part), FigureId::pace);
    }
    grid.end_cell();
}

void tickets_card(const ViewContext& context, ui::Grid& grid, const vm::OverviewPart& part, ui::Span span) {
    const std::string stamp = as_of(context, part);
    const ui::Cell cell = grid.begin_card("tickets", span,
                                          {.title = context.say(Word::card_tickets),
                                           .as_of = stamp,
                                           .action_label = context.say(Word::show_all),
                                           .action_href = "/tickets"});
    if (cell.action_pressed) context.show(vm::TicketsQuery{});
    if (ui::figure("open", {.name = context.say(Word::card_tickets),
                            .value = context.format.figure(part.open_tickets),
                            .style = ui::TextStyle::hero}))
        context.show(vm::OverviewQuery{figure_name(FigureId::open_tickets)});
    if (part.next_promise) {
        const vm::TicketBrief& next = *part.next_promise;
        ui::text(ui::TextStyle::caption, context.say(Word::card_tickets_next), ui::Color::text_muted);
        const DueWords due = due_words(context, next);
        ui::text_cut(ui::TextStyle::body_medium, next.subject);
        const std::string who = next.assignee_name.empty() ? std::string(context.say(Word::card_tickets_unassigned))
                                                           : context.say(Word::card_tickets_with, {next.assignee_name});
        ui::text_wrapped(ui::TextStyle::body, due.words.empty() ? who : due.words + ", " + who,
                         due.tone == ui::Tone::neutral ? ui::Color::text_muted : ui::tone_color(due.tone));
    } else if (part.whos_on_it.empty()) {
        ui::text_wrapped(ui::TextStyle::body, context.say(Word::card_tickets_none), ui::Color::text_muted);
    }
    ui::space_below(ui::space::medium);
    if (context.snapshot.session->may_file_tickets &&
        ui::button("file", context.say(Word::action_file_ticket), {.icon = icons::plus}))
        context.show(vm::TicketsQuery{.composing = true});
    grid.end_cell();
}

void monthly_card(const ViewContext& context, ui::Grid& grid, OverviewState& state, const vm::OverviewPart& part) {
    const vm::Format& format = context.format;
    const std::string stamp = as_of(context, part);
    ui::note_landmark("months",
                      grid.begin_card("monthly", {.phone = 12, .tablet = 12, .desktop = 8}, {.as_of = stamp}).box);
    std::vector<std::string> labels;
    std::vector<double> values, targets;
    int first_partial = -1;
    bool has_target = false;
    for (std::size_t index = 0; index < part.monthly_net.size(); ++index) {
        const vm::SeriesPoint& point = part.monthly_net[index];
        labels.push_back(format.month_short(month_of_day(point.day)));
        values.push_back(static_cast<double>(point.value));
        const std::int64_t target = part.monthly_target[index].value;
        targets.push_back(target > 0 ? static_cast<double>(target) : NAN);
        has_target = has_target || target > 0;
        if (point.partial && first_partial < 0) first_partial = static_cast<int>(index);
    }
    std::vector<ui::ChartSeries> series = {{.id = "net",
                                            .name = context.say(Word::card_net),
                                            .kind = ui::SeriesKind::bars,
                                            .values = values,
                                            .cells = ui::Cells::press}};
    if (has_target)
        series.push_back({.id = "target",
                          .name = context.say(Word::chart_target),
                          .kind = ui::SeriesKind::line,
                          .values = targets,
                          .color_index = 1,
                          .cells = ui::Cells::press});
    std::string sentence;
    if (const std::size_t count = part.monthly_net.size(); count >= 2) {
        const vm::SeriesPoint& last = part.monthly_net[count - 1];
        const vm::SeriesPoint& former = part.monthly_net[count - 2];
        sentence = context.say(Word::chart_monthly_sentence,
                               {format.month(month_of_day(former.day)), format.money_short(former.value),
                                format.month(month_of_day(last.day)), format.money_short(last.value)});
    }
    const ui::ChartResult result =
        ui::chart("monthly",
                  {.title = context.say(Word::chart_monthly_title),
                   .sentence = sentence,
                   .label_column = context.say(Word::grain_month),
                   .labels = labels,
                   .series = series,
                   .format_value = [&](double cents) { return format.money_exact(static_cast<std::int64_t>(cents)); },
                   .format_tick = [&](double cents) { return format.money_short(static_cast<std::int64_t>(cents)); },
                   .target = {},
                   .first_immature = first_partial,
                   .height = monthly_chart_height},
                  state.monthly, &state.crosshair);
    if (result.asked_point >= 0)
        show_month(context, part.monthly_net[static_cast<std::size_t>(result.asked_point)].day,
                   result.asked_series == 0 ? FigureId::net_financed_volume : FigureId::target);
    grid.end_cell();
}

void whos_on_it_card(const ViewContext& context, ui::Grid& grid, const vm::OverviewPart& part, bool beside_chart) {
    grid.begin_card("whos_on_it", {.phone = 12, .tablet = 12, .desktop = beside_chart ? 4 : 12},
                    {.title = context.say(Word::whos_on_it)});
    if (part.whos_on_it.empty())
        ui::text_wrapped(ui::TextStyle::body, context.say(Word::whos_on_it_empty), ui::Color::text_muted);
    ui::begin_list("tickets", context.say(Word::whos_on_it));
    for (const vm::TicketBrief& ticket : part.whos_on_it)
        ticket_link_row(context, ticket);
    ui::end_list();
    grid.end_cell();
}

void activity_card(const ViewContext& context, ui::Grid& grid, const vm::OverviewPart& part) {
    grid.begin_card("activity", {.phone = 12, .tablet = 12, .desktop = 6},
                    {.title = context.say(Word::activity_title)});
    if (part.activity.empty())
        ui::text_wrapped(ui::TextStyle::body, context.say(Word::activity_empty), ui::Color::text_muted);
    ui::begin_list("items", context.say(Word::activity_title));
    for (std::size_t index = 0; index < part.activity.size() && index < activity_rows_max; ++index) {
        const vm::ActivityItem& item = part.activity[index];
        const std::string id = "activity" + std::to_string(index);
        const std::string words = words_of(context, item);
        const std::string when = context.format.relative(item.when_ms);
        const std::string href = vm::route_of(item.target);
        using Kind = vm::ActivityItem::Kind;
        const char* icon = item.kind == Kind::message                                           ? icons::message_square
                           : item.kind == Kind::deposit                                         ? icons::banknote
                           : item.kind == Kind::ticket_filed || item.kind == Kind::ticket_moved ? icons::ticket
                                                                                                : icons::plug;
        if (ui::list_row(id.c_str(), {.title = words, .trailing = when, .icon = icon, .href = href}))
            context.show(item.target);
    }
    ui::end_list();
    grid.end_cell();
}

void deposits_card(const ViewContext& context, ui::Grid& grid, OverviewState& state, const vm::OverviewPart& part) {
    grid.begin_card("deposits", {.phone = 12, .tablet = 12, .desktop = 6},
                    {.title = context.say(Word::deposits_title)});
    const std::array<ui::Column, 3> columns = {
        ui::Column{.id = "day", .title = context.say(Word::column_day), .width = -2},
        ui::Column{.id = "reference", .title = context.say(Word::column_reference), .width = -2},
        ui::Column{.id = "amount",
                   .title = context.say(Word::column_amount),
                   .width = 120,
                   .align = ui::Align::right,
                   .narrow = ui::NarrowPlace::trailing}};
    ui::table("deposits",
              {.name = context.say(Word::deposits_title),
               .row_count = static_cast<std::int64_t>(part.deposits.size()),
               .columns = columns,
               .rows = ui::TableOptions::Rows::rest},
              state.deposits, [&](std::int64_t row, ui::TableRow& out) {
                  const Deposit& deposit = part.deposits[static_cast<std::size_t>(row)];
                  out.cell({.text = context.format.day(deposit.day)});
                  out.cell({.kind = ui::TableCell::Kind::muted, .text = deposit.reference});
                  out.cell({.kind = ui::TableCell::Kind::strong, .text = context.format.money_exact(deposit.cents)});
              });
    ui::space_below(ui::space::medium);
    if (ui::link("all_deposits", context.say(Word::deposits_see_all), vm::route_of(vm::DepositsQuery{})))
        context.show(vm::DepositsQuery{});
    grid.end_cell();
}

void queue_card(const ViewContext& context, ui::Grid& grid, const vm::OverviewPart& part) {
    grid.begin_card("queue", {.phone = 12, .tablet = 12, .desktop = 6}, {.title = context.say(Word::queue_title)});
    if (part.queue.empty()) {
        ui::text_wrapped(ui::TextStyle::body, context.say(Word::queue_empty), ui::Color::text_muted);
        grid.end_cell();
        return;
    }
    const vm::TicketBrief& next = part.queue.front();
    const DueWords due = due_words(context, next);
    ui::text_wrapped(ui::TextStyle::subtitle, next.subject);
    const bool names_both = !next.practice_name.empty() && !due.words.empty();
    ui::text_wrapped(ui::TextStyle::body, next.practice_name + (names_both ? ", " : "") + due.words,
                     due.tone == ui::Tone::neutral ? ui::Color::text_muted : ui::tone_color(due.tone));
    ui::space_below(ui::space::medium);
    if (ui::button("open_next", context.say(Word::action_open_ticket), {.kind = ui::ButtonKind::primary}))
        context.show(vm::TicketsQuery{.selected = next.id});
    if (part.queue.size() > 1) {
        ui::space_below(ui::space::large);
        ui::text(ui::TextStyle::caption_strong, context.say(Word::queue_then), ui::Color::text_muted);
        ui::begin_list("then", context.say(Word::queue_then));
        for (std::size_t index = 1; index < part.queue.size(); ++index)
            ticket_link_row(context, part.queue[index]);
        ui::end_list();
    }
    grid.end_cell();
}

MonthIndex told_month(const ViewContext& context, const vm::OverviewPart& part) {
    return month_of_day(part.closed_until > 0 ? part.closed_until : context.format.local_day(part.as_of_ms));
}

vm::FinancingQuery month_so_far(const ViewContext& context, const vm::OverviewPart& part) {
    const MonthIndex month = told_month(context, part);
    const Day last = first_day_of_month(month + 1) - 1;
    return {.from = first_day_of_month(month),
            .until = std::min(last, context.format.local_day(part.as_of_ms)),
            .grain = vm::Grain::day};
}

vm::FinancingQuery change_of_month(const ViewContext& context, const vm::OverviewPart& part) {
    vm::FinancingQuery query = month_so_far(context, part);
    if (part.closed_until > 0) query.until = part.closed_until;
    query.grain = vm::Grain::month;
    query.comparison = vm::Comparison::period_before;
    return query;
}

void overview_passport(const ViewContext& context, const vm::OverviewPart& part, const vm::OverviewQuery& query) {
    std::optional<HomeFigure> told = book_figure(context, part, query.passport);
    if (query.passport == figure_name(FigureId::integration_health) && part.health)
        told = HomeFigure{.figure = part.health->figure,
                          .action = Word::action_see_checks,
                          .made_of = vm::IntegrationsQuery{.selected = part.health_integration}};
    if (query.passport == figure_name(FigureId::open_tickets))
        told = HomeFigure{.figure = part.open_tickets, .made_of = vm::TicketsQuery{}};
    if (!told) return;
    switch (passport_drawer(context, told->figure, context.say(told->action), told->lines)) {
        case PassportEvent::acted:
            return context.show(std::move(told->made_of));
        case PassportEvent::closed:
            return context.show(vm::OverviewQuery{});
        case PassportEvent::none:
            break;
    }
}

}  // namespace portal::views
