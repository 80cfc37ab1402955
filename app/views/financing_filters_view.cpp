#include "app/views/financing_filters_view.hpp"

#include <algorithm>
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

constexpr float choice_list_width = 280;
constexpr int fact_kinds = 6, fact_statuses = 9, fact_channels = 4;
constexpr std::size_t usual_period = 3;  // Of periods(): what no address asks for.
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

std::size_t period_shown(const std::vector<Period>& choices, const vm::FinancingQuery& query) {
    const auto found = std::find_if(choices.begin(), choices.end(), [&](const Period& period) {
        return period.from == query.from && period.until == query.until;
    });
    return static_cast<std::size_t>(found - choices.begin());
}

// The year stands once where both days are of it.
std::string words_of_days(const ViewContext& context, Day from, Day until) {
    const vm::Format& format = context.format;
    const bool is_one_year = civil_from_day(from).year == civil_from_day(until).year;
    return context.say(Word::financing_period_custom,
                       {is_one_year ? format.day_short(from) : format.day(from), format.day(until)});
}

// The cross goes back to the usual period.
void period_chip(const ViewContext& context, FinancingFiltersState& state, const vm::FinancingPart& part) {
    const vm::Format& format = context.format;
    const std::vector<Period> choices = periods(format.local_day(format.now_ms()));
    std::vector<std::string> names;
    for (const Period& period : choices)
        names.emplace_back(context.say(period.word));
    const std::size_t shown = period_shown(choices, part.query);
    // A brushed, typed or linked period that is none of these.
    const std::string value =
        shown < names.size() ? names[shown] : words_of_days(context, part.query.from, part.query.until);
    names.emplace_back(context.say(Word::financing_period_other));
    const ui::ChipEvent event = ui::choice_chip("period", context.say(Word::financing_period), shown != usual_period,
                                                {.icon = icons::calendar, .value = value});
    if (event == ui::ChipEvent::pressed) ui::open_menu("periods");
    const int chosen = ui::is_popover_open("periods") ? choice_menu("periods", names, shown) : -1;
    vm::FinancingQuery next = part.query;
    if (event == ui::ChipEvent::removed) {
        next.from = next.until = 0;
        next.grain = vm::Grain::month;
        return context.show(std::move(next));
    }
    if (chosen < 0) return;
    const auto index = static_cast<std::size_t>(chosen);
    if (index < choices.size()) return show_period(context, std::move(next), choices[index].from, choices[index].until);
    open_days(context, state, part.query);
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

// Index 0 is "All". True when the choice changed; `id` is then the chosen place or empty.
bool place_chip(const ViewContext& context, const char* name, Word label, const std::vector<vm::PlaceChoice>& places,
                Id& id) {
    if (places.size() < 2 && id.empty()) return false;
    std::vector<ui::SelectOption> options = {{.label = context.say(Word::financing_everything)}};
    int selected = 0;
    for (const vm::PlaceChoice& place : places) {
        if (place.id == id) selected = static_cast<int>(options.size());
        options.push_back({.label = place.name, .description = place.detail});
    }
    const ui::SelectOptions look{
        .label = context.say(label),
        .search_label = places.size() >= searchable_from ? context.say(Word::search) : std::string_view(),
        .list_width = choice_list_width};
    ui::flow(ui::select_chip_width(options, selected, look), ui::space::small);
    const bool changed = ui::select_chip(name, options, selected, look);
    if (changed) id = selected > 0 ? places[static_cast<std::size_t>(selected) - 1].id : Id();
    return changed;
}

}  // namespace

// A chip for one filter: its name and what it is set to; pressing offers the choices, the cross takes it back.
// Index 0 of `choices` is "All". True when it changed.
bool filter_menu(const char* id, std::string_view label, const std::vector<std::string>& choices, int& selected,
                 std::string_view disabled_reason) {
    const std::string menu_id = std::string(id) + "_menu";
    const auto value = static_cast<std::size_t>(selected);
    const std::string_view shown = selected == 0 ? std::string_view() : std::string_view(choices[value]);
    ui::flow(ui::chip_width(label, {.value = shown}), ui::space::small);
    // What is set can be taken back, whatever stands against setting it.
    const bool is_set = selected > 0;
    const ui::ChipEvent event = ui::choice_chip(
        id, label, is_set, {.value = shown, .disabled_reason = is_set ? std::string_view() : disabled_reason});
    const bool cleared = event == ui::ChipEvent::removed;
    if (event == ui::ChipEvent::pressed) ui::open_menu(menu_id.c_str());
    const int chosen = ui::is_popover_open(menu_id.c_str()) ? choice_menu(menu_id.c_str(), choices, value) : -1;
    if (chosen < 0 && !cleared) return false;
    const int wanted = cleared ? 0 : chosen;
    const bool changed = wanted != selected;
    selected = wanted;
    return changed;
}

namespace {

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

bool amount_filter(const ViewContext& context, std::string_view disabled_reason, FinancingFiltersState& state,
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
        open_amounts(context, state, next);
        return false;
    }
    next.cents_from = bands[static_cast<std::size_t>(selected)].from;
    next.cents_until = bands[static_cast<std::size_t>(selected)].until;
    return true;
}

template <class Value>
bool vocabulary_filter(const ViewContext& context, const char* id, Word label, int first, int count,
                       std::optional<Value>& value, std::string_view disabled_reason = {}) {
    std::vector<std::string> choices = {std::string(context.say(Word::financing_everything))};
    for (int index = first; index < count; ++index)
        choices.emplace_back(context.say(vm::word_of(static_cast<Value>(index))));
    int selected = value ? static_cast<int>(*value) - first + 1 : 0;
    if (!filter_menu(id, context.say(label), choices, selected, disabled_reason)) return false;
    value.reset();
    if (selected > 0) value = static_cast<Value>(selected - 1 + first);
    return true;
}

