#include "app/views/new_ticket_view.hpp"

#include <array>
#include <vector>

#include "app/ui/button.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/select.hpp"
#include "app/ui/text_field.hpp"
#include "app/views/wording.hpp"
#include "app/vm/vocabulary.hpp"
#include "generated/icons.hpp"
#include "shared/base/limits.hpp"

namespace portal::views {

using vm::Word;

namespace {

constexpr float form_width_max = 640;
constexpr int description_rows = 6;

int index_of(const std::vector<vm::PlaceChoice>& places, const Id& id) {
    for (std::size_t index = 0; index < places.size(); ++index)
        if (places[index].id == id) return static_cast<int>(index);
    return places.size() == 1 ? 0 : -1;
}

// Says what the check showed, so that support need not ask.
void fill_from_check(const ViewContext& context, NewTicketDraft& draft, const vm::ComposeContext& compose) {
    const CheckRollup& check = *compose.check;
    const vm::Format& format = context.format;
    const std::string day = format.day(check.day);
    const bool ledger = check.ledger_rows > 0 && check.ledger_matched * 10 < check.ledger_rows * 9;
    if (ledger) {
        const std::int64_t rate = check.ledger_matched * 10'000 / check.ledger_rows;
        draft.subject = format.say(Word::new_ticket_ledger_subject, {compose.integration_name});
        draft.description =
            format.say(Word::new_ticket_ledger_body,
                       {day, format.of_total(check.ledger_matched, check.ledger_rows), format.percent(rate)});
    } else if (check.calls > 0) {
        const std::int64_t rate = check.calls_succeeded * 10'000 / check.calls;
        draft.subject = format.say(Word::new_ticket_calls_subject, {compose.integration_name});
        draft.description =
            format.say(Word::new_ticket_calls_body,
                       {day, format.of_total(check.calls_succeeded, check.calls), format.percent(rate)});
    }
    if (!check.note.empty()) draft.description += "\n" + check.note;
}

// Without the bank's reference, whose digits would pass for a patient's number; support finds it with the day.
void fill_from_deposit(const ViewContext& context, NewTicketDraft& draft, const vm::DepositLine& line) {
    const vm::Format& format = context.format;
    const std::string day = format.day(line.day);
    const std::int64_t difference = line.deposited_cents - line.expected_cents;
    draft.subject =
        format.say(Word::new_ticket_deposit_subject,
                   {day, line.location_name, format.money_exact(difference < 0 ? -difference : difference)});
    draft.description = format.say(Word::new_ticket_deposit_body,
                                   {day, format.money_exact(line.expected_cents),
                                    format.money_exact(line.deposited_cents), format.money_exact(difference)});
}

void fill_from_volume(const ViewContext& context, NewTicketDraft& draft, const vm::VolumeAlarmLine& alarm) {
    const vm::Format& format = context.format;
    draft.subject = format.say(Word::new_ticket_volume_subject, {format.day(alarm.since)});
    draft.description = format.say(
        Word::new_ticket_volume_body,
        {format.number(alarm.actual), format.day(alarm.since), format.day(alarm.until), format.number(alarm.usual),
         format.number(alarm.business_days), below_usual(format, alarm.actual, alarm.usual)});
}

// What the form was opened from, above it.
std::string origin_of(const ViewContext& context, const vm::ComposeContext& compose) {
    if (compose.check)
        return context.say(Word::new_ticket_context,
                           {compose.integration_name, context.format.day(compose.check->day)});
    if (compose.deposit)
        return context.say(Word::new_ticket_deposit_context,
                           {context.format.day(compose.deposit->day), compose.deposit->location_name});
    if (compose.volume) return context.say(Word::new_ticket_volume_context, {compose.volume->practice_name});
    return {};
}

// Once, when the context has arrived and the user has not begun to write.
void fill(const ViewContext& context, NewTicketDraft& draft, const vm::ComposeContext& compose) {
    if (draft.is_filled) return;
    draft.is_filled = true;
    draft.integration = compose.integration;
    draft.category = static_cast<int>(compose.category);
    draft.location = index_of(context.snapshot.session->locations, compose.location);
    if (!draft.subject.empty() || !draft.description.empty()) return;
    if (compose.deposit) return fill_from_deposit(context, draft, *compose.deposit);
    if (compose.volume) return fill_from_volume(context, draft, *compose.volume);
    if (!compose.check) return;
    fill_from_check(context, draft, compose);
    draft.priority = static_cast<int>(TicketPriority::high);
}

template <class Enum>
void vocabulary_select(const ViewContext& context, const char* id, Word label, int count, int& selected) {
    std::vector<ui::SelectOption> options;
    for (int index = 0; index < count; ++index)
        options.push_back({.label = context.say(vm::word_of(static_cast<Enum>(index)))});
    ui::select(id, options, selected, {.label = context.say(label)});
}

void place_and_kind(const ViewContext& context, NewTicketDraft& draft) {
    const std::vector<vm::PlaceChoice>& locations = context.snapshot.session->locations;
    std::vector<ui::SelectOption> options;
    for (const vm::PlaceChoice& place : locations)
        options.push_back({.label = place.name, .description = place.detail});
    const bool missing = draft.was_submitted && draft.is_filled && draft.location < 0;
    ui::select("location", options, draft.location,
               {.label = context.say(Word::new_ticket_location),
                .placeholder = context.say(Word::new_ticket_location_needed),
                .error = missing ? context.say(Word::new_ticket_location_needed) : std::string_view(),
                .search_label = locations.size() > 8 ? context.say(Word::search) : std::string_view()});
    ui::space_below(ui::space::large);
    ui::Columns columns({-1, -1}, ui::space::large);
    columns.next();
    vocabulary_select<TicketCategory>(context, "category", Word::new_ticket_category, 5, draft.category);
    columns.next();
    vocabulary_select<TicketPriority>(context, "priority", Word::new_ticket_priority, 4, draft.priority);
}

void words_of_ticket(const ViewContext& context, NewTicketDraft& draft) {
    const bool no_subject = draft.was_submitted && trimmed(draft.subject).empty();
    ui::text_field("subject", draft.subject,
                   {.label = context.say(Word::new_ticket_subject),
                    .hint = context.say(Word::new_ticket_subject_hint),
                    .error = no_subject ? context.say(Word::new_ticket_subject_needed) : std::string_view(),
                    .required = ui::Required::yes,
                    .bytes_max = limits::ticket_subject_bytes_max});
    ui::space_below(ui::space::large);
    const bool no_description = draft.was_submitted && trimmed(draft.description).empty();
    ui::text_field("description", draft.description,
                   {.label = context.say(Word::new_ticket_description),
                    .hint = context.say(Word::composer_reply_hint),
                    .error = no_description ? context.say(Word::new_ticket_description_needed) : std::string_view(),
                    .kind = ui::FieldKind::multiline,
                    .required = ui::Required::yes,
                    .bytes_max = limits::message_body_bytes_max,
                    .rows = description_rows});
    identifier_warning(context, draft.subject + "\n" + draft.description);
    ui::space_below(ui::space::large);
}

void submit(const ViewContext& context, NewTicketDraft& draft) {
    draft.was_submitted = true;
    draft.is_sent_when_filled = !draft.is_filled;
    if (draft.is_sent_when_filled) return;
    if (trimmed(draft.subject).empty() || trimmed(draft.description).empty() || draft.location < 0) return;
    const Id ticket = context.intents.new_id();
    const vm::PlaceChoice& location = context.snapshot.session->locations[static_cast<std::size_t>(draft.location)];
    context.intents.emit(vm::FileTicket{.intent = context.intents.new_id(),
                                        .ticket = ticket,
                                        .location = location.id,
                                        .integration = draft.integration,
                                        .subject = std::string(trimmed(draft.subject)),
                                        .description = std::string(trimmed(draft.description)),
                                        .category = static_cast<TicketCategory>(draft.category),
                                        .priority = static_cast<TicketPriority>(draft.priority)});
    draft = {};
    context.show(vm::TicketsQuery{.selected = ticket});
}

void discard_dialog(const ViewContext& context, TicketsState& state) {
    if (!ui::begin_dialog("discard", state.discard_shown, {.title = context.say(Word::new_ticket_discard_title)}))
        return;
    ui::text_wrapped(ui::TextStyle::body, context.say(Word::new_ticket_discard_body));
    ui::dialog_footer();
    if (ui::button("discard", context.say(Word::new_ticket_discard), {.kind = ui::ButtonKind::danger})) {
        state.draft = {};
        state.discard_shown = ui::Shown::no;
        context.show(vm::TicketsQuery{});
    }
    ui::beside();
    if (ui::button("keep", context.say(Word::new_ticket_keep))) state.discard_shown = ui::Shown::no;
    ui::end_dialog();
}

}  // namespace

void new_ticket_view(const ViewContext& context, TicketsState& state, const vm::TicketsQuery& query) {
    const auto& part = context.snapshot.tickets;
    const bool has_context = part && part->compose && part->query.composing;
    if (has_context) fill(context, state.draft, *part->compose);
    NewTicketDraft& draft = state.draft;

    const float room = ImGui::GetContentRegionAvail().x;
    const ui::Area area(room < form_width_max ? room : form_width_max);
    ui::heading(1, ui::TextStyle::title, context.say(Word::new_ticket_title));
    ui::text_wrapped(ui::TextStyle::body, context.say(Word::new_ticket_sentence), ui::Color::text_muted);
    ui::space_below(ui::space::large);
    const std::string origin = has_context ? origin_of(context, *part->compose) : std::string();
    if (!origin.empty()) {
        ui::note(ui::Tone::info, origin);
        ui::space_below(ui::space::medium);
    }
    if (has_context && !part->compose->open_ticket.empty()) {
        const ui::BannerOptions already{.tone = ui::Tone::warn,
                                        .cause = context.say(Word::new_ticket_already),
                                        .action_label = context.say(Word::action_open_ticket)};
        if (ui::banner("already", already) == ui::BannerEvent::acted)
            context.show(vm::TicketsQuery{.selected = part->compose->open_ticket});
        ui::space_below(ui::space::medium);
    }
    words_of_ticket(context, draft);
    place_and_kind(context, draft);
    ui::space_below(ui::space::section);
    if (ui::button("submit", context.say(Word::new_ticket_submit),
                   {.kind = ui::ButtonKind::primary,
                    .icon = icons::send,
                    .busy = draft.is_sent_when_filled ? ui::Busy::yes : ui::Busy::no}))
        submit(context, draft);
    ui::beside();
    if (ui::button("cancel", context.say(Word::cancel))) {
        const bool untouched = trimmed(draft.subject).empty() && trimmed(draft.description).empty();
        if (untouched)
            context.show(vm::TicketsQuery{.tab = query.tab});
        else
            state.discard_shown = ui::Shown::yes;
    }
    discard_dialog(context, state);
    if (draft.is_sent_when_filled && draft.is_filled) submit(context, draft);
}

}  // namespace portal::views
