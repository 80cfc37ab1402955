#include "app/views/financing_filters_view.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "app/ui/button.hpp"
#include "app/ui/choice.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/menu.hpp"
#include "app/ui/select.hpp"
#include "app/ui/text_field.hpp"
#include "app/vm/typed_day.hpp"
#include "app/vm/typed_money.hpp"
#include "app/vm/vocabulary.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::Word;

namespace {

constexpr float field_width = 190;
constexpr float chip_width = 130;
constexpr float dialog_width = 360;
constexpr Day short_period_days = 62, days_of_year = 364;
constexpr std::size_t typed_bytes_max = 20;
constexpr std::int64_t amount_example_cents = 1'250'00;

struct Period {
    Word word;
    Day from = 0;
    Day until = 0;
};

std::vector<Period> periods(Day today) {
    const MonthIndex month = month_of_day(today);
    const auto since = [&](int months_back) { return first_day_of_month(month - months_back); };
    return {{Word::financing_period_this_month, since(0), today},
            {Word::financing_period_last_month, since(1), since(0) - 1},
            {Word::financing_period_quarter, since(2), today},
            {Word::financing_period_year, since(12), today},
            {Word::financing_period_all, since(23), today}};
}

void show_period(const ViewContext& context, vm::FinancingQuery query, Day from, Day until) {
    query.from = from;
    query.until = until;
    query.grain = until - from < short_period_days ? vm::Grain::day : vm::Grain::month;
    context.show(std::move(query));
}

void period_select(const ViewContext& context, TypedRange& typed, const vm::FinancingPart& part) {
    const vm::Format& format = context.format;
    const std::vector<Period> choices = periods(format.local_day(format.now_ms()));
    std::vector<ui::SelectOption> options;
    int selected = -1;
    for (std::size_t index = 0; index < choices.size(); ++index) {
        options.push_back({.label = context.say(choices[index].word)});
        if (choices[index].from == part.query.from && choices[index].until == part.query.until)
            selected = static_cast<int>(index);
    }
    // A brushed or linked period that is none of these stands at the end.
    const std::string custom =
        context.say(Word::financing_period_custom, {format.day_short(part.query.from), format.day(part.query.until)});
    if (selected < 0) {
        selected = static_cast<int>(options.size());
        options.push_back({.label = custom});
    }
    const auto other = static_cast<int>(options.size());
    options.push_back({.label = context.say(Word::financing_period_other)});
    if (!ui::select("period", options, selected,
                    {.label = context.say(Word::financing_period), .icon = icons::calendar, .width = field_width}))
        return;
    if (selected == other)
        typed = {ui::Shown::yes, vm::text_of_typed_day(format.language(), part.query.from),
                 vm::text_of_typed_day(format.language(), part.query.until), false, true};
    if (static_cast<std::size_t>(selected) >= choices.size()) return;
    const Period& chosen = choices[static_cast<std::size_t>(selected)];
    show_period(context, part.query, chosen.from, chosen.until);
}

// One end of a range; true when Enter was pressed in it.
bool typed_end(const char* id, std::string& text, std::string_view label, std::string_view hint, std::string_view error,
               bool& takes_focus) {
    const auto result =
        ui::text_field(id, text,
                       {.label = label,
                        .hint = hint,
                        .error = error,
                        .bytes_max = typed_bytes_max,
                        .focus = std::exchange(takes_focus, false) ? ui::TakeFocus::now : ui::TakeFocus::no});
    ui::space_below(ui::space::large);
    return result.submitted;
}

// True when what is typed is to be shown.
bool range_footer(const ViewContext& context, TypedRange& typed, bool is_entered) {
    ui::dialog_footer();
    const bool is_pressed =
        ui::button("show", context.say(Word::range_show), {.kind = ui::ButtonKind::primary}) || is_entered;
    ui::beside();
    if (ui::button("cancel", context.say(Word::cancel))) typed.shown = ui::Shown::no;
    ui::end_dialog();
    typed.was_submitted |= is_pressed;
    return is_pressed;
}

void days_dialog(const ViewContext& context, TypedRange& typed, const vm::FinancingPart& part) {
    if (!ui::begin_dialog("days", typed.shown, {.title = context.say(Word::period_dialog), .width = dialog_width}))
        return;
    const vm::Language language = context.format.language();
    const Day today = context.format.local_day(context.format.now_ms());
    // Without a year, the last such day.
    const auto read = [&](const std::string& text) { return vm::typed_day(language, text, today - days_of_year); };
    const auto first = read(typed.first), last = read(typed.last);
    const std::string needed = context.say(Word::period_day_needed, {vm::text_of_typed_day(language, today)});
    const bool is_reversed = first && last && *last < *first;
    const auto error_of = [&](const std::string& text, bool is_day) {
        return !is_day && (typed.was_submitted || !text.empty()) ? std::string_view(needed) : std::string_view();
    };
    const auto hint_of = [&](const std::optional<Day>& day) { return day ? context.format.day(*day) : std::string(); };
    bool is_entered = typed_end("first", typed.first, context.say(Word::period_first_day), hint_of(first),
                                error_of(typed.first, first.has_value()), typed.takes_focus);
    bool no_focus = false;
    is_entered |= typed_end(
        "last", typed.last, context.say(Word::period_last_day), hint_of(last),
        is_reversed ? context.say(Word::period_order_wrong) : error_of(typed.last, last.has_value()), no_focus);
    if (!range_footer(context, typed, is_entered) || !first || !last || is_reversed) return;
    typed.shown = ui::Shown::no;
    show_period(context, part.query, *first, *last);
}

void amounts_dialog(const ViewContext& context, TypedRange& typed, const vm::FinancingPart& part) {
    if (!ui::begin_dialog("amounts", typed.shown, {.title = context.say(Word::amount_dialog), .width = dialog_width}))
        return;
    const vm::Language language = context.format.language();
    const auto read = [&](const std::string& text) {
        return text.empty() ? std::optional<std::int64_t>(0) : vm::typed_cents(language, text);
    };
    const auto least = read(typed.first), most = read(typed.last);
    const std::string needed =
        context.say(Word::amount_needed, {vm::text_of_typed_cents(language, amount_example_cents)});
    const bool is_reversed = least && most && *most > 0 && *most < *least;
    const std::string_view hint = context.say(Word::amount_no_limit);
    bool is_entered = typed_end("least", typed.first, context.say(Word::amount_least), hint,
                                least ? std::string_view() : needed, typed.takes_focus);
    bool no_focus = false;
    is_entered |= typed_end("most", typed.last, context.say(Word::amount_most), hint,
                            is_reversed ? context.say(Word::amount_order_wrong)
                            : most      ? std::string_view()
                                        : needed,
                            no_focus);
    if (!range_footer(context, typed, is_entered) || !least || !most || is_reversed) return;
    typed.shown = ui::Shown::no;
    vm::FinancingQuery next = part.query;
    next.cents_from = *least;
    next.cents_until = *most;
    context.show(std::move(next));
}

void grain_choice(const ViewContext& context, const vm::FinancingPart& part) {
    const std::array<ui::Segment, 4> segments = {
        ui::Segment{.id = "day", .label = context.say(Word::grain_day)},
        ui::Segment{.id = "week", .label = context.say(Word::grain_week)},
        ui::Segment{.id = "month", .label = context.say(Word::grain_month)},
        ui::Segment{.id = "quarter", .label = context.say(Word::grain_quarter)}};
    int selected = static_cast<int>(part.query.grain);
    if (!ui::segmented("grain", context.say(Word::financing_grain), segments, selected)) return;
    vm::FinancingQuery next = part.query;
    next.grain = static_cast<vm::Grain>(selected);
    context.show(std::move(next));
}

// Index 0 is "All". True when the choice changed; `id` is then the chosen place or empty.
bool place_select(const ViewContext& context, const char* name, Word label, const std::vector<vm::PlaceChoice>& places,
                  Id& id) {
    if (places.size() < 2) return false;
    ui::flow(field_width, ui::space::medium);
    std::vector<ui::SelectOption> options = {{.label = context.say(Word::financing_everything)}};
    int selected = 0;
    for (const vm::PlaceChoice& place : places) {
        if (place.id == id) selected = static_cast<int>(options.size());
        options.push_back({.label = place.name, .description = place.detail});
    }
    const bool changed =
        ui::select(name, options, selected,
                   {.label = context.say(label),
                    .search_label = places.size() >= searchable_from ? context.say(Word::search) : std::string_view(),
                    .width = field_width});
    if (changed) id = selected > 0 ? places[static_cast<std::size_t>(selected) - 1].id : Id();
    return changed;
}

// Index of the choice that was made, or -1.
int choice_menu(const char* id, const std::vector<std::string>& choices, std::size_t value) {
    std::vector<std::string> ids;
    for (std::size_t index = 0; index < choices.size(); ++index)
        ids.push_back(std::to_string(index));
    std::vector<ui::MenuItem> items;
    for (std::size_t index = 0; index < choices.size(); ++index)
        items.push_back({.id = ids[index].c_str(),
                         .label = choices[index],
                         .checked = index == value ? ui::MenuItem::Checked::yes : ui::MenuItem::Checked::no});
    return ui::menu(id, items);
}

}  // namespace

