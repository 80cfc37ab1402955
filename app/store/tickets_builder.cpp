#include <algorithm>
#include <limits>
#include <map>

#include "app/store/builders.hpp"
#include "app/store/dry_run.hpp"
#include "app/store/search.hpp"
#include "shared/base/durations.hpp"
#include "shared/rules/figures/tickets.hpp"
#include "shared/rules/sla.hpp"
#include "shared/rules/transitions.hpp"

namespace portal::store {
namespace {

// The cohort of the ticket figures.
constexpr DurationMs figures_period_ms = 30LL * 24 * 60 * 60 * 1000;
// Stands for a new row when the mutator is asked whether it would take one.
constexpr std::string_view asking_id = "00000000000000000000000000";

bool is_in_tab(const BuildContext& context, vm::TicketTab tab, const Ticket& ticket) {
    switch (tab) {
        case vm::TicketTab::open:
            return is_open(ticket);
        case vm::TicketTab::waiting_on_you:
            return waits_on_user(context, ticket);
        case vm::TicketTab::resolved:
            return !is_open(ticket);
        case vm::TicketTab::all:
            return true;
    }
    return true;
}

void sort_rows(vm::TicketTab tab, std::vector<vm::TicketBrief>& rows) {
    const bool by_promise = tab == vm::TicketTab::open || tab == vm::TicketTab::waiting_on_you;
    std::sort(rows.begin(), rows.end(), [&](const vm::TicketBrief& left, const vm::TicketBrief& right) {
        if (by_promise) {
            constexpr InstantMs never = std::numeric_limits<InstantMs>::max();
            const InstantMs left_due = left.due_ms.value_or(never);
            const InstantMs right_due = right.due_ms.value_or(never);
            if (left_due != right_due) return left_due < right_due;
        }
        return std::tie(right.updated_ms, left.id) < std::tie(left.updated_ms, right.id);
    });
}

vm::TicketDetail detail_of(const BuildContext& context, const Ticket& ticket) {
    vm::TicketDetail detail;
    detail.brief = ticket_brief(context, ticket);
    detail.description = ticket.description;
    detail.category = ticket.category;
    detail.integration = ticket.integration;
    detail.integration_name = context.records.integration_name(ticket.integration);
    detail.first_response_ms = ticket.first_response_ms;
    detail.resolved_ms = ticket.resolved_ms;
    for (const TicketState to : allowed_ticket_moves(ticket.state, ticket.resolved_ms.value_or(0), context.now_ms))
        if (is_applicable(context, ticket_move(ticket, to))) detail.allowed_moves.push_back(to);
    context.replica.each_where(Entity::message, "ticket", Value{ticket.id}, [&](const Row& row) {
        const auto message = from_row<Message>(row);
        vm::MessageLine line;
        line.id = message.id;
        line.author_name = message.author_name;
        line.author_kind = message.author_kind;
        line.visibility = message.visibility;
        line.body = message.body;
        line.created_ms = message.created_ms;
        line.own = message.author == context.caller.user;
        line.pending = context.is_pending(Entity::message, message.id);
        detail.messages.push_back(std::move(line));
    });
    // One's own pending messages come last, whatever the clocks say.
    std::sort(detail.messages.begin(), detail.messages.end(),
              [](const vm::MessageLine& left, const vm::MessageLine& right) {
                  return std::tie(left.pending, left.created_ms, left.id) <
                         std::tie(right.pending, right.created_ms, right.id);
              });
    detail.may_reply = is_applicable(context, ticket_reply(Id(asking_id), ticket, "?", MessageVisibility::public_));
    return detail;
}

vm::ComposeContext compose_context(const BuildContext& context, const vm::TicketsQuery& query) {
    vm::ComposeContext compose;
    compose.location = context.first_location();
    if (!query.about_deposit.empty() && query.about_day) {
        for (vm::DepositLine& line :
             deposit_lines(context, {.location = query.about_deposit, .from = *query.about_day}))
            if (line.day == *query.about_day) compose.deposit = std::move(line);
        compose.location = query.about_deposit;
        compose.category = TicketCategory::financing;
        return compose;
    }
    if (!query.about_volume.empty()) {
        for (vm::VolumeAlarmLine& alarm : volume_alarms(context))
            if (alarm.practice == query.about_volume) compose.volume = std::move(alarm);
        compose.location = context.first_location_of(query.about_volume);
        compose.category = TicketCategory::financing;
        return compose;
    }
    const auto found = context.records.integrations().find(query.about_integration);
    if (found == context.records.integrations().end()) return compose;
    const Integration& integration = found->second;
    compose.integration = integration.id;
    compose.integration_name = integration.name;
    compose.category = TicketCategory::integration;
    compose.open_ticket = open_ticket_about(context, integration.id);
    if (const Id first = context.first_location_of(integration.practice); !first.empty()) compose.location = first;
    const std::vector<CheckRollup> rollups = context.records.rollups_of(integration.id);
    if (query.about_day) {
        if (const CheckRollup* rollup = context.records.rollup_on(integration.id, *query.about_day))
            compose.check = *rollup;
    } else if (!rollups.empty()) {
        compose.check = rollups.back();
    }
    return compose;
}

// Business minutes at the ticket's location; round the clock where no calendar is known.
class OpenMinutes {
  public:
    explicit OpenMinutes(const RecordsInMemory& records) : m_records(records) {}

