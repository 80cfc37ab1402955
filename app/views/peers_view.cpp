#include "app/views/peers_view.hpp"

#include <array>
#include <cstdlib>

#include "app/ui/notice.hpp"
#include "app/vm/financing_passport.hpp"
#include "app/vm/vocabulary.hpp"

namespace portal::views {

using vm::Word;

namespace {

constexpr std::int64_t point_basis_points = 100;

// Peers are told in whole points and tens of dollars: nothing finer is claimed of the difference.
std::string difference(const ViewContext& context, const vm::PeerLine& line) {
    if (!line.peers || !line.own.value) return "-";
    const bool is_money = line.own.unit == FigureUnit::cents;
    const std::int64_t more = *line.own.value - *line.peers;
    const std::int64_t points = (std::abs(more) + point_basis_points / 2) / point_basis_points;
    const bool is_above = more > 0;
    if (is_money)
        return context.say(is_above ? Word::peers_money_above : Word::peers_money_below,
                           {context.format.money_short(std::abs(more))});
    if (points == 0) return std::string(context.say(Word::peers_about_equal));
    return context.say(is_above ? Word::peers_points_above : Word::peers_points_below, {context.format.number(points)});
}

void peers_table(const ViewContext& context, FinancingState& state, const vm::FinancingPart& part) {
    const vm::PeersPart& peers = part.peers;
    const auto right = [&](const char* id, Word title, float width) {
        return ui::Column{.id = id, .title = context.say(title), .width = width, .align = ui::Align::right};
    };
    std::array<ui::Column, 4> columns = {
        ui::Column{.id = "figure", .title = context.say(Word::column_figure), .width = -2},
        right("here", Word::column_here, 120), right("peers", Word::column_peers, 170),
        right("difference", Word::column_difference, 170)};
    columns[1].narrow = ui::NarrowPlace::trailing;
    const ui::TableResult result =
        ui::table("peers",
                  {.name = context.say(Word::peers_title),
                   .row_count = static_cast<std::int64_t>(peers.lines.size()),
                   .columns = columns},
                  state.peers, [&](std::int64_t row, ui::TableRow& out) {
                      const vm::PeerLine& line = peers.lines[static_cast<std::size_t>(row)];
                      out.cell({.text = std::string(context.say(vm::word_of(line.own.id)))});
                      out.cell({.kind = ui::TableCell::Kind::strong, .text = context.format.figure(line.own)});
                      out.cell({.text = peers_value(context, line)});
                      out.cell({.text = difference(context, line)});
                  });
    if (result.activated_row < 0) return;
    vm::FinancingQuery next = part.query;
    next.passport = vm::passport_of_peers(peers.lines[static_cast<std::size_t>(result.activated_row)].own.id);
    context.show(std::move(next));
}

Word words_of(vm::PeersPart::State state) {
    using State = vm::PeersPart::State;
    switch (state) {
        case State::choose_practice:
            return Word::peers_choose;
        case State::too_few:
            return Word::peers_too_few;
        case State::refused:
            return Word::peers_refused;
        case State::unreachable:
        case State::asking:
        case State::told:
            break;
    }
    return Word::peers_unreachable;
}

}  // namespace

std::string peers_value(const ViewContext& context, const vm::PeerLine& line) {
    if (line.peers) {
        Figure figure = line.own;
        figure.value = line.peers;
        return context.format.figure(figure);
    }
    const Word why = line.reason == PeerReason::one_dominates ? Word::peers_dominated : Word::peers_few_cases;
    return std::string(context.say(why));
}

void peers_card(const ViewContext& context, FinancingState& state, const vm::FinancingPart& part, ui::Grid& grid) {
    const vm::PeersPart& peers = part.peers;
    const vm::Format& format = context.format;
    const bool is_told = peers.state == vm::PeersPart::State::told;
    const std::string sentence =
        is_told ? context.say(peers.same_size ? Word::peers_of_size : Word::peers_of_specialty,
                              {format.number(peers.practices), format.month_short(month_of_day(peers.from)),
                               format.month(month_of_day(peers.until))})
                : std::string();
    const std::string as_of = is_told ? context.say(Word::as_of, {format.day_and_time(peers.as_of_ms)}) : std::string();
    grid.begin_card("peers", {.phone = 12},
                    {.title = context.say(Word::peers_title), .subtitle = sentence, .as_of = as_of});
    if (is_told) {
        peers_table(context, state, part);
        ui::space_below(ui::space::small);
        ui::text_wrapped(ui::TextStyle::caption, context.say(Word::peers_rounded), ui::Color::text_muted);
    } else if (peers.state == vm::PeersPart::State::asking) {
        ui::skeleton_lines("peers_wait", 3);
    } else {
        ui::text_wrapped(ui::TextStyle::body, context.say(words_of(peers.state)), ui::Color::text_muted);
    }
    grid.end_cell();
}

}  // namespace portal::views