// A chip for one filter: its name and what it is set to; pressing offers the choices, the cross takes it back.
// Index 0 of `choices` is "All". True when it changed.
bool filter_menu(const char* id, std::string_view label, const std::vector<std::string>& choices, int& selected,
                 std::string_view disabled_reason) {
    ui::flow(chip_width, ui::space::small);
    const std::string menu_id = std::string(id) + "_menu";
    const auto value = static_cast<std::size_t>(selected);
    bool opens = false, cleared = false;
    if (selected == 0) {
        opens = ui::menu_chip(id, label, {.disabled_reason = disabled_reason});
    } else {
        const ui::ChipEvent event = ui::removable_chip(id, label, {.value = choices[value]});
        opens = event == ui::ChipEvent::pressed;
        cleared = event == ui::ChipEvent::removed;
    }
    if (opens) ui::open_menu(menu_id.c_str());
    const int chosen = ui::is_popover_open(menu_id.c_str()) ? choice_menu(menu_id.c_str(), choices, value) : -1;
    if (chosen < 0 && !cleared) return false;
    const int wanted = cleared ? 0 : chosen;
    const bool changed = wanted != selected;
    selected = wanted;
    return changed;
}

namespace {

bool channel_filter(const ViewContext& context, vm::FinancingQuery& next) {
    std::vector<std::string> choices = {std::string(context.say(Word::financing_everything))};
    for (const FactChannel channel :
         {FactChannel::in_office, FactChannel::online, FactChannel::phone, FactChannel::integrated})
        choices.emplace_back(context.say(vm::word_of(channel)));
    int selected = next.channel ? static_cast<int>(*next.channel) + 1 : 0;
    if (!filter_menu("channel", context.say(Word::financing_channel), choices, selected)) return false;
    next.channel.reset();
    if (selected > 0) next.channel = static_cast<FactChannel>(selected - 1);
    return true;
}

bool cardholder_filter(const ViewContext& context, std::string_view disabled_reason, vm::FinancingQuery& next) {
    const std::vector<std::string> choices = {std::string(context.say(Word::financing_everything)),
                                              std::string(context.say(Word::cardholder_new)),
                                              std::string(context.say(Word::cardholder_existing))};
    int selected = !next.existing_cardholder ? 0 : *next.existing_cardholder ? 2 : 1;
    if (!filter_menu("cardholder", context.say(Word::financing_cardholder), choices, selected, disabled_reason))
        return false;
    next.existing_cardholder.reset();
    if (selected > 0) next.existing_cardholder = selected == 2;
    return true;
}

std::string band_name(const ViewContext& context, std::int64_t from, std::int64_t until) {
    const vm::Format& format = context.format;
    if (from == 0) return context.say(Word::amount_under, {format.money_short(until + 1)});
    if (until == 0) return context.say(Word::amount_from, {format.money_short(from)});
    return context.say(Word::amount_between, {format.money_short(from), format.money_short(until + 1)});
}

bool amount_filter(const ViewContext& context, std::string_view disabled_reason, TypedRange& typed,
                   vm::FinancingQuery& next) {
    struct Band {
        std::int64_t from = 0, until = 0;
        bool operator==(const Band&) const = default;
    };
    // From the plans' own steps: 200, 1,000 and 2,500 dollars.
    std::vector<Band> bands = {{}, {0, 19'999}, {20'000, 99'999}, {100'000, 249'999}, {250'000, 0}};
    const Band asked{next.cents_from, next.cents_until};
    auto found = std::find(bands.begin(), bands.end(), asked);
    if (found == bands.end()) found = bands.insert(bands.end(), asked);  // From a link.
    int selected = static_cast<int>(found - bands.begin());
    std::vector<std::string> choices = {std::string(context.say(Word::financing_everything))};
    for (std::size_t index = 1; index < bands.size(); ++index)
        choices.push_back(band_name(context, bands[index].from, bands[index].until));
    choices.emplace_back(context.say(Word::amount_other));
    if (!filter_menu("amount", context.say(Word::financing_amount), choices, selected, disabled_reason)) return false;
    if (static_cast<std::size_t>(selected) == bands.size()) {
        const auto text_of = [&](std::int64_t cents) {
            return cents > 0 ? vm::text_of_typed_cents(context.format.language(), cents) : std::string();
        };
        typed = {ui::Shown::yes, text_of(next.cents_from), text_of(next.cents_until), false, true};
        return false;
    }
    next.cents_from = bands[static_cast<std::size_t>(selected)].from;
    next.cents_until = bands[static_cast<std::size_t>(selected)].until;
    return true;
}

// Chosen in the picture of days and hours, and taken away here.
bool when_filter(const ViewContext& context, vm::FinancingQuery& next) {
    if (!next.weekday && !next.hour) return false;
    ui::flow(chip_width, ui::space::small);
    const std::string when = context.format.weekday_and_hour(next.weekday, next.hour);
    if (ui::removable_chip("when", context.say(Word::financing_when), {.value = when}) == ui::ChipEvent::none)
        return false;
    next.weekday.reset();
    next.hour.reset();
    return true;
}

}  // namespace

