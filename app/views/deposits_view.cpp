#include "app/views/deposits_view.hpp"

#include <array>
#include <vector>

#include "app/ui/button.hpp"
#include "app/ui/choice.hpp"
#include "app/ui/figure.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/overlay.hpp"
#include "app/ui/select.hpp"
#include "app/views/deposit_view.hpp"
#include "app/views/export_menu.hpp"
#include "app/vm/route.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::Word;

namespace {

constexpr float deposit_field_width = 220;
constexpr float cents_width = 112;
constexpr float totals_height = 112;
constexpr std::size_t state_count = 3;

void deposits_head(const ViewContext& context, const vm::DepositsQuery& query) {
    ui::heading(1, ui::TextStyle::title, context.say(Word::deposits_title));
    ui::align_right(export_menu_width(context, {}));
    export_menu(context, vm::Export::deposits, query, {});
    ui::text_wrapped(ui::TextStyle::body, context.say(Word::deposits_sentence), ui::Color::text_muted);
    ui::space_below(ui::space::medium);
}

void state_choice(const ViewContext& context, const vm::DepositsPart& part) {
    std::array<std::string, state_count> counts;
    std::array<ui::Segment, state_count + 1> segments = {
        ui::Segment{.id = "all", .label = context.say(Word::deposits_state_all)}, ui::Segment{.id = "unmatched"},
        ui::Segment{.id = "matched"}, ui::Segment{.id = "reviewed"}};
    for (std::size_t index = 0; index < state_count; ++index) {
        counts[index] = context.format.number(part.totals[index].days);
        segments[index + 1].label = context.say(word_of(static_cast<DepositState>(index)));
        if (ui::current_breakpoint() != ui::Breakpoint::phone) segments[index + 1].count = counts[index];
    }
    int selected = part.query.state ? static_cast<int>(*part.query.state) + 1 : 0;
    if (!ui::segmented("state", context.say(Word::deposits_state), segments, selected)) return;
    vm::DepositsQuery next = part.query;
    next.state.reset();
    if (selected > 0) next.state = static_cast<DepositState>(selected - 1);
    context.show(std::move(next));
}

void period_choice(const ViewContext& context, const vm::DepositsPart& part) {
    const std::array<std::pair<Word, Day>, 3> periods = {{{Word::deposits_period_all, 0},
                                                          {Word::deposits_period_month, part.closed_until - 29},
                                                          {Word::deposits_period_week, part.closed_until - 6}}};
    std::vector<ui::SelectOption> options;
    int selected = -1;
    for (const auto& [word, from] : periods) {
        if (from == part.query.from) selected = static_cast<int>(options.size());
        options.push_back({.label = context.say(word)});
    }
    // From a link.
    const std::string since = context.say(Word::deposits_period_since, {context.format.day(part.query.from)});
    if (selected < 0) {
        selected = static_cast<int>(options.size());
        options.push_back({.label = since});
    }
    if (!ui::select(
            "period", options, selected,
            {.label = context.say(Word::deposits_period), .icon = icons::calendar, .width = deposit_field_width}))
        return;
    if (static_cast<std::size_t>(selected) >= periods.size()) return;
    vm::DepositsQuery next = part.query;
    next.from = periods[static_cast<std::size_t>(selected)].second;
    context.show(std::move(next));
}

void location_choice(const ViewContext& context, const vm::DepositsPart& part) {
    const auto& places = part.location_choices;
    if (places.size() < 2) return;
    ui::flow(deposit_field_width, ui::space::medium);
    std::vector<ui::SelectOption> options = {{.label = context.say(Word::financing_everything)}};
    int selected = 0;
    for (const vm::PlaceChoice& place : places) {
        if (place.id == part.query.location) selected = static_cast<int>(options.size());
        options.push_back({.label = place.name, .description = place.detail});
    }
    if (!ui::select("location", options, selected,
                    {.label = context.say(Word::financing_location),
                     .search_label = places.size() >= searchable_from ? context.say(Word::search) : std::string_view(),
                     .width = deposit_field_width}))
        return;
    vm::DepositsQuery next = part.query;
    next.location = selected > 0 ? places[static_cast<std::size_t>(selected) - 1].id : Id();
    context.show(std::move(next));
}

std::string signed_difference(const vm::Format& format, std::int64_t cents) {
    return (cents > 0 ? "+" : "") + format.money_exact(cents);
}

std::string total_value(const vm::Format& format, const vm::DepositTotals& totals, DepositState state) {
    return state == DepositState::matched ? format.money_exact(totals.deposited_cents)
                                          : signed_difference(format, totals.deposited_cents - totals.expected_cents);
}

void total_tile(const ViewContext& context, const vm::DepositsPart& part, DepositState state) {
    const std::string as_of = context.say(Word::as_of, {context.format.day_and_time(part.as_of_ms)});
    const vm::DepositTotals& totals = part.totals[static_cast<std::size_t>(state)];
    const std::string id = "total" + std::to_string(static_cast<int>(state));
    const ui::Card card(id.c_str(), {.as_of = as_of, .height_min = totals_height, .padding = ui::space::large});
    const std::string value = total_value(context.format, totals, state);
    const std::string note =
        context.say(Word::deposits_total_note,
                    {context.format.number(totals.days), context.format.money_short(totals.expected_cents)});
    if (!ui::figure(
            "value",
            {.label = context.say(word_of(state)), .value = value, .note = note, .style = ui::TextStyle::title}))
        return;
    vm::DepositsQuery next = part.query;
    next.passport = state;
    context.show(std::move(next));
}

void total_lines(const ViewContext& context, const vm::DepositsPart& part, const vm::DepositTotals& totals) {
    const vm::Format& format = context.format;
    ui::key_value(context.say(Word::deposits_days), format.number(totals.days), key_width);
    ui::key_value(context.say(Word::column_expected), format.money_exact(totals.expected_cents), key_width);
    ui::key_value(context.say(Word::column_deposited), format.money_exact(totals.deposited_cents), key_width);
    ui::key_value(context.say(Word::column_difference),
                  signed_difference(format, totals.deposited_cents - totals.expected_cents), key_width);
    ui::key_value(context.say(Word::deposits_source), context.say(Word::deposits_source_told), key_width);
    ui::key_value(context.say(Word::passport_basis), context.say(Word::passport_basis_posted), key_width);
    ui::key_value(context.say(Word::passport_as_of), format.day_and_time(part.as_of_ms), key_width);
    if (part.closed_until > 0)
        ui::key_value(context.say(Word::passport_closed_until), format.day(part.closed_until), key_width);
}

// What a total is made of, and the way to its days.
void total_passport(const ViewContext& context, const vm::DepositsPart& part) {
    if (!part.query.passport) return;
    constexpr std::array definitions = {Word::deposits_formula_unmatched, Word::deposits_formula_matched,
                                        Word::deposits_formula_reviewed};
    const DepositState state = *part.query.passport;
    const auto index = static_cast<std::size_t>(state);
    ui::Shown shown = ui::Shown::yes;
    const std::string title = context.say(Word::passport_title, {context.say(word_of(state))});
    if (!ui::begin_dialog("total_passport", shown,
                          {.kind = ui::DialogKind::drawer,
                           .title = title,
                           .width = ui::size::drawer_width,
                           .outside_press = ui::DialogOptions::OutsidePress::closes}))
        return;
    ui::text(ui::TextStyle::hero, total_value(context.format, part.totals[index], state));
    ui::space_below(ui::space::large);
    ui::text(ui::TextStyle::body_strong, context.say(Word::passport_formula));
    ui::text_wrapped(ui::TextStyle::body, context.say(definitions[index]));
    ui::space_below(ui::space::large);
    total_lines(context, part, part.totals[index]);
    ui::space_below(ui::space::large);
    vm::DepositsQuery next = part.query;
    next.passport.reset();
    const bool lists = ui::button("total_days", context.say(Word::deposits_show_days), {.icon = icons::list});
    if (lists) next.state = state;
    ui::end_dialog();
    if (lists || shown == ui::Shown::no) context.show(std::move(next));
}

// What each state comes to; pressing one opens its passport.
void total_tiles(const ViewContext& context, const vm::DepositsPart& part) {
    constexpr std::array states = {DepositState::unmatched, DepositState::matched, DepositState::reviewed};
    if (ui::current_breakpoint() == ui::Breakpoint::phone) {
        for (const DepositState state : states) {
            total_tile(context, part, state);
            ui::space_below(ui::space::small);
        }
        return;
    }
    ui::Columns columns({-1, -1, -1}, ui::space::large);
    for (const DepositState state : states) {
        columns.next();
        total_tile(context, part, state);
    }
}

std::array<ui::Column, 7> deposit_columns(const ViewContext& context, bool names_practice) {
    const auto cents = [&](const char* id, Word title, ui::NarrowPlace narrow) {
        return ui::Column{
            .id = id, .title = context.say(title), .width = cents_width, .align = ui::Align::right, .narrow = narrow};
    };
    return {ui::Column{.id = "day", .title = context.say(Word::column_day), .width = 112},
            ui::Column{.id = "place",
                       .title = context.say(names_practice ? Word::column_practice : Word::financing_location),
                       .width = -3},
            cents("expected", Word::column_expected, ui::NarrowPlace::dropped),
            cents("deposited", Word::column_deposited, ui::NarrowPlace::dropped),
            cents("difference", Word::column_difference, ui::NarrowPlace::trailing),
            ui::Column{.id = "state", .title = context.say(Word::deposits_state), .width = 116},
            ui::Column{.id = "reference",
                       .title = context.say(Word::column_reference),
                       .width = -1.5f,
                       .narrow = ui::NarrowPlace::dropped}};
}

void deposits_table(const ViewContext& context, DepositsState& state, const vm::DepositsPart& part) {
    const vm::Format& format = context.format;
    const bool names_practice = context.snapshot.session->practices.size() > 1;
    const auto columns = deposit_columns(context, names_practice);
    const auto target_of = [&](const vm::DepositLine& line) {
        vm::DepositsQuery target = part.query;
        target.selected = line.location;
        target.day = line.day;
        return target;
    };
    const ui::TableResult result = ui::table(
        "deposits",
        {.name = context.say(Word::deposits_title),
         .row_count = static_cast<std::int64_t>(part.rows.size()),
         .columns = columns},
        state.table, [&](std::int64_t index, ui::TableRow& out) {
            const vm::DepositLine& line = part.rows[static_cast<std::size_t>(index)];
            const std::int64_t difference = line.deposited_cents - line.expected_cents;
            out.href(vm::route_of(target_of(line)));
            out.cell({.kind = ui::TableCell::Kind::strong, .text = format.day(line.day)});
            out.cell({.text = names_practice ? line.practice_name + ", " + line.location_name : line.location_name});
            out.cell({.text = format.money_exact(line.expected_cents)});
            out.cell({.text = format.money_exact(line.deposited_cents)});
            out.cell({.kind = ui::TableCell::Kind::strong, .text = signed_difference(format, difference)});
            out.cell({.kind = ui::TableCell::Kind::status,
                      .text = context.say(word_of(line.state)),
                      .tone = tone_of(line.state)});
            out.cell({.kind = ui::TableCell::Kind::muted, .text = line.reference});
        });
    if (result.activated_row < 0) return;
    context.show(target_of(part.rows[static_cast<std::size_t>(result.activated_row)]));
}

void no_days(const ViewContext& context, const vm::DepositsPart& part) {
    const bool filtered = part.query.state || !part.query.location.empty() || part.query.from > 0;
    if (filtered) {
        if (ui::empty_state("no_match", icons::wallet, context.say(Word::deposits_empty_filtered),
                            context.say(Word::deposits_show_all)))
            context.show(vm::DepositsQuery{});
        return;
    }
    const Word word = part.has_daily_sums_alone ? Word::deposits_need_facts : Word::deposits_empty;
    ui::empty_state("empty", icons::wallet, context.say(word));
}

}  // namespace

void deposits_view(const ViewContext& context, DepositsState& state, const vm::DepositsQuery& query) {
    deposits_head(context, query);
    const auto& part = context.snapshot.deposits;
    if (!part) {
        ui::skeleton_lines("deposits_wait", 8);
        return;
    }
    period_choice(context, *part);
    location_choice(context, *part);
    ui::space_below(ui::space::medium);
    state_choice(context, *part);
    ui::space_below(ui::space::medium);
    if (part->rows.empty()) {
        no_days(context, *part);
    } else {
        total_tiles(context, *part);
        ui::space_below(ui::space::section);
        const auto shown = static_cast<std::int64_t>(part->rows.size());
        if (shown < part->listed) {
            ui::text_wrapped(
                ui::TextStyle::caption,
                context.say(Word::deposits_newest, {context.format.number(shown), context.format.number(part->listed)}),
                ui::Color::text_muted);
            ui::space_below(ui::space::small);
        }
        deposits_table(context, state, *part);
    }
    total_passport(context, *part);
    deposit_view(context, state, *part);
}

}  // namespace portal::views
