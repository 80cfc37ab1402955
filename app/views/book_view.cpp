#include "app/views/book_view.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

#include "app/views/overview_cards.hpp"
#include "app/views/passport_view.hpp"
#include "app/views/wording.hpp"
#include "app/vm/financing_passport.hpp"
#include "app/vm/route.hpp"
#include "app/vm/vocabulary.hpp"

namespace portal::views {

using vm::Word;

namespace {

constexpr float table_height = 460;
constexpr std::size_t scrolls_from = 11;

enum BookColumn : int { practice, health, net, change, pace, tickets, actions, at_risk };

std::int64_t sort_key(const vm::PracticeStanding& row, int column) {
    switch (column) {
        case health:
            return row.health ? row.health->value.value_or(101) : 101;
        case net:
            return row.net.value.value_or(INT64_MIN);
        case change:
            return row.change_basis_points.value_or(INT64_MIN);
        case pace:
            return row.pace.value.value_or(INT64_MIN);
        case tickets:
            return row.open_tickets;
        case actions:
            return row.overdue_actions * 1'000 + row.open_actions.value.value_or(0);
        default:
            return row.at_risk.value.value_or(0);
    }
}

// Row order for the chosen column; the store's own order (risk x dollars) until one is chosen.
std::vector<std::size_t> order_of(const std::vector<vm::PracticeStanding>& book, const ui::TableState& state) {
    std::vector<std::size_t> order(book.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (state.sort_column < 0 || state.sort_direction == ui::SortDirection::none) return order;
    const bool descending = state.sort_direction == ui::SortDirection::descending;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
        if (descending) std::swap(left, right);
        if (state.sort_column == practice) return book[left].name < book[right].name;
        return sort_key(book[left], state.sort_column) < sort_key(book[right], state.sort_column);
    });
    return order;
}

std::array<ui::Column, 8> columns_of(const ViewContext& context) {
    const auto number = [&](const char* id, Word title, float width) {
        return ui::Column{.id = id,
                          .title = context.say(title),
                          .width = width,
                          .align = ui::Align::right,
                          .sortable = ui::Sortable::yes};
    };
    std::array<ui::Column, 8> columns = {
        ui::Column{.id = "practice",
                   .title = context.say(Word::column_practice),
                   .width = -2.8f,
                   .sortable = ui::Sortable::yes},
        ui::Column{
            .id = "health", .title = context.say(Word::column_health), .width = -2, .sortable = ui::Sortable::yes},
        number("net", Word::column_net_month, -1.5f),
        number("change", Word::column_change, -1.15f),
        number("pace", Word::column_pace, -1),
        number("tickets", Word::column_tickets, -1),
        number("actions", Word::column_actions, -1.4f),
        number("risk", Word::column_at_risk, -1.3f)};
    columns[net].narrow = ui::NarrowPlace::trailing;
    for (const int figure : {health, net, change, pace, tickets, actions, at_risk})
        columns[static_cast<std::size_t>(figure)].cells = ui::Cells::press;
    for (const int dropped : {change, pace, tickets, actions, at_risk})
        columns[static_cast<std::size_t>(dropped)].narrow = ui::NarrowPlace::dropped;
    return columns;
}

std::string health_words(const ViewContext& context, const vm::PracticeStanding& row) {
    if (!row.health || !row.health->value) return std::string(context.say(Word::health_none));
    const Word word = row.tone == vm::Tone::good  ? Word::health_good
                      : row.tone == vm::Tone::bad ? Word::health_bad
                                                  : Word::health_warn;
    return context.format.number(*row.health->value) + ", " + std::string(context.say(word));
}

std::string actions_words(const ViewContext& context, const vm::PracticeStanding& row) {
    const std::string open = context.format.figure(row.open_actions);
    if (row.overdue_actions == 0) return open;
    return context.say(Word::action_count_overdue, {open, context.format.number(row.overdue_actions)});
}

// Figures of financing open their passports on its screen, the others here.
void show_figure(const ViewContext& context, const vm::OverviewPart& part, const vm::PracticeStanding& row,
                 int column) {
    switch (column) {
        case health:
            return context.show(vm::OverviewQuery{vm::passport_of_place(FigureId::integration_health, row.practice)});
        case tickets:
            return context.show(vm::OverviewQuery{vm::passport_of_place(FigureId::open_tickets, row.practice)});
        case actions:
            return context.show(vm::OverviewQuery{vm::passport_of_place(FigureId::open_actions, row.practice)});
        case at_risk:
            return context.show(vm::OverviewQuery{vm::passport_of_place(FigureId::dollars_at_risk, row.practice)});
        default:
            break;
    }
    vm::FinancingQuery query = column == change ? change_of_month(context, part) : month_so_far(context, part);
    query.practice = row.practice;
    query.passport = figure_name(column == pace     ? FigureId::pace
                                 : column == change ? FigureId::net_change
                                                    : FigureId::net_financed_volume);
    context.show(std::move(query));
}

}  // namespace

