#include "app/views/ticket_view.hpp"

#include <vector>

#include "app/ui/badge.hpp"
#include "app/ui/button.hpp"
#include "app/ui/choice.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/menu.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/text_field.hpp"
#include "app/views/wording.hpp"
#include "app/vm/route.hpp"
#include "app/vm/vocabulary.hpp"
#include "generated/icons.hpp"
#include "shared/base/limits.hpp"
#include "shared/model/identifiers.hpp"

namespace portal::views {

using vm::Word;

namespace {

constexpr float thread_width_max = 760;
constexpr int composer_rows = 4;

void move_menu(const ViewContext& context, const vm::TicketDetail& ticket) {
    if (ticket.allowed_moves.empty()) return;
    const ui::ButtonOptions look{.size = ui::ButtonSize::small, .trailing_icon = icons::chevron_down};
    ui::align_right(ui::button_width(context.say(Word::ticket_move_menu), look));
    if (ui::button("move", context.say(Word::ticket_move_menu), look)) ui::open_menu("moves");
    std::vector<std::string> labels;
    for (const TicketState to : ticket.allowed_moves)
        labels.push_back(context.say(Word::ticket_move_to, {context.say(vm::word_of(to))}));
    std::vector<ui::MenuItem> items;
    for (std::size_t index = 0; index < labels.size(); ++index)
        items.push_back({.id = labels[index].c_str(), .label = labels[index]});
    const int chosen = ui::menu("moves", items);
    if (chosen < 0) return;
    context.intents.emit(vm::MoveTicket{context.intents.new_id(), ticket.brief.id, ticket.brief.state,
                                        ticket.allowed_moves[static_cast<std::size_t>(chosen)]});
}

// First reply and promise in one line each, in words.
void promise_lines(const ViewContext& context, const vm::TicketDetail& ticket) {
    const vm::Format& format = context.format;
    if (ticket.first_response_ms) {
        const std::string after = format.duration(*ticket.first_response_ms - ticket.brief.created_ms);
        ui::text(ui::TextStyle::caption, context.say(Word::sla_first_reply_met, {after}), ui::Color::text_muted);
    }
    if (ticket.resolved_ms) {
        ui::text(ui::TextStyle::caption, context.say(Word::sla_resolved, {format.day_and_time(*ticket.resolved_ms)}),
                 ui::Color::good);
    } else if (ticket.brief.state == TicketState::waiting_practice) {
        ui::text(ui::TextStyle::caption, context.say(Word::sla_paused), ui::Color::text_muted);
    } else if (ticket.brief.due_ms) {
        const Word word = ticket.first_response_ms ? Word::sla_resolution_due : Word::sla_first_reply_due;
        ui::text(ui::TextStyle::caption, context.say(word, {format.promise(*ticket.brief.due_ms)}),
                 ticket.brief.overdue ? ui::Color::bad : ui::Color::text_muted);
    }
}

void action_link(const ViewContext& context, const vm::TicketDetail& ticket) {
    if (!context.snapshot.session->writes_actions) return;
    const vm::ActionsQuery add{.composing = true, .about_ticket = ticket.brief.id};
    if (ui::link("add_action", context.say(Word::actions_add), vm::route_of(add), ui::TextStyle::caption))
        context.show(add);
}

void head(const ViewContext& context, const vm::TicketDetail& ticket) {
    const vm::TicketBrief& brief = ticket.brief;
    ui::text(ui::TextStyle::caption, ticket_number(context, brief.number), ui::Color::text_muted);
    move_menu(context, ticket);
    ui::heading(1, ui::TextStyle::title, brief.subject);
    ui::space_below(ui::space::small);
    ui::badge(context.say(vm::word_of(brief.state)), tone_of(brief.state));
    ui::beside();
    ui::badge(context.say(vm::word_of(brief.priority)),
              brief.priority == TicketPriority::urgent ? ui::Tone::bad : ui::Tone::neutral);
    ui::beside();
    ui::badge(context.say(vm::word_of(ticket.category)));
    if (brief.pending) {
        ui::beside();
        ui::badge(context.say(Word::message_pending), ui::Tone::warn, icons::clock);
    }
    ui::space_below(ui::space::small);
    const std::string with = brief.assignee_name.empty() ? std::string(context.say(Word::ticket_unassigned))
                                                         : context.say(Word::ticket_with, {brief.assignee_name});
    const std::string place = brief.location_name.empty() ? brief.practice_name : brief.location_name;
    ui::text(ui::TextStyle::caption, with + (place.empty() ? "" : ", " + place), ui::Color::text_muted);
    promise_lines(context, ticket);
    if (!ticket.integration.empty()) {
        const std::string about = context.say(Word::ticket_about, {ticket.integration_name});
        if (ui::link("about", about, "/integrations/" + ticket.integration, ui::TextStyle::caption))
            context.show(vm::IntegrationsQuery{.selected = ticket.integration});
    }
    action_link(context, ticket);
}

// Imported messages may come without a name; who stands behind them is known anyway.
std::string_view author_words(const ViewContext& context, const vm::MessageLine& message) {
    if (message.own) return context.say(Word::message_you);
    if (!message.author_name.empty()) return message.author_name;
    switch (message.author_kind) {
        case MessageAuthorKind::practice:
            return context.say(Word::message_from_practice);
        case MessageAuthorKind::vendor:
            return context.say(Word::message_from_vendor);
        case MessageAuthorKind::staff:
        case MessageAuthorKind::automatic:
            break;
    }
    return context.say(Word::message_from_staff);
}

void message_card(const ViewContext& context, const vm::MessageLine& message) {
    const bool internal = message.visibility == MessageVisibility::internal;
    const ui::Card card(message.id.c_str(),
                        {.padding = ui::space::large, .tone = internal ? ui::Tone::warn : ui::Tone::neutral});
    const std::string_view author = author_words(context, message);
    ui::avatar(message.author_name.empty() ? author : std::string_view(message.author_name));
    ui::beside();
    ui::text(ui::TextStyle::body_strong, author);
    ui::beside();
    const std::string when =
        message.pending ? std::string(context.say(Word::message_pending)) : context.format.relative(message.created_ms);
    ui::text(ui::TextStyle::caption, when, message.pending ? ui::Color::warn : ui::Color::text_muted);
    if (internal) {
        ui::flow(ui::badge_size(context.say(Word::message_internal), icons::lock).x);
        ui::badge(context.say(Word::message_internal), ui::Tone::warn, icons::lock);
    } else if (message.author_kind == MessageAuthorKind::automatic) {
        ui::flow(ui::badge_size(context.say(Word::message_automatic)).x);
        ui::badge(context.say(Word::message_automatic));
    }
    ui::space_below(ui::space::tiny);
    ui::text_wrapped(ui::TextStyle::body, message.body);
}

void thread(const ViewContext& context, const vm::TicketDetail& ticket) {
    if (!ticket.description.empty()) {
        const ui::Card card("description", {.padding = ui::space::large});
        const std::string filed = context.say(
            Word::ticket_filed_by, {ticket.brief.requester_name, context.format.relative(ticket.brief.created_ms)});
        ui::text(ui::TextStyle::caption, filed, ui::Color::text_muted);
        ui::space_below(ui::space::tiny);
        ui::text_wrapped(ui::TextStyle::body, ticket.description);
    }
    for (const vm::MessageLine& message : ticket.messages) {
        ui::space_below(ui::space::medium);
        message_card(context, message);
    }
}

void composer(const ViewContext& context, ReplyDraft& draft, const vm::TicketDetail& ticket) {
    if (!ticket.may_reply) {
        if (ticket.brief.state == TicketState::closed) ui::note(ui::Tone::info, context.say(Word::composer_closed));
        return;
    }
    const bool note = draft.internal && context.snapshot.session->writes_internal_notes;
    const ui::Card card("composer", {.padding = ui::space::large, .tone = note ? ui::Tone::warn : ui::Tone::neutral});
    const auto field =
        ui::text_field("reply", draft.body,
                       {.label = context.say(Word::composer_reply_label),
                        .hint = context.say(note ? Word::message_internal_hint : Word::composer_reply_hint),
                        .kind = ui::FieldKind::multiline,
                        .bytes_max = limits::message_body_bytes_max,
                        .rows = composer_rows});
    identifier_warning(context, draft.body);
    const bool is_empty = draft.body.find_first_not_of(" \t\n") == std::string::npos;
    const ui::ButtonOptions send{.kind = ui::ButtonKind::primary,
                                 .icon = icons::send,
                                 .disabled_reason = is_empty ? context.say(Word::composer_empty) : std::string_view(),
                                 .shortcut = "Ctrl Enter"};
    const bool pressed = ui::button("send", context.say(note ? Word::composer_note : Word::composer_send), send);
    if (context.snapshot.session->writes_internal_notes) {
        ui::beside(ui::space::large);
        ui::checkbox("internal", context.say(Word::composer_note_toggle), draft.internal);
    }
    if (is_empty || (!pressed && !field.submitted)) return;
    context.intents.emit(vm::ReplyToTicket{context.intents.new_id(), context.intents.new_id(), ticket.brief.id,
                                           draft.body,
                                           note ? MessageVisibility::internal : MessageVisibility::public_});
    draft.body.clear();
}

}  // namespace

void ticket_view(const ViewContext& context, ReplyDraft& draft, const vm::TicketDetail& ticket) {
    const float room = ImGui::GetContentRegionAvail().x;
    const ui::Area area(room < thread_width_max ? room : thread_width_max);
    head(context, ticket);
    ui::space_below(ui::space::large);
    thread(context, ticket);
    ui::space_below(ui::space::large);
    composer(context, draft, ticket);
    ui::space_below(ui::space::section);
}

}  // namespace portal::views
