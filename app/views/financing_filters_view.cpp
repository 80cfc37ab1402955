#include "app/views/financing_filters_view.hpp"

#include <array>
#include <vector>

#include "app/ui/button.hpp"
#include "app/ui/choice.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/select.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::Word;

namespace {

constexpr float field_width = 190;
constexpr float grain_width = 220;

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

void period_select(const ViewContext& context, const vm::FinancingPart& part) {
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
    if (!ui::select("period", options, selected,
                    {.label = context.say(Word::financing_period), .icon = icons::calendar, .width = field_width}))
        return;
    if (static_cast<std::size_t>(selected) >= choices.size()) return;
    vm::FinancingQuery next = part.query;
    next.from = choices[static_cast<std::size_t>(selected)].from;
    next.until = choices[static_cast<std::size_t>(selected)].until;
    const bool short_period = next.until - next.from < 62;
    next.grain = short_period ? vm::Grain::day : vm::Grain::month;
    context.show(std::move(next));
}

void grain_choice(const ViewContext& context, const vm::FinancingPart& part) {
    const std::array<ui::Segment, 3> segments = {ui::Segment{.id = "day", .label = context.say(Word::grain_day)},
                                                 ui::Segment{.id = "week", .label = context.say(Word::grain_week)},
                                                 ui::Segment{.id = "month", .label = context.say(Word::grain_month)}};
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

}  // namespace

void financing_filters_view(const ViewContext& context, const vm::FinancingPart& part) {
    period_select(context, part);
    vm::FinancingQuery next = part.query;
    bool changed = place_select(context, "practice", Word::financing_practice, part.practice_choices, next.practice);
    if (changed) next.location.clear();
    changed =
        place_select(context, "location", Word::financing_location, part.location_choices, next.location) || changed;
    changed = place_select(context, "plan", Word::financing_plan, part.plan_choices, next.plan) || changed;
    ui::space_below(ui::space::medium);
    grain_choice(context, part);
    const bool filtered = !part.query.practice.empty() || !part.query.location.empty() || !part.query.plan.empty();
    if (filtered) {
        const ui::ButtonOptions clear{.kind = ui::ButtonKind::quiet, .icon = icons::x};
        ui::flow(grain_width, ui::space::medium);
        if (ui::button("clear", context.say(Word::financing_clear), clear)) {
            next.practice.clear();
            next.location.clear();
            next.plan.clear();
            changed = true;
        }
    }
    if (changed) context.show(std::move(next));
}

}  // namespace portal::views