// Chosen in the picture of days and hours, and taken away here.
bool when_filter(const ViewContext& context, vm::FinancingQuery& next) {
    if (!next.weekday && !next.hour) return false;
    const std::string when = context.format.weekday_and_hour(next.weekday, next.hour);
    ui::flow(ui::chip_width(context.say(Word::financing_when), {.value = when}), ui::space::small);
    if (ui::removable_chip("when", context.say(Word::financing_when), {.value = when}) == ui::ChipEvent::none)
        return false;
    next.weekday.reset();
    next.hour.reset();
    return true;
}

// Chosen in the figure's passport, and taken away here.
bool figure_filter(const ViewContext& context, vm::FinancingQuery& next) {
    if (!next.rows || !next.rows->figure) return false;
    const std::string_view name = context.say(vm::word_of(*next.rows->figure));
    ui::flow(ui::chip_width(context.say(Word::rows_of_figure), {.value = name}), ui::space::small);
    if (ui::removable_chip("figure", context.say(Word::rows_of_figure), {.value = name}) == ui::ChipEvent::none)
        return false;
    next.rows->figure.reset();
    return true;
}

}  // namespace

void open_days(const ViewContext& context, FinancingFiltersState& state, const vm::FinancingQuery& query) {
    const vm::Language language = context.format.language();
    state.days = {ui::Shown::yes, vm::text_of_typed_day(language, query.from),
                  vm::text_of_typed_day(language, query.until), false, true};
}

void open_amounts(const ViewContext& context, FinancingFiltersState& state, const vm::FinancingQuery& query) {
    const auto text_of = [&](std::int64_t cents) {
        return cents > 0 ? vm::text_of_typed_cents(context.format.language(), cents) : std::string();
    };
    state.amounts = {ui::Shown::yes, text_of(query.cents_from), text_of(query.cents_until), false, true};
}

bool is_filtered(const vm::FinancingQuery& query) {
    return query != vm::without_filters(query);
}

std::int64_t set_filter_count(const ViewContext& context, const vm::FinancingQuery& query) {
    const vm::Format& format = context.format;
    const bool has_period = period_shown(periods(format.local_day(format.now_ms())), query) != usual_period;
    return vm::set_filters(query) + (has_period ? 1 : 0);
}

void financing_filters_view(const ViewContext& context, FinancingFiltersState& state, const vm::FinancingPart& part) {
    period_chip(context, state, part);
    days_dialog(context, state.days, part);
    vm::FinancingQuery next = part.query;
    bool changed = place_chip(context, "practice", Word::financing_practice, part.practice_choices, next.practice);
    if (changed) next.location.clear();
    changed =
        place_chip(context, "location", Word::financing_location, part.location_choices, next.location) || changed;
    changed = place_chip(context, "plan", Word::financing_plan, part.plan_choices, next.plan) || changed;
    const std::string_view needs_facts =
        part.has_daily_sums_alone ? context.say(Word::financing_needs_facts) : std::string_view();
    changed = vocabulary_filter(context, "channel", Word::financing_channel, 0, fact_channels, next.channel) || changed;
    changed = cardholder_filter(context, needs_facts, next) || changed;
    changed = amount_filter(context, needs_facts, state, next) || changed;
    amounts_dialog(context, state.amounts, part);
    changed = vocabulary_filter(context, "kind", Word::column_kind, 0, fact_kinds, next.kind, needs_facts) || changed;
    // The first status is of facts that have none.
    changed =
        vocabulary_filter(context, "status", Word::rows_status, 1, fact_statuses, next.status, needs_facts) || changed;
    changed = when_filter(context, next) || changed;
    changed = figure_filter(context, next) || changed;
    if (is_filtered(part.query)) {
        const std::string_view clear = context.say(Word::financing_clear);
        const ui::ButtonOptions look{.kind = ui::ButtonKind::quiet, .size = ui::ButtonSize::small, .icon = icons::x};
        ui::flow(ui::button_width(clear, look), ui::space::small);
        if (ui::button("clear", clear, look)) {
            next = vm::without_filters(std::move(next));
            changed = true;
        }
    }
    if (changed) context.show(std::move(next));
}

void misread_note(const ViewContext& context, const vm::FinancingQuery& query) {
    if (!query.misread) return;
    ui::space_below(ui::space::tiny);
    ui::text_wrapped(ui::TextStyle::caption, context.say(Word::financing_misread), ui::Color::warn);
}

void filters_button(const ViewContext& context, FinancingFiltersState& state, const vm::FinancingPart& part) {
    const std::int64_t count = set_filter_count(context, part.query);
    const std::string label = count == 0 ? std::string(context.say(Word::financing_filters))
                                         : context.say(Word::financing_filters_set, {context.format.number(count)});
    if (ui::button("filters", label, {.size = ui::ButtonSize::small, .icon = icons::sliders_horizontal}))
        state.sheet = ui::Shown::yes;
    if (!ui::begin_dialog("filter_sheet", state.sheet,
                          {.kind = ui::DialogKind::sheet, .title = context.say(Word::financing_filters)}))
        return;
    financing_filters_view(context, state, part);
    ui::dialog_footer();
    const Word done = part.query.rows ? Word::rows_open : Word::financing_filters_done;
    if (ui::button("shown", context.say(done), {.kind = ui::ButtonKind::primary})) state.sheet = ui::Shown::no;
    ui::end_dialog();
}

}  // namespace portal::views
