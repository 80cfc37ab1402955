#include "app/views/action_view.hpp"

#include <array>
#include <optional>
#include <vector>

#include "app/ui/badge.hpp"
#include "app/ui/button.hpp"
#include "app/ui/figure.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/select.hpp"
#include "app/ui/text_field.hpp"
#include "app/views/wording.hpp"
#include "app/vm/typed_day.hpp"
#include "generated/icons.hpp"
#include "shared/base/limits.hpp"

namespace portal::views {

using vm::Word;

namespace {

constexpr float action_width_max = 640;
constexpr int note_rows = 4;
constexpr Day week_days = 7;

std::string day_words(const ViewContext& context, Day day) {
    return context.format.weekday_short(day) + ", " + context.format.day(day);
}

ActionFields fields_of(const ViewContext& context, const vm::ActionValues& values) {
    return {.title = values.title,
            .note = values.note,
            .owner = values.owner,
            .due = vm::text_of_typed_day(context.format.language(), values.due_on)};
}

// What the fields say; nothing while they say no item.
std::optional<vm::ActionValues> values_of(const ViewContext& context, const ActionFields& fields, Day today) {
    const auto due = vm::typed_day(context.format.language(), fields.due, today);
    if (!due || trimmed(fields.title).empty()) return std::nullopt;
    return vm::ActionValues{std::string(trimmed(fields.title)), std::string(trimmed(fields.note)), fields.owner, *due};
}

void due_field(const ViewContext& context, ActionFields& fields, Day today) {
    const vm::Language language = context.format.language();
    const auto day = vm::typed_day(language, fields.due, today);
    const std::string needed =
        context.say(Word::action_due_needed, {vm::text_of_typed_day(language, today + week_days)});
    const std::string hint = day ? day_words(context, *day) : std::string(context.say(Word::action_due_hint));
    const bool wrong = !day && (fields.was_submitted || !fields.due.empty());
    ui::text_field("due", fields.due,
                   {.label = context.say(Word::action_due),
                    .hint = hint,
                    .error = wrong ? std::string_view(needed) : std::string_view(),
                    .required = ui::Required::yes,
                    .bytes_max = 20});
    const std::array<std::pair<Word, Day>, 3> quick = {{{Word::action_due_tomorrow, today + 1},
                                                        {Word::action_due_in_week, today + week_days},
                                                        {Word::action_due_in_two_weeks, today + 2 * week_days}}};
    ui::space_below(ui::space::tiny);
    for (std::size_t index = 0; index < quick.size(); ++index) {
        const ui::ButtonOptions look{.kind = ui::ButtonKind::quiet, .size = ui::ButtonSize::small};
        const std::string_view label = context.say(quick[index].first);
        if (index > 0) ui::flow(ui::button_width(label, look), ui::space::tiny);
        ImGui::PushID(static_cast<int>(index));
        if (ui::button("quick", label, look)) fields.due = vm::text_of_typed_day(language, quick[index].second);
        ImGui::PopID();
    }
}

void owner_field(const ViewContext& context, ActionFields& fields, const std::vector<vm::PlaceChoice>& staff) {
    std::vector<ui::SelectOption> options;
    int selected = -1;
    for (const vm::PlaceChoice& one : staff) {
        if (one.id == fields.owner) selected = static_cast<int>(options.size());
        options.push_back({.label = one.name, .description = one.detail});
    }
    if (ui::select("owner", options, selected,
                   {.label = context.say(Word::action_owner),
                    .search_label = staff.size() >= searchable_from ? context.say(Word::search) : std::string_view()}))
        fields.owner = staff[static_cast<std::size_t>(selected)].id;
}

void title_field(const ViewContext& context, ActionFields& fields, ui::TakeFocus focus = ui::TakeFocus::no) {
    const bool missing = fields.was_submitted && trimmed(fields.title).empty();
    ui::text_field("title", fields.title,
                   {.label = context.say(Word::action_title),
                    .hint = context.say(Word::action_title_hint),
                    .error = missing ? context.say(Word::action_title_needed) : std::string_view(),
                    .required = ui::Required::yes,
                    .bytes_max = limits::action_title_bytes_max,
                    .focus = focus});
    ui::space_below(ui::space::large);
}

void other_fields(const ViewContext& context, ActionFields& fields, const std::vector<vm::PlaceChoice>& staff,
                  Day today) {
    if (ui::current_breakpoint() == ui::Breakpoint::phone) {
        due_field(context, fields, today);
        ui::space_below(ui::space::large);
        owner_field(context, fields, staff);
    } else {
        ui::Columns columns({-1.3f, -1}, ui::space::large);
        columns.next();
        due_field(context, fields, today);
        columns.next();
        owner_field(context, fields, staff);
    }
    ui::space_below(ui::space::large);
    ui::text_field("note", fields.note,
                   {.label = context.say(Word::action_note),
                    .hint = context.say(Word::action_note_hint),
                    .kind = ui::FieldKind::multiline,
                    .bytes_max = limits::action_note_bytes_max,
                    .rows = note_rows});
    identifier_warning(context, fields.title + "\n" + fields.note);
    ui::space_below(ui::space::large);
}

// Fields that the user has left alone take what the snapshot says; the others keep what they began from, so that a
// change made meanwhile by somebody else is told as a clash and never written over.
void refresh(const ViewContext& context, ActionEdit& edit, const vm::ActionDetail& action) {
    const vm::ActionValues latest{action.brief.title, action.note, action.brief.owner, action.brief.due_on};
    if (!edit.is_filled) {
        edit = {.seen = latest, .fields = fields_of(context, latest), .is_filled = true};
        return;
    }
    if (context.snapshot.revision <= edit.saved_revision) return;
    const ActionFields before = fields_of(context, edit.seen), now = fields_of(context, latest);
    const auto take = [](auto& field, const auto& seen_text, const auto& latest_text, auto& seen, const auto& value) {
        if (field != seen_text) return;
        field = latest_text;
        seen = value;
    };
    take(edit.fields.title, before.title, now.title, edit.seen.title, latest.title);
    take(edit.fields.note, before.note, now.note, edit.seen.note, latest.note);
    take(edit.fields.owner, before.owner, now.owner, edit.seen.owner, latest.owner);
    take(edit.fields.due, before.due, now.due, edit.seen.due_on, latest.due_on);
}

void mark_button(const ViewContext& context, const vm::ActionDetail& action) {
    if (!action.may_edit) return;
    const bool done = action.brief.group == vm::ActionGroup::done;
    const ui::ButtonOptions look{.kind = done ? ui::ButtonKind::secondary : ui::ButtonKind::primary,
                                 .size = ui::ButtonSize::small,
                                 .icon = done ? icons::undo_2 : icons::check};
    const std::string_view words = context.say(done ? Word::action_reopen : Word::action_mark_done);
    ui::align_right(ui::button_width(words, look));
    if (ui::button("mark", words, look))
        context.intents.emit(vm::MarkAction{context.intents.new_id(), action.brief.id, !done});
}

void state_badge(const ViewContext& context, const vm::ActionBrief& brief) {
    const std::string day = context.format.day(brief.due_on);
    if (brief.group == vm::ActionGroup::done)
        ui::badge(context.say(Word::action_is_done), ui::Tone::good, icons::check);
    else if (brief.group == vm::ActionGroup::overdue)
        ui::badge(context.say(Word::action_is_overdue, {day}), ui::Tone::bad, icons::circle_alert);
    else if (brief.due_on == brief.today)
        ui::badge(context.say(Word::action_is_due_today), ui::Tone::warn, icons::clock);
    else
        ui::badge(context.say(Word::action_is_due, {day}));
}

void source_link(const ViewContext& context, const vm::ActionDetail& action) {
    if (!action.integration_name.empty() &&
        ui::link("integration", context.say(Word::action_from, {action.integration_name}),
                 "/integrations/" + action.integration, ui::TextStyle::caption))
        context.show(vm::IntegrationsQuery{.selected = action.integration});
    if (!action.ticket_subject.empty() && ui::link("ticket", context.say(Word::action_from, {action.ticket_subject}),
                                                   "/tickets/" + action.ticket, ui::TextStyle::caption))
        context.show(vm::TicketsQuery{.selected = action.ticket});
}

void head(const ViewContext& context, const vm::ActionDetail& action) {
    const vm::ActionBrief& brief = action.brief;
    ui::text(ui::TextStyle::caption, brief.practice_name, ui::Color::text_muted);
    mark_button(context, action);
    ui::heading(1, ui::TextStyle::title, brief.title);
    ui::space_below(ui::space::small);
    state_badge(context, brief);
    if (brief.pending) {
        ui::beside();
        ui::badge(context.say(Word::message_pending), ui::Tone::warn, icons::clock);
    }
    ui::space_below(ui::space::small);
    const vm::Format& format = context.format;
    if (brief.done_ms)
        ui::text_wrapped(ui::TextStyle::caption,
                         context.say(Word::action_done_by, {action.done_by_name, format.relative(*brief.done_ms)}),
                         ui::Color::text_muted);
    ui::text_wrapped(ui::TextStyle::caption,
                     context.say(Word::action_added_by, {action.created_by_name, format.relative(action.created_ms)}),
                     ui::Color::text_muted);
    source_link(context, action);
}

void read_only(const ViewContext& context, const vm::ActionDetail& action) {
    const ui::Card card("details", {.title = context.say(Word::action_details)});
    ui::key_value(context.say(Word::action_due), day_words(context, action.brief.due_on), key_width);
    ui::key_value(context.say(Word::action_owner), action.brief.owner_name, key_width);
    if (!action.note.empty()) {
        ui::space_below(ui::space::small);
        ui::text_wrapped(ui::TextStyle::body, action.note);
    }
    ui::space_below(ui::space::small);
    ui::text_wrapped(ui::TextStyle::caption, context.say(Word::action_read_only), ui::Color::text_muted);
}

void editor(const ViewContext& context, ActionEdit& edit, const vm::ActionsPart& part) {
    const vm::ActionDetail& action = *part.detail;
    const ui::Card card("details", {.title = context.say(Word::action_details)});
    title_field(context, edit.fields);
    other_fields(context, edit.fields, part.staff, action.brief.today);
    const auto wanted = values_of(context, edit.fields, action.brief.today);
    const bool changed = !wanted || *wanted != edit.seen;
    if (!changed) return;
    if (ui::button("save", context.say(Word::action_save), {.kind = ui::ButtonKind::primary, .icon = icons::check})) {
        edit.fields.was_submitted = true;
        if (wanted) {
            context.intents.emit(vm::EditAction{context.intents.new_id(), action.brief.id, edit.seen, *wanted});
            edit.seen = *wanted;
            edit.fields = fields_of(context, *wanted);
            edit.saved_revision = context.snapshot.revision;
        }
    }
    ui::flow(ui::button_width(context.say(Word::action_discard_changes)));
    if (ui::button("discard", context.say(Word::action_discard_changes))) edit.is_filled = false;
}

void submit(const ViewContext& context, NewActionDraft& draft, const vm::ActionsQuery& query, Day today) {
    draft.fields.was_submitted = true;
    const auto values = values_of(context, draft.fields, today);
    if (!values || draft.practice.empty()) return;
    const Id action = context.intents.new_id();
    context.intents.emit(vm::AddAction{context.intents.new_id(), action, draft.practice, *values,
                                       query.about_integration, query.about_ticket});
    draft = {};
    vm::ActionsQuery next = query;
    next.composing = false;
    next.selected = action;
    next.about_integration.clear();
    next.about_ticket.clear();
    context.show(std::move(next));
}

void practice_field(const ViewContext& context, NewActionDraft& draft) {
    const std::vector<vm::PlaceChoice>& practices = context.snapshot.session->practices;
    std::vector<ui::SelectOption> options;
    int selected = -1;
    for (const vm::PlaceChoice& practice : practices) {
        if (practice.id == draft.practice) selected = static_cast<int>(options.size());
        options.push_back({.label = practice.name, .description = practice.detail});
    }
    const bool missing = draft.fields.was_submitted && selected < 0;
    const ui::SelectOptions look{
        .label = context.say(Word::actions_practice_filter),
        .placeholder = context.say(Word::action_practice_needed),
        .error = missing ? context.say(Word::action_practice_needed) : std::string_view(),
        .search_label = practices.size() >= searchable_from ? context.say(Word::search) : std::string_view()};
    if (ui::select("practice", options, selected, look))
        draft.practice = practices[static_cast<std::size_t>(selected)].id;
    ui::space_below(ui::space::large);
}

}  // namespace

std::string due_day_words(const ViewContext& context, const vm::ActionBrief& action) {
    if (action.due_on == action.today) return std::string(context.say(Word::action_due_today));
    if (action.due_on == action.today + 1) return std::string(context.say(Word::action_due_tomorrow));
    const std::string day = context.format.day_short(action.due_on);
    return action.group == vm::ActionGroup::this_week ? context.format.weekday_short(action.due_on) + ", " + day : day;
}

void action_view(const ViewContext& context, ActionEdit& edit, const vm::ActionsPart& part) {
    const float room = ImGui::GetContentRegionAvail().x;
    const ui::Area area(room < action_width_max ? room : action_width_max);
    head(context, *part.detail);
    ui::space_below(ui::space::large);
    if (part.detail->may_edit) {
        refresh(context, edit, *part.detail);
        editor(context, edit, part);
    } else {
        read_only(context, *part.detail);
    }
    ui::space_below(ui::space::section);
}

void new_action_view(const ViewContext& context, ActionsState& state, const vm::ActionsQuery& query) {
    const auto& part = context.snapshot.actions;
    NewActionDraft& draft = state.draft;
    const bool has_context = part && part->query.composing;
    const bool opens = !draft.is_filled;
    if (opens) {
        draft.is_filled = true;
        const std::vector<vm::PlaceChoice>& practices = context.snapshot.session->practices;
        draft.practice = practices.size() == 1 ? practices.front().id : query.practice;
        draft.fields.owner = context.snapshot.session->user;
    }
    const Day today = part ? part->today : context.format.local_day(context.format.now_ms());
    const float room = ImGui::GetContentRegionAvail().x;
    const ui::Area area(room < action_width_max ? room : action_width_max);
    ui::heading(1, ui::TextStyle::title, context.say(Word::actions_add));
    ui::text_wrapped(ui::TextStyle::body, context.say(Word::action_new_sentence), ui::Color::text_muted);
    ui::space_below(ui::space::large);
    if (has_context && !part->source_name.empty()) {
        ui::note(ui::Tone::info, context.say(Word::action_from, {part->source_name}));
        ui::space_below(ui::space::large);
    }
    title_field(context, draft.fields, opens ? ui::TakeFocus::now : ui::TakeFocus::no);
    // What it comes from says whose it is.
    if (has_context && !part->source_practice.empty()) draft.practice = part->source_practice;
    practice_field(context, draft);
    const std::vector<vm::PlaceChoice> nobody;
    other_fields(context, draft.fields, part ? part->staff : nobody, today);
    if (ui::button("submit", context.say(Word::actions_add), {.kind = ui::ButtonKind::primary, .icon = icons::plus})) {
        submit(context, draft, query, today);
        return;
    }
    ui::beside();
    if (ui::button("cancel", context.say(Word::cancel))) {
        draft = {};
        vm::ActionsQuery next = query;
        next.composing = false;
        next.about_integration.clear();
        next.about_ticket.clear();
        context.show(std::move(next));
    }
}

}  // namespace portal::views
