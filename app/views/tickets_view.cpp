#include "app/views/tickets_view.hpp"

#include <array>

#include "app/ui/badge.hpp"
#include "app/ui/button.hpp"
#include "app/ui/choice.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/list.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/split.hpp"
#include "app/views/new_ticket_view.hpp"
#include "app/views/ticket_view.hpp"
#include "app/views/wording.hpp"
#include "app/vm/route.hpp"
#include "app/vm/vocabulary.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::Word;

namespace {

constexpr float ticket_list_width = 344;

const char* icon_of(TicketState state) {
    switch (state) {
        case TicketState::new_:
            return icons::circle_dot;
        case TicketState::triaged:
            return icons::circle;
        case TicketState::in_progress:
            return icons::activity;
        case TicketState::waiting_practice:
        case TicketState::waiting_vendor:
            return icons::circle_pause;
        case TicketState::resolved:
        case TicketState::closed:
            return icons::circle_check;
    }
    return icons::circle;
}

void list_head(const ViewContext& context, TicketsState& state, const vm::TicketsQuery& query) {
    ui::heading(1, ui::TextStyle::title, context.say(Word::tickets_title));
    if (context.snapshot.session->may_file_tickets) {
        const ui::ButtonOptions file{
            .kind = ui::ButtonKind::primary, .size = ui::ButtonSize::small, .icon = icons::plus, .shortcut = "N"};
        ui::align_right(ui::button_width(context.say(Word::action_file_ticket), file));
        if (ui::button("file", context.say(Word::action_file_ticket), file))
            context.show(vm::TicketsQuery{.tab = query.tab, .composing = true});
    }
    ui::space_below(ui::space::small);
    vm::TicketsQuery searched = query;
    if (search_field(context, state.search, Word::tickets_search, searched.search)) context.show(std::move(searched));
    ui::space_below(ui::space::small);
}

void tab_row(const ViewContext& context, const vm::TicketsPart& part, const vm::TicketsQuery& query) {
    std::array<std::string, 4> counts;
    for (std::size_t index = 0; index < counts.size(); ++index)
        counts[index] = context.format.number(part.count_by_tab[index]);
    const std::array<ui::Segment, 4> segments = {
        ui::Segment{.id = "open", .label = context.say(Word::tab_open), .count = counts[0]},
        ui::Segment{.id = "waiting", .label = context.say(Word::tab_waiting), .count = counts[1]},
        ui::Segment{.id = "resolved", .label = context.say(Word::tab_resolved)},
        ui::Segment{.id = "all", .label = context.say(Word::tab_all)}};
    int selected = static_cast<int>(query.tab);
    if (ui::tabs("tabs", context.say(Word::tickets_title), segments, selected)) {
        vm::TicketsQuery next = query;
        next.tab = static_cast<vm::TicketTab>(selected);
        context.show(std::move(next));
    }
    ui::space_below(ui::space::small);
}

void ticket_row(const ViewContext& context, const vm::TicketBrief& ticket, const vm::TicketsQuery& query) {
    const DueWords due = due_words(context, ticket);
    const std::string& who = ticket.assignee_name.empty() ? ticket.requester_name : ticket.assignee_name;
    std::string detail = ticket_number(context, ticket.number);
    if (!ticket.practice_name.empty()) detail += ", " + ticket.practice_name;
    if (!who.empty()) detail += ", " + who;
    vm::TicketsQuery target = query;
    target.selected = ticket.id;
    target.composing = false;
    const std::string href = vm::route_of(target);
    const ui::ListRow row{
        .title = ticket.subject,
        .detail = detail,
        .trailing = due.words,
        .trailing_tone = due.tone,
        .note = ticket.pending ? context.say(Word::message_pending) : std::string_view(),
        .icon = icon_of(ticket.state),
        .icon_tone = tone_of(ticket.state),
        .icon_words = context.say(vm::word_of(ticket.state)),
        .href = href,
        .selected = ticket.id == query.selected ? ui::ListRow::Selected::yes : ui::ListRow::Selected::no,
        .emphasis = ticket.waiting_on_you ? ui::ListRow::Emphasis::strong : ui::ListRow::Emphasis::normal};
    if (ui::list_row(ticket.id.c_str(), row)) context.show(std::move(target));
}

Word empty_word(const vm::TicketsQuery& query) {
    if (!query.search.empty()) return Word::tickets_empty_search;
    return query.tab == vm::TicketTab::waiting_on_you ? Word::tickets_empty_waiting : Word::tickets_empty_open;
}

void ticket_list(const ViewContext& context, TicketsState& state, const vm::TicketsQuery& query) {
    list_head(context, state, query);
    if (!context.snapshot.tickets) {
        ui::skeleton_lines("tickets_wait", 8);
        return;
    }
    const vm::TicketsPart& part = *context.snapshot.tickets;
    tab_row(context, part, query);
    if (part.rows.empty()) {
        const bool offers_filing = query.search.empty() && context.snapshot.session->may_file_tickets;
        const std::string_view verb = offers_filing ? context.say(Word::action_file_ticket) : std::string_view();
        if (ui::empty_state("no_tickets", icons::ticket, context.say(empty_word(query)), verb))
            context.show(vm::TicketsQuery{.composing = true});
        return;
    }
    ui::begin_list("rows", context.say(Word::tickets_title));
    ui::visible_rows(part.rows.size(), [&](std::size_t index) { ticket_row(context, part.rows[index], query); });
    ui::end_list();
}

void ticket_detail(const ViewContext& context, TicketsState& state, const vm::TicketsQuery& query, bool is_narrow) {
    if (is_narrow &&
        ui::button("back", context.say(Word::back), {.kind = ui::ButtonKind::quiet, .icon = icons::arrow_left})) {
        vm::TicketsQuery list = query;
        list.selected.clear();
        list.composing = false;
        context.show(std::move(list));
    }
    const auto& part = context.snapshot.tickets;
    if (query.composing) {
        new_ticket_view(context, state, query);
    } else if (query.selected.empty()) {
        ui::empty_state("choose", icons::message_square, context.say(Word::ticket_choose));
    } else if (!part || part->query.selected != query.selected) {
        ui::skeleton_lines("ticket_wait", 6);
    } else if (!part->detail) {
        if (ui::error_state("gone", context.say(Word::ticket_gone_title), context.say(Word::ticket_gone_body),
                            context.say(Word::show_all)))
            context.show(vm::TicketsQuery{.tab = vm::TicketTab::all});
    } else {
        ticket_view(context, state.replies[query.selected], *part->detail);
    }
}

}  // namespace

void tickets_view(const ViewContext& context, TicketsState& state, const vm::TicketsQuery& query, ui::Frame& frame) {
    const bool shows_detail = query.composing || !query.selected.empty();
    ui::Split split("tickets", frame, shows_detail ? ui::SplitNarrow::detail : ui::SplitNarrow::list,
                    ticket_list_width);
    if (split.begin_list()) {
        ticket_list(context, state, query);
        split.end_list();
    }
    if (split.begin_detail(query.composing ? "new" : query.selected.empty() ? "none" : query.selected.c_str())) {
        ticket_detail(context, state, query, split.is_narrow());
        split.end_detail();
    }
}

}  // namespace portal::views