    std::int64_t between(const Ticket& ticket, InstantMs from_ms, InstantMs to_ms) {
        const std::optional<WorkingHours>& hours = hours_of(ticket.location);
        if (!hours) return figures::elapsed_minutes(ticket, from_ms, to_ms);
        return business_time_between(*hours, from_ms, to_ms) / minute_ms;
    }

  private:
    const std::optional<WorkingHours>& hours_of(const Id& location_id) {
        const auto [held, is_new] = m_hours.try_emplace(location_id);
        if (!is_new) return held->second;
        const auto location = m_records.locations().find(location_id);
        if (location == m_records.locations().end()) return held->second;
        const auto calendar = m_records.calendars().find(location->second.calendar);
        if (calendar != m_records.calendars().end())
            held->second = working_hours_of(location->second, calendar->second);
        return held->second;
    }

    const RecordsInMemory& m_records;
    std::map<Id, std::optional<WorkingHours>> m_hours;
};

}  // namespace

bool is_open(const Ticket& ticket) {
    return ticket.state != TicketState::resolved && ticket.state != TicketState::closed;
}

bool waits_on_user(const BuildContext& context, const Ticket& ticket) {
    if (!is_open(ticket)) return false;
    if (!context.caller.practice.empty()) return ticket.state == TicketState::waiting_practice;
    if (!context.caller.vendor.empty()) return ticket.state == TicketState::waiting_vendor;
    if (ticket.state == TicketState::waiting_practice || ticket.state == TicketState::waiting_vendor) return false;
    return ticket.assignee == context.caller.user;
}

bool is_overdue(const BuildContext& context, const Ticket& ticket) {
    return is_open(ticket) && ticket.due_ms && *ticket.due_ms < context.now_ms;
}

vm::TicketBrief ticket_brief(const BuildContext& context, const Ticket& ticket) {
    vm::TicketBrief brief;
    brief.id = ticket.id;
    brief.number = ticket.number;
    brief.subject = ticket.subject;
    brief.state = ticket.state;
    brief.priority = ticket.priority;
    brief.practice_name = context.records.practice_name(ticket);
    brief.location_name = context.records.location_name(ticket.location);
    brief.requester_name = ticket.requester_name;
    brief.assignee_name = ticket.assignee_name;
    brief.due_ms = ticket.due_ms;
    brief.created_ms = ticket.created_ms;
    brief.updated_ms = ticket.updated_ms;
    brief.pending = context.is_pending(Entity::ticket, ticket.id);
    brief.overdue = is_overdue(context, ticket);
    brief.waiting_on_you = waits_on_user(context, ticket);
    return brief;
}

const std::vector<const Ticket*>& tickets_in_scope(const BuildContext& context) {
    if (context.tickets_kept) return *context.tickets_kept;
    auto& tickets = context.tickets_kept.emplace();
    for (const auto& [id, ticket] : context.records.tickets())
        if (context.sees_ticket(ticket)) tickets.push_back(&ticket);
    return tickets;
}

Id open_ticket_about(const BuildContext& context, const Id& integration) {
    for (const auto& [id, ticket] : context.records.tickets())
        if (ticket.integration == integration && is_open(ticket)) return id;
    return {};
}

vm::TicketsPart build_tickets(const BuildContext& context, const vm::TicketsQuery& query) {
    vm::TicketsPart part;
    part.query = query;
    part.as_of_ms = context.as_of_ms;
    const std::vector<const Ticket*>& tickets = tickets_in_scope(context);
    for (const Ticket* ticket : tickets) {
        for (std::size_t tab = 0; tab < part.count_by_tab.size(); ++tab)
            if (is_in_tab(context, static_cast<vm::TicketTab>(tab), *ticket)) ++part.count_by_tab[tab];
        if (!is_in_tab(context, query.tab, *ticket)) continue;
        vm::TicketBrief brief = ticket_brief(context, *ticket);
        if (!query.search.empty() &&
            !matches_search(query.search, {brief.subject, "#" + std::to_string(brief.number), brief.practice_name,
                                           brief.location_name, brief.requester_name, brief.assignee_name}))
            continue;
        part.rows.push_back(std::move(brief));
    }
    sort_rows(query.tab, part.rows);
    if (const auto found = context.records.tickets().find(query.selected); found != context.records.tickets().end())
        part.detail = detail_of(context, found->second);
    if (query.composing) part.compose = compose_context(context, query);
    OpenMinutes minutes(context.records);
    part.first_response =
        figures::first_response(tickets, context.now_ms - figures_period_ms, context.now_ms, context.as_of_ms,
                                [&](const Ticket& ticket, InstantMs from_ms, InstantMs to_ms) {
                                    return minutes.between(ticket, from_ms, to_ms);
                                });
    part.sla_attainment =
        figures::sla_attainment(tickets, context.now_ms - figures_period_ms, context.now_ms, context.as_of_ms);
    return part;
}

}  // namespace portal::store
