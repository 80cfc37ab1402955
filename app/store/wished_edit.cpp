#include "app/store/wished_edit.hpp"

#include <utility>
#include <variant>

#include "app/store/dry_run.hpp"

namespace portal::store {
namespace {

using Wished = std::optional<WishedEdit>;

// The intent's id makes the edit the same one wherever it is met again.
Wished wished(Mutation mutation, const Id& intent, std::string about) {
    mutation.intent = intent;
    return WishedEdit{std::move(mutation), std::move(about)};
}

struct EditWished {
    const RecordsInMemory& records;

    template <class Other>
    Wished operator()(const Other&) const {
        return std::nullopt;
    }

    // The location alone tells the practice: it may come to another one while the edit waits, and the ticket goes
    // along.
    Wished operator()(const vm::FileTicket& intent) const {
        Mutation mutation = creation_of(Entity::ticket, intent.ticket);
        mutation.set = {{"category", word_value(text_of(intent.category))}, {"description", Value{intent.description}},
                        {"integration", Value{intent.integration}},         {"location", Value{intent.location}},
                        {"priority", word_value(text_of(intent.priority))}, {"subject", Value{intent.subject}}};
        return wished(std::move(mutation), intent.intent, intent.subject);
    }

    Wished operator()(const vm::ReplyToTicket& intent) const {
        Ticket ticket;
        ticket.id = intent.ticket;
        return wished(ticket_reply(intent.message, ticket, intent.body, intent.visibility), intent.intent,
                      subject_of(intent.ticket));
    }

    Wished operator()(const vm::MoveTicket& intent) const {
        Ticket seen;
        seen.id = intent.ticket;
        seen.state = intent.from;
        return wished(ticket_move(seen, intent.to), intent.intent, subject_of(intent.ticket));
    }

    Wished operator()(const vm::MoveIntegration& intent) const {
        Integration seen;
        seen.id = intent.integration;
        seen.stage = intent.from;
        return wished(stage_move(seen, intent.to), intent.intent, records.integration_name(intent.integration));
    }

    Wished operator()(const vm::SetBlocker& intent) const {
        if (intent.seen == intent.wanted) return std::nullopt;
        return wished(blocker_change(intent.integration, intent.seen, intent.wanted), intent.intent,
                      records.integration_name(intent.integration));
    }

    Wished operator()(const vm::SetVendorConsent& intent) const {
        return wished(consent_change(intent.practice, intent.wanted), intent.intent,
                      records.practice_name(intent.practice));
    }

    Wished operator()(const vm::AddAction& intent) const {
        Mutation mutation = creation_of(Entity::action_item, intent.action);
        mutation.set = {{"due_on", Value{std::int64_t{intent.values.due_on}}},
                        {"integration", Value{intent.integration}},
                        {"note", Value{intent.values.note}},
                        {"owner", Value{intent.values.owner}},
                        {"practice", Value{intent.practice}},
                        {"ticket", Value{intent.ticket}},
                        {"title", Value{intent.values.title}}};
        return wished(std::move(mutation), intent.intent, intent.values.title);
    }

    Wished operator()(const vm::EditAction& intent) const {
        if (intent.seen == intent.wanted) return std::nullopt;
        return wished(action_edit(intent.action, intent.seen, intent.wanted), intent.intent, intent.wanted.title);
    }

    Wished operator()(const vm::MarkAction& intent) const {
        const auto found = records.action_items().find(intent.action);
        return wished(action_mark(intent.action, intent.done), intent.intent,
                      found == records.action_items().end() ? std::string() : found->second.title);
    }

    Wished operator()(const vm::SendLead& intent) const {
        const vm::Lead& lead = intent.lead;
        Mutation mutation = creation_of(Entity::prospect, lead.id);
        mutation.set = {{"contact", Value{lead.name}},
                        {"email", Value{lead.email}},
                        {"name", Value{lead.practice}},
                        {"note", Value{lead.note}}};
        return wished(std::move(mutation), lead.id, lead.practice);
    }

    Wished operator()(const vm::ReviewDeposit& intent) const {
        if (intent.seen == intent.wanted) return std::nullopt;
        return wished(deposit_review(intent.location, intent.day, intent.seen, intent.wanted), intent.intent,
                      records.location_name(intent.location) + ", " + iso_day(intent.day));
    }

    std::string subject_of(const Id& ticket) const {
        const auto found = records.tickets().find(ticket);
        return found == records.tickets().end() ? std::string() : found->second.subject;
    }
};

}  // namespace

std::optional<WishedEdit> edit_wished(const vm::Intent& intent, const RecordsInMemory& records) {
    return std::visit(EditWished{records}, intent);
}

}  // namespace portal::store
