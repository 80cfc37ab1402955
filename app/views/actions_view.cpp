#include "app/views/actions_view.hpp"

#include <array>
#include <vector>

#include "app/ui/button.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/list.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/select.hpp"
#include "app/ui/split.hpp"
#include "app/views/action_view.hpp"
#include "app/views/export_menu.hpp"
#include "app/vm/route.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::Word;

namespace {

constexpr float action_list_width = 400;
constexpr std::array<Word, 4> group_words = {Word::actions_overdue, Word::actions_this_week, Word::actions_later,
                                             Word::actions_done};

void list_head(const ViewContext& context, ActionsState& state, const vm::ActionsQuery& query) {
    ui::heading(1, ui::TextStyle::title, context.say(Word::actions_title));
    const bool may_add = context.snapshot.session->writes_actions;
    const ui::ButtonOptions add{.kind = ui::ButtonKind::primary,
                                .size = ui::ButtonSize::small,
                                .icon = icons::plus,
                                .name = context.say(Word::actions_add)};
    const float add_width =
        may_add ? ui::button_width(context.say(Word::actions_add_short), add) + ui::space::small : 0;
    const ui::ButtonOptions file{.kind = ui::ButtonKind::quiet, .size = ui::ButtonSize::small};
    ui::align_right(export_menu_width(context, file) + add_width);
    export_menu(context, vm::Export::actions, query, file);
    if (may_add) {
        ui::beside();
        if (ui::button("add", context.say(Word::actions_add_short), add)) {
            vm::ActionsQuery next = query;
            next.selected.clear();
            next.composing = true;
            context.show(std::move(next));
        }
    }
    ui::space_below(ui::space::small);
    vm::ActionsQuery searched = query;
    if (search_field(context, state.search, Word::actions_search, searched.search)) context.show(std::move(searched));
    ui::space_below(ui::space::small);
}

// Index 0 is everything. True when the choice changed; `id` is then the chosen one or empty.
bool filter_select(const ViewContext& context, const char* name, Word label, Word everything,
                   const std::vector<vm::PlaceChoice>& choices, Id& id) {
    std::vector<ui::SelectOption> options = {{.label = context.say(everything)}};
    int selected = 0;
    for (const vm::PlaceChoice& choice : choices) {
        if (choice.id == id) selected = static_cast<int>(options.size());
        options.push_back({.label = choice.name, .description = choice.detail});
    }
    const bool changed =
        ui::select(name, options, selected,
                   {.label = context.say(label),
                    .label_shown = ui::SelectOptions::Label::hidden,
                    .search_label = choices.size() >= searchable_from ? context.say(Word::search) : std::string_view(),
                    .list_width = action_list_width - 2 * ui::space::large});
    if (changed) id = selected > 0 ? choices[static_cast<std::size_t>(selected) - 1].id : Id();
    return changed;
}

void filters(const ViewContext& context, const vm::ActionsPart& part, const vm::ActionsQuery& query) {
    const std::vector<vm::PlaceChoice>& practices = context.snapshot.session->practices;
    vm::ActionsQuery next = query;
    bool changed = false;
    {
        ui::Columns columns({-1.2f, -1}, ui::space::small);
        columns.next();
        changed = filter_select(context, "practice", Word::actions_practice_filter, Word::actions_every_practice,
                                practices, next.practice);
        columns.next();
        changed = filter_select(context, "owner", Word::actions_owner_filter, Word::actions_everybody,
                                part.owner_choices, next.owner) ||
                  changed;
    }
    if (changed) context.show(std::move(next));
    ui::space_below(ui::space::small);
}

struct RowLook {
    const char* icon = icons::circle;
    ui::Tone tone = ui::Tone::neutral;
    std::string trailing;
};

RowLook look_of(const ViewContext& context, const vm::ActionBrief& action) {
    const vm::Format& format = context.format;
    if (action.group == vm::ActionGroup::done)
        return {icons::circle_check, ui::Tone::good, format.day_short(format.local_day(*action.done_ms))};
    if (action.group == vm::ActionGroup::overdue)
        return {icons::circle_alert, ui::Tone::bad, format.day_short(action.due_on)};
    return {icons::circle, action.due_on == action.today ? ui::Tone::warn : ui::Tone::neutral,
            due_day_words(context, action)};
}

void action_row(const ViewContext& context, const vm::ActionBrief& action, const vm::ActionsQuery& query) {
    const RowLook look = look_of(context, action);
    vm::ActionsQuery target = query;
    target.selected = action.id;
    target.composing = false;
    const std::string href = vm::route_of(target);
    const std::string detail = action.practice_name + (action.owner_name.empty() ? "" : ", " + action.owner_name);
    const ui::ListRow row{
        .title = action.title,
        .detail = detail,
        .trailing = look.trailing,
        .trailing_tone = action.group == vm::ActionGroup::done ? ui::Tone::neutral : look.tone,
        .note = action.pending ? context.say(Word::message_pending) : std::string_view(),
        .icon = look.icon,
        .icon_tone = look.tone,
        .icon_words = context.say(group_words[static_cast<std::size_t>(action.group)]),
        .href = href,
        .selected = action.id == query.selected ? ui::ListRow::Selected::yes : ui::ListRow::Selected::no};
    if (ui::list_row(action.id.c_str(), row)) context.show(std::move(target));
}

// The rows are in the order of the groups.
void groups(const ViewContext& context, const vm::ActionsPart& part, const vm::ActionsQuery& query) {
    std::size_t first = 0;
    for (std::size_t group = 0; group < group_words.size(); ++group) {
        std::size_t last = first;
        while (last < part.rows.size() && static_cast<std::size_t>(part.rows[last].group) == group)
            ++last;
        if (last == first) continue;
        const std::string total = context.format.number(part.count_by_group[group]);
        ui::space_below(ui::space::medium);
        ui::heading(2, ui::TextStyle::body_strong, std::string(context.say(group_words[group])) + " " + total,
                    group == 0 ? ui::Color::bad : ui::Color::text);
        const std::string shown = context.format.number(static_cast<std::int64_t>(last - first));
        if (shown != total)
            ui::text_wrapped(ui::TextStyle::caption, context.say(Word::actions_done_newest, {shown, total}),
                             ui::Color::text_muted);
        ImGui::PushID(static_cast<int>(group));
        ui::begin_list("rows", context.say(group_words[group]));
        ui::visible_rows(last - first,
                         [&](std::size_t index) { action_row(context, part.rows[first + index], query); });
        ui::end_list();
        ImGui::PopID();
        first = last;
    }
}

void nothing_listed(const ViewContext& context, const vm::ActionsQuery& query) {
    const bool filtered = !query.search.empty() || !query.practice.empty() || !query.owner.empty();
    if (filtered) {
        if (!ui::empty_state("no_match", icons::clipboard, context.say(Word::actions_empty_filtered),
                             context.say(Word::actions_show_all)))
            return;
        context.show(vm::ActionsQuery{.selected = query.selected});
        return;
    }
    const bool may_add = context.snapshot.session->writes_actions;
    if (ui::empty_state("no_actions", icons::clipboard, context.say(Word::actions_empty),
                        may_add ? context.say(Word::actions_add) : std::string_view()))
        context.show(vm::ActionsQuery{.composing = true});
}

void action_list(const ViewContext& context, ActionsState& state, const vm::ActionsQuery& query) {
    list_head(context, state, query);
    if (!context.snapshot.actions) {
        ui::skeleton_lines("actions_wait", 8);
        return;
    }
    const vm::ActionsPart& part = *context.snapshot.actions;
    filters(context, part, query);
    if (part.rows.empty())
        nothing_listed(context, query);
    else
        groups(context, part, query);
}

void action_detail(const ViewContext& context, ActionsState& state, const vm::ActionsQuery& query, bool is_narrow) {
    if (is_narrow &&
        ui::button("back", context.say(Word::back), {.kind = ui::ButtonKind::quiet, .icon = icons::arrow_left})) {
        vm::ActionsQuery list = query;
        list.selected.clear();
        list.composing = false;
        list.about_integration.clear();
        list.about_ticket.clear();
        context.show(std::move(list));
    }
    const auto& part = context.snapshot.actions;
    if (query.composing) {
        if (context.snapshot.session->writes_actions)
            new_action_view(context, state, query);
        else
            ui::note(ui::Tone::info, context.say(Word::action_read_only));
    } else if (query.selected.empty()) {
        ui::empty_state("choose", icons::clipboard, context.say(Word::action_choose));
    } else if (!part || part->query.selected != query.selected) {
        ui::skeleton_lines("action_wait", 6);
    } else if (!part->detail) {
        if (ui::error_state("gone", context.say(Word::action_gone_title), context.say(Word::action_gone_body),
                            context.say(Word::actions_show_all)))
            context.show(vm::ActionsQuery{});
    } else {
        action_view(context, state.edits[query.selected], *part);
    }
}

}  // namespace

void actions_view(const ViewContext& context, ActionsState& state, const vm::ActionsQuery& query, ui::Frame& frame) {
    const bool shows_detail = query.composing || !query.selected.empty();
    ui::Split split("actions", frame, shows_detail ? ui::SplitNarrow::detail : ui::SplitNarrow::list,
                    action_list_width);
    if (split.begin_list()) {
        action_list(context, state, query);
        split.end_list();
    }
    if (split.begin_detail(query.composing ? "new" : query.selected.empty() ? "none" : query.selected.c_str())) {
        action_detail(context, state, query, split.is_narrow());
        split.end_detail();
    }
}

}  // namespace portal::views
