#include <algorithm>

#include "app/store/builders.hpp"
#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"

namespace portal::store {
namespace {

void add_tickets(const BuildContext& context, std::vector<vm::ActivityItem>& items) {
    using Kind = vm::ActivityItem::Kind;
    for (const Ticket* ticket : tickets_in_scope(context)) {
        items.push_back({Kind::ticket_filed, ticket->created_ms, ticket->requester_name, ticket->subject,
                         context.records.practice_name(*ticket), to_ticket(ticket->id)});
        if (ticket->state != TicketState::new_ && ticket->state_since_ms > ticket->created_ms)
            items.push_back({Kind::ticket_moved, ticket->state_since_ms, ticket->assignee_name, ticket->subject,
                             std::string(text_of(ticket->state)), to_ticket(ticket->id)});
    }
    for (const auto& [id, message] : context.records.messages()) {
        const auto ticket = context.records.tickets().find(message.ticket);
        if (ticket == context.records.tickets().end() || !context.sees_ticket(ticket->second)) continue;
        items.push_back({Kind::message,
                         message.created_ms,
                         message.author_name,
                         ticket->second.subject,
                         {},
                         to_ticket(message.ticket)});
    }
}

void add_integrations(const BuildContext& context, std::vector<vm::ActivityItem>& items) {
    using Kind = vm::ActivityItem::Kind;
    for (const Integration* integration : integrations_in_scope(context))
        items.push_back({Kind::stage_entered,
                         integration->stage_since * day_ms,
                         {},
                         integration->name,
                         std::string(text_of(integration->stage)),
                         to_integration(integration->id)});
    for (const auto& [id, incident] : context.records.incidents()) {
        const auto integration = context.records.integrations().find(incident.integration);
        if (integration == context.records.integrations().end() || !context.sees_integration(integration->second))
            continue;
        items.push_back({Kind::incident_started,
                         incident.started_ms,
                         {},
                         integration->second.name,
                         incident.title,
                         to_integration(integration->first)});
        if (incident.ended_ms)
            items.push_back({Kind::incident_ended,
                             *incident.ended_ms,
                             {},
                             integration->second.name,
                             incident.title,
                             to_integration(integration->first)});
    }
}

}  // namespace

vm::Query to_ticket(const Id& ticket) {
    vm::TicketsQuery query;
    query.tab = vm::TicketTab::all;
    query.selected = ticket;
    return query;
}

vm::Query to_integration(const Id& integration, std::optional<Day> day) {
    vm::IntegrationsQuery query;
    query.selected = integration;
    query.day = day;
    return query;
}

std::vector<vm::ActivityItem> activity_of(const BuildContext& context) {
    std::vector<vm::ActivityItem> items;
    add_tickets(context, items);
    add_integrations(context, items);
    const std::size_t shown = std::min(items.size(), limits::activity_items_max);
    // The order among equal instants is by subject, so that two devices show the same list.
    std::partial_sort(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(shown), items.end(),
                      [](const vm::ActivityItem& left, const vm::ActivityItem& right) {
                          if (left.when_ms != right.when_ms) return left.when_ms > right.when_ms;
                          return std::tie(left.kind, left.what, left.who) < std::tie(right.kind, right.what, right.who);
                      });
    items.resize(shown);
    return items;
}

}  // namespace portal::store
