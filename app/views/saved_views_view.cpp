#include "app/views/saved_views_view.hpp"

#include "app/ui/button.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/text.hpp"
#include "app/ui/text_field.hpp"
#include "app/views/wording.hpp"
#include "app/vm/route.hpp"
#include "generated/icons.hpp"
#include "shared/base/limits.hpp"

namespace portal::views {

using vm::Word;

namespace {

using SavedViews = std::vector<vm::SavedView>;

const ui::ButtonOptions views_button{.icon = icons::star};

void keep(const ViewContext& context, SavedViews views) {
    context.intents.emit(vm::KeepViews{std::move(views)});
}

// Saving under a name that there is already says the view anew.
SavedViews with_view(SavedViews views, const std::string& name, const std::string& route) {
    for (vm::SavedView& view : views)
        if (view.name == name) {
            view.route = route;
            return views;
        }
    views.push_back({name, route});
    return views;
}

void save_field(const ViewContext& context, SavedViewsState& state, const SavedViews& views,
                const vm::FinancingQuery& query) {
    const bool full = views.size() >= limits::saved_views_max;
    const ui::TextFieldOptions field{.label = context.say(Word::views_name),
                                     .placeholder = context.say(Word::views_name_hint),
                                     .bytes_max = limits::saved_view_name_bytes_max,
                                     .disabled_reason = full ? context.say(Word::views_full) : std::string_view()};
    const bool submitted = ui::text_field("view_name", state.name, field).submitted;
    ui::space_below(ui::space::small);
    const std::string name(trimmed(state.name));
    const std::string_view reason = full           ? context.say(Word::views_full)
                                    : name.empty() ? context.say(Word::views_name_needed)
                                                   : std::string_view();
    const bool pressed = ui::button("save_view", context.say(Word::views_save),
                                    {.kind = ui::ButtonKind::primary, .disabled_reason = reason});
    if ((!pressed && !submitted) || !reason.empty()) return;
    vm::FinancingQuery shown = query;
    shown.rows->first = 0;
    keep(context, with_view(views, name, vm::route_of(shown)));
    state.name.clear();
    state.before_deletion.reset();
}

void rename_field(const ViewContext& context, SavedViewsState& state, const SavedViews& views, std::size_t index) {
    const bool submitted =
        ui::text_field("new_name", state.renamed,
                       {.label = context.say(Word::views_new_name), .bytes_max = limits::saved_view_name_bytes_max})
            .submitted;
    ui::space_below(ui::space::small);
    const std::string name(trimmed(state.renamed));
    const std::string_view reason = name.empty() ? context.say(Word::views_name_needed) : std::string_view();
    const bool pressed = ui::button("rename_view", context.say(Word::views_rename_save),
                                    {.size = ui::ButtonSize::small, .disabled_reason = reason});
    if ((pressed || submitted) && reason.empty()) {
        SavedViews renamed = views;
        renamed[index].name = name;
        keep(context, std::move(renamed));
        state.renaming.reset();
    }
    ui::beside();
    if (ui::button("keep_name", context.say(Word::cancel),
                   {.kind = ui::ButtonKind::quiet, .size = ui::ButtonSize::small}))
        state.renaming.reset();
}

void view_line(const ViewContext& context, SavedViewsState& state, const SavedViews& views, std::size_t index) {
    const vm::SavedView& view = views[index];
    const ui::ButtonOptions quiet{.kind = ui::ButtonKind::quiet};
    const auto query = vm::parse_route(view.route);
    const ui::ButtonOptions open{.kind = ui::ButtonKind::quiet, .icon = icons::star};
    if (ui::button("open_view", view.name, open) && query) {
        context.show(*query);
        state.shown = ui::Shown::no;
    }
    ui::align_right(2 * ui::icon_button_width(quiet.size) + ui::space::small);
    if (ui::icon_button("rename", icons::pencil, context.say(Word::views_rename, {view.name}), quiet)) {
        state.renaming = index;
        state.renamed = view.name;
    }
    ui::beside();
    if (ui::icon_button("delete", icons::trash_2, context.say(Word::views_delete, {view.name}), quiet)) {
        SavedViews left = views;
        left.erase(left.begin() + static_cast<std::ptrdiff_t>(index));
        state.before_deletion = views;
        state.deleted_name = view.name;
        state.renaming.reset();
        keep(context, std::move(left));
    }
}

void deletion_line(const ViewContext& context, SavedViewsState& state) {
    ui::text_wrapped(ui::TextStyle::body, context.say(Word::views_deleted, {state.deleted_name}));
    if (ui::button("undo_delete", context.say(Word::undo), {.size = ui::ButtonSize::small, .icon = icons::undo_2})) {
        keep(context, *state.before_deletion);
        state.before_deletion.reset();
    }
    ui::space_below(ui::space::medium);
}

}  // namespace

float saved_views_button_width(const ViewContext& context) {
    return ui::button_width(context.say(Word::views_title), views_button);
}

void saved_views_button(const ViewContext& context, SavedViewsState& state) {
    if (!ui::button("saved_views", context.say(Word::views_title), views_button)) return;
    state = {};
    state.shown = ui::Shown::yes;
}

void saved_views_view(const ViewContext& context, SavedViewsState& state, const std::vector<vm::SavedView>& views,
                      const vm::FinancingQuery& query) {
    if (!ui::begin_dialog("saved_views_drawer", state.shown,
                          {.kind = ui::DialogKind::drawer,
                           .title = context.say(Word::views_title),
                           .subtitle = context.say(Word::views_subtitle),
                           .width = ui::size::drawer_width,
                           .outside_press = ui::DialogOptions::OutsidePress::closes}))
        return;
    if (state.before_deletion) deletion_line(context, state);
    for (std::size_t index = 0; index < views.size(); ++index) {
        ImGui::PushID(static_cast<int>(index));
        if (state.renaming == index)
            rename_field(context, state, views, index);
        else
            view_line(context, state, views, index);
        ImGui::PopID();
        ui::space_below(ui::space::small);
    }
    if (views.empty()) ui::text_wrapped(ui::TextStyle::body, context.say(Word::views_none), ui::Color::text_muted);
    ui::space_below(ui::space::large);
    save_field(context, state, views, query);
    ui::end_dialog();
}

}  // namespace portal::views