bool is_filtered(const vm::FinancingQuery& query) {
    return query != vm::without_filters(query);
}

void financing_filters_view(const ViewContext& context, FinancingFiltersState& state, const vm::FinancingPart& part) {
    period_select(context, state.days, part);
    days_dialog(context, state.days, part);
    vm::FinancingQuery next = part.query;
    bool changed = place_select(context, "practice", Word::financing_practice, part.practice_choices, next.practice);
    if (changed) next.location.clear();
    changed =
        place_select(context, "location", Word::financing_location, part.location_choices, next.location) || changed;
    changed = place_select(context, "plan", Word::financing_plan, part.plan_choices, next.plan) || changed;
    ui::space_below(ui::space::medium);
    if (!part.query.rows) grain_choice(context, part);
    const std::string_view needs_facts =
        part.has_daily_sums_alone ? context.say(Word::financing_needs_facts) : std::string_view();
    changed = channel_filter(context, next) || changed;
    changed = cardholder_filter(context, needs_facts, next) || changed;
    changed = amount_filter(context, needs_facts, state.amounts, next) || changed;
    amounts_dialog(context, state.amounts, part);
    changed = when_filter(context, next) || changed;
    if (is_filtered(part.query)) {
        const std::string_view clear = context.say(Word::financing_clear);
        const ui::ButtonOptions look{.kind = ui::ButtonKind::quiet, .icon = icons::x};
        ui::flow(ui::button_width(clear, look), ui::space::medium);
        if (ui::button("clear", clear, look)) {
            next = vm::without_filters(std::move(next));
            changed = true;
        }
    }
    if (changed) context.show(std::move(next));
}

}  // namespace portal::views
