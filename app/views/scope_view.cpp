#include "app/views/scope_view.hpp"

#include <algorithm>
#include <vector>

#include "app/ui/select.hpp"
#include "app/ui/text.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::Word;

namespace {

constexpr float chip_width = 240;
constexpr float chip_width_phone = 124, chip_width_min = 64;
constexpr float scope_list_width = 320;

// Users of one practice choose among its locations, others among practices.
bool chooses_locations(const vm::SessionPart& session) {
    return session.practices.size() <= 1;
}

int chosen_index(const vm::SessionPart& session, const std::vector<vm::PlaceChoice>& places) {
    const std::vector<Id>& chosen = chooses_locations(session) ? session.scope.locations : session.scope.practices;
    if (chosen.size() != 1) return 0;
    for (std::size_t index = 0; index < places.size(); ++index)
        if (places[index].id == chosen.front()) return static_cast<int>(index) + 1;
    return 0;
}

}  // namespace

void scope_view(const ViewContext& context, const vm::SessionPart& session, float room) {
    const bool by_location = chooses_locations(session);
    const std::vector<vm::PlaceChoice>& places = by_location ? session.locations : session.practices;
    if (places.empty()) return;
    if (places.size() == 1) {
        // Nothing to choose: say where we are.
        if (ui::current_breakpoint() != ui::Breakpoint::phone)
            ui::text_cut(ui::TextStyle::body_medium,
                         session.practices.empty() ? places.front().name : session.practices.front().name, chip_width);
        return;
    }
    std::vector<ui::SelectOption> options;
    options.reserve(places.size() + 1);
    options.push_back({.label = context.say(by_location ? Word::scope_all_locations : Word::scope_all)});
    for (const vm::PlaceChoice& place : places)
        options.push_back({.label = place.name, .description = place.detail});

    int selected = chosen_index(session, places);
    const bool phone = ui::current_breakpoint() == ui::Breakpoint::phone;
    const ui::SelectOptions look{
        .label = context.say(Word::scope_label),
        .label_shown = ui::SelectOptions::Label::hidden,
        .search_label = places.size() >= searchable_from ? context.say(Word::search) : std::string_view(),
        .icon = by_location ? icons::map_pin : icons::building_2,
        .width = phone ? std::clamp(room, chip_width_min, chip_width_phone) : chip_width,
        .list_width = scope_list_width};
    if (!ui::select("scope", options, selected, look)) return;
    vm::Scope scope;
    if (selected > 0) {
        const Id& id = places[static_cast<std::size_t>(selected) - 1].id;
        (by_location ? scope.locations : scope.practices).push_back(id);
    }
    context.intents.emit(vm::ChooseScope{std::move(scope)});
}

}  // namespace portal::views
