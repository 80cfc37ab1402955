#include <algorithm>
#include <functional>
#include <limits>

#include "app/store/builders.hpp"
#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"

namespace portal::store {
namespace {

using Kind = vm::ActivityItem::Kind;

// Visits are (instant, function that makes the item): few of the items are shown, and their texts are copies.
template <class Visit>
void each_of_tickets(const BuildContext& context, const Visit& visit) {
    for (const Ticket* ticket : tickets_in_scope(context)) {
        visit(ticket->created_ms, [&] {
            return vm::ActivityItem{Kind::ticket_filed,
                                    ticket->created_ms,
                                    ticket->requester_name,
                                    ticket->subject,
                                    context.records.practice_name(*ticket),
                                    to_ticket(ticket->id)};
        });
        if (ticket->state == TicketState::new_ || ticket->state_since_ms <= ticket->created_ms) continue;
        visit(ticket->state_since_ms, [&] {
            return vm::ActivityItem{Kind::ticket_moved,
                                    ticket->state_since_ms,
                                    ticket->assignee_name,
                                    ticket->subject,
                                    std::string(text_of(ticket->state)),
                                    to_ticket(ticket->id)};
        });
    }
    for (const auto& [id, message] : context.records.messages()) {
        const auto ticket = context.records.tickets().find(message.ticket);
        if (ticket == context.records.tickets().end() || !context.sees_ticket(ticket->second)) continue;
        visit(message.created_ms, [&, &message = message] {
            return vm::ActivityItem{Kind::message,
                                    message.created_ms,
                                    message.author_name,
                                    ticket->second.subject,
                                    {},
                                    to_ticket(message.ticket)};
        });
    }
}

template <class Visit>
void each_of_integrations(const BuildContext& context, const Visit& visit) {
    for (const Integration* integration : integrations_in_scope(context)) {
        const InstantMs since_ms = integration->stage_since * day_ms;
        visit(since_ms, [&] {
            return vm::ActivityItem{Kind::stage_entered,
                                    since_ms,
                                    {},
                                    integration->name,
                                    std::string(text_of(integration->stage)),
                                    to_integration(integration->id)};
        });
    }
    for (const auto& [id, incident] : context.records.incidents()) {
        const auto integration = context.records.integrations().find(incident.integration);
        if (integration == context.records.integrations().end() || !context.sees_integration(integration->second))
            continue;
        const auto item = [&, &incident = incident](Kind kind, InstantMs when_ms) {
            return vm::ActivityItem{
                kind, when_ms, {}, integration->second.name, incident.title, to_integration(integration->first)};
        };
        visit(incident.started_ms,
              [&, &incident = incident] { return item(Kind::incident_started, incident.started_ms); });
        if (incident.ended_ms)
            visit(*incident.ended_ms,
                  [&, &incident = incident] { return item(Kind::incident_ended, *incident.ended_ms); });
    }
}

template <class Visit>
void each_happening(const BuildContext& context, const Visit& visit) {
    each_of_tickets(context, visit);
    each_of_integrations(context, visit);
}

// From when on everything is shown: the instant of the last item that has a place.
InstantMs shown_from(const BuildContext& context) {
    std::vector<InstantMs> instants;
    each_happening(context, [&](InstantMs when_ms, const auto&) { instants.push_back(when_ms); });
    if (instants.size() <= limits::activity_items_max) return std::numeric_limits<InstantMs>::min();
    const auto last = instants.begin() + static_cast<std::ptrdiff_t>(limits::activity_items_max - 1);
    std::nth_element(instants.begin(), last, instants.end(), std::greater<>());
    return *last;
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
    each_happening(context, [&, from_ms = shown_from(context)](InstantMs when_ms, const auto& make) {
        if (when_ms >= from_ms) items.push_back(make());
    });
    // The order among equal instants is by subject, so that two devices show the same list.
    std::sort(items.begin(), items.end(), [](const vm::ActivityItem& left, const vm::ActivityItem& right) {
        if (left.when_ms != right.when_ms) return left.when_ms > right.when_ms;
        return std::tie(left.kind, left.what, left.who) < std::tie(right.kind, right.what, right.who);
    });
    if (items.size() > limits::activity_items_max) items.resize(limits::activity_items_max);
    return items;
}

}  // namespace portal::store
