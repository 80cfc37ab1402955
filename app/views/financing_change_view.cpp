// What explains the change: by places, plans and channels, or by causes. As a picture, and to the cent in a table.
#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "app/ui/choice.hpp"
#include "app/ui/figure.hpp"
#include "app/views/financing_parts_view.hpp"
#include "app/views/passport_view.hpp"
#include "app/vm/financing_passport.hpp"
#include "app/vm/financing_words.hpp"

namespace portal::views {

using vm::Word;

namespace {

constexpr float change_width = 114;
constexpr std::size_t change_rows_max = 10;
constexpr float change_table_height = 360;

void explain_choice(const ViewContext& context, const vm::FinancingPart& part) {
    const std::array<ui::Segment, 4> segments = {
        ui::Segment{.id = "places", .label = context.say(Word::explain_places)},
        ui::Segment{.id = "plans", .label = context.say(Word::explain_plans)},
        ui::Segment{.id = "channels", .label = context.say(Word::explain_channels)},
        ui::Segment{.id = "effects", .label = context.say(Word::explain_effects)}};
    int selected = static_cast<int>(part.query.explain);
    if (ui::segmented("explain", context.say(Word::explain_by), segments, selected)) {
        vm::FinancingQuery next = part.query;
        next.explain = static_cast<vm::Explain>(selected);
        context.show(std::move(next));
    }
    ui::space_below(ui::space::medium);
}

// Past the last one stands the whole.
std::string passport_of_part(const std::vector<vm::ChangePart>& parts, std::int64_t place) {
    const auto index = static_cast<std::size_t>(place);
    return index < parts.size() ? vm::passport_of_change(parts[index]) : figure_name(FigureId::net_change);
}

void change_picture(const ViewContext& context, const vm::FinancingPart& part, std::string_view sentence) {
    const std::vector<vm::ChangePart> parts = vm::drawn_change(part);
    std::vector<std::string> words, ids, names;
    std::int64_t total = 0;
    for (const vm::ChangePart& one : parts) {
        total += one.cents;
        words.push_back(vm::signed_money(context.format, one.cents));
        ids.push_back("part" + std::to_string(ids.size()));
        names.push_back(change_part_name(context, one));
    }
    std::vector<ui::WaterfallPart> bars;
    for (std::size_t index = 0; index < parts.size(); ++index)
        bars.push_back(
            {ids[index].c_str(), names[index], static_cast<double>(parts[index].cents), words[index],
             narrowed_to(part, parts[index]) ? ui::WaterfallPart::Rows::press : ui::WaterfallPart::Rows::rest});
    const std::string total_words = vm::signed_money(context.format, total);
    const ui::WaterfallPress pressed = ui::waterfall(
        "bars", sentence, bars, {"total", context.say(Word::column_net), static_cast<double>(total), total_words},
        context.say(Word::passport_open));
    if (pressed.part >= 0) context.show(*narrowed_to(part, parts[static_cast<std::size_t>(pressed.part)]));
    if (pressed.value >= 0) show_passport(context, part, passport_of_part(parts, pressed.value));
}

// Every part to the cent, the whole below them. A row chooses its part where it can be chosen by.
void change_table(const ViewContext& context, ui::TableState& state, const vm::FinancingPart& part) {
    const std::array<ui::Column, 2> columns = {
        ui::Column{.id = "part", .title = context.say(Word::column_what), .width = -1},
        ui::Column{.id = "change",
                   .title = context.say(Word::column_change),
                   .width = change_width,
                   .align = ui::Align::right,
                   .narrow = ui::NarrowPlace::trailing,
                   .cells = ui::Cells::press}};
    std::int64_t total = 0;
    for (const vm::ChangePart& one : part.change)
        total += one.cents;
    const std::size_t count = part.change.size();
    const ui::TableResult result =
        ui::table("change",
                  {.name = context.say(Word::financing_change_title),
                   .row_count = static_cast<std::int64_t>(count) + 1,
                   .columns = columns,
                   .height = count >= change_rows_max ? change_table_height : 0},
                  state, [&](std::int64_t row, ui::TableRow& out) {
                      const auto index = static_cast<std::size_t>(row);
                      const bool is_total = index == count;
                      out.cell({.kind = is_total ? ui::TableCell::Kind::strong : ui::TableCell::Kind::text,
                                .text = is_total ? std::string(context.say(Word::column_net))
                                                 : change_part_name(context, part.change[index])});
                      out.cell({.kind = ui::TableCell::Kind::strong,
                                .text = context.format.money_exact(is_total ? total : part.change[index].cents)});
                  });
    const std::int64_t asked = std::max(result.pressed_row, result.activated_row);
    if (asked < 0) return;
    const auto index = static_cast<std::size_t>(asked);
    auto narrowed = result.activated_row >= 0 && index < count ? narrowed_to(part, part.change[index]) : std::nullopt;
    if (narrowed) return context.show(std::move(*narrowed));
    show_passport(context, part, passport_of_part(part.change, asked));
}

}  // namespace

void change_card(const ViewContext& context, FinancingState& state, const vm::FinancingPart& part, ui::Grid& grid) {
    const std::string as_of = as_of_note(context, part);
    const std::string sentence = vm::change_sentence(context.format, part);
    grid.begin_card("change", {.phone = 12, .tablet = 12, .desktop = 4},
                    {.title = context.say(Word::financing_change_title), .as_of = as_of});
    explain_choice(context, part);
    if (part.change.empty()) {
        ui::text_wrapped(ui::TextStyle::body, sentence, ui::Color::text_muted);
    } else {
        if (state.change.view == ui::ChartState::View::picture)
            change_picture(context, part, sentence);
        else
            change_table(context, state.change.table, part);
        ui::chart_foot(sentence, state.change);
        if (ui::link("change_passport", context.say(Word::passport_open), {}))
            show_passport(context, part, figure_name(FigureId::net_change));
    }
    grid.end_cell();
}

}  // namespace portal::views
