#include "app/store/dry_run.hpp"

namespace portal::store {
namespace {

class ScratchRows final : public RowStore {
  public:
    explicit ScratchRows(Replica& replica) : m_replica(replica) {}
    std::optional<Row> get(Entity entity, const Id& id) override { return m_replica.get(entity, id); }
    void put(const Row&) override {}

  private:
    Replica& m_replica;
};

}  // namespace

Value word_value(std::string_view word) {
    return Value{std::string(word)};
}

Mutation ticket_move(const Ticket& ticket, TicketState to) {
    Mutation mutation;
    mutation.kind = MutationKind::update;
    mutation.entity = Entity::ticket;
    mutation.row = ticket.id;
    mutation.was = {{"state", word_value(text_of(ticket.state))}};
    mutation.set = {{"state", word_value(text_of(to))}};
    return mutation;
}

Mutation stage_move(const Integration& integration, IntegrationStage to) {
    Mutation mutation;
    mutation.kind = MutationKind::update;
    mutation.entity = Entity::integration;
    mutation.row = integration.id;
    mutation.was = {{"stage", word_value(text_of(integration.stage))}};
    mutation.set = {{"stage", word_value(text_of(to))}};
    return mutation;
}

Mutation ticket_reply(const Id& message, const Ticket& ticket, const std::string& body, MessageVisibility visibility) {
    Mutation mutation;
    mutation.kind = MutationKind::create;
    mutation.entity = Entity::message;
    mutation.row = message;
    mutation.set = {
        {"body", Value{body}}, {"ticket", Value{ticket.id}}, {"visibility", word_value(text_of(visibility))}};
    return mutation;
}

bool is_applicable(const BuildContext& context, const Mutation& mutation) {
    ScratchRows rows(context.replica);
    const MutationContext mutation_context{.now_ms = context.now_ms, .caller = context.caller};
    return apply_mutation(mutation, mutation_context, rows).kind != OutcomeKind::rejected;
}

}  // namespace portal::store