std::optional<HomeFigure> book_figure(const ViewContext& context, const vm::OverviewPart& part,
                                      std::string_view passport) {
    for (const vm::PracticeStanding& row : part.book) {
        const auto is_of = [&](FigureId id) { return passport == vm::passport_of_place(id, row.practice); };
        const vm::IntegrationsQuery checks{.selected = row.health_integration};
        HomeFigure told{.lines = {{context.say(Word::passport_of), row.name}}};
        if (is_of(FigureId::integration_health) && row.health) {
            told.figure = *row.health;
            told.action = Word::action_see_checks;
            told.made_of = checks;
        } else if (is_of(FigureId::open_tickets)) {
            told.figure = part.open_tickets;
            told.figure.value = told.figure.numerator = row.open_tickets;
            told.made_of = vm::TicketsQuery{};
        } else if (is_of(FigureId::open_actions)) {
            told.figure = row.open_actions;
            told.lines.push_back({context.say(Word::actions_overdue), context.format.number(row.overdue_actions)});
            told.made_of = vm::ActionsQuery{.practice = row.practice};
        } else if (is_of(FigureId::dollars_at_risk)) {
            told.figure = row.at_risk;
            told.action = Word::action_see_checks;
            told.made_of = checks;
        } else {
            continue;
        }
        return told;
    }
    return std::nullopt;
}

void book_card(const ViewContext& context, ui::Grid& grid, OverviewState& state, const vm::OverviewPart& part) {
    const auto count = static_cast<std::int64_t>(part.book.size());
    const std::string sentence = count == 1 ? std::string(context.say(Word::book_of_one))
                                            : context.say(Word::book_sentence, {context.format.number(count)});
    const std::string stamp = context.say(Word::as_of, {context.format.day_and_time(part.as_of_ms)});
    grid.begin_card("book", {.phone = 12},
                    {.title = context.say(Word::book_title), .subtitle = sentence, .as_of = stamp});
    const auto columns = columns_of(context);
    const std::vector<std::size_t> order = order_of(part.book, state.book);
    const ui::TableOptions options{.name = context.say(Word::book_title),
                                   .row_count = count,
                                   .columns = columns,
                                   .height = part.book.size() >= scrolls_from ? table_height : 0,
                                   .empty_sentence = context.say(Word::book_empty)};
    const ui::TableResult result = ui::table("book", options, state.book, [&](std::int64_t index, ui::TableRow& out) {
        const vm::PracticeStanding& row = part.book[order[static_cast<std::size_t>(index)]];
        const vm::Format& format = context.format;
        out.href(vm::route_of(vm::FinancingQuery{.practice = row.practice}));
        out.cell({.kind = ui::TableCell::Kind::strong, .text = row.name});
        out.cell({.kind = ui::TableCell::Kind::status, .text = health_words(context, row), .tone = tone_of(row.tone)});
        out.cell({.text = format.figure(row.net)});
        out.cell(
            {.text = row.change_basis_points ? format.signed_percent(*row.change_basis_points) : std::string("-")});
        out.cell({.text = format.figure(row.pace)});
        out.cell({.text = format.number(row.open_tickets)});
        out.cell({.text = actions_words(context, row)});
        out.cell({.text = row.at_risk.value.value_or(0) > 0 ? format.figure(row.at_risk) : std::string("-")});
    });
    if (result.pressed_row >= 0)
        show_figure(context, part, part.book[order[static_cast<std::size_t>(result.pressed_row)]],
                    result.pressed_column);
    if (result.activated_row >= 0) {
        const vm::PracticeStanding& row = part.book[order[static_cast<std::size_t>(result.activated_row)]];
        context.show(vm::FinancingQuery{.practice = row.practice});
    }
    grid.end_cell();
}

}  // namespace portal::views
