#include "app/store/dry_run.hpp"

#include "shared/rules/deposits.hpp"

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

template <class T>
void set_changed(Mutation& mutation, const char* field, const T& was, const T& now) {
    if (was == now) return;
    mutation.was.emplace_back(field, Value{was});
    mutation.set.emplace_back(field, Value{now});
}

Mutation mutation_of(MutationKind kind, Entity entity, const Id& row) {
    Mutation mutation;
    mutation.kind = kind;
    mutation.entity = entity;
    mutation.row = row;
    return mutation;
}

Mutation update_of(Entity entity, const Id& row) {
    return mutation_of(MutationKind::update, entity, row);
}

}  // namespace

Mutation creation_of(Entity entity, const Id& row) {
    return mutation_of(MutationKind::create, entity, row);
}

Value word_value(std::string_view word) {
    return Value{std::string(word)};
}

Mutation ticket_move(const Ticket& ticket, TicketState to) {
    Mutation mutation = update_of(Entity::ticket, ticket.id);
    mutation.was = {{"state", word_value(text_of(ticket.state))}};
    mutation.set = {{"state", word_value(text_of(to))}};
    return mutation;
}

Mutation stage_move(const Integration& integration, IntegrationStage to) {
    Mutation mutation = update_of(Entity::integration, integration.id);
    mutation.was = {{"stage", word_value(text_of(integration.stage))}};
    mutation.set = {{"stage", word_value(text_of(to))}};
    return mutation;
}

Mutation blocker_change(const Id& integration, const vm::Blocker& seen, const vm::Blocker& wanted) {
    Mutation mutation = update_of(Entity::integration, integration);
    set_changed(mutation, "blocked", std::int64_t{seen.blocked}, std::int64_t{wanted.blocked});
    set_changed(mutation, "blocked_owner", seen.owner, wanted.owner);
    set_changed(mutation, "blocked_reason", seen.reason, wanted.reason);
    return mutation;
}

Mutation consent_change(const Id& practice, bool wanted) {
    Mutation mutation = update_of(Entity::practice, practice);
    set_changed(mutation, "vendor_consent", std::int64_t{!wanted}, std::int64_t{wanted});
    return mutation;
}

Mutation ticket_reply(const Id& message, const Ticket& ticket, const std::string& body, MessageVisibility visibility) {
    Mutation mutation = creation_of(Entity::message, message);
    mutation.set = {
        {"body", Value{body}}, {"ticket", Value{ticket.id}}, {"visibility", word_value(text_of(visibility))}};
    return mutation;
}

Mutation action_edit(const Id& action, const vm::ActionValues& seen, const vm::ActionValues& wanted) {
    Mutation mutation = update_of(Entity::action_item, action);
    set_changed(mutation, "due_on", std::int64_t{seen.due_on}, std::int64_t{wanted.due_on});
    set_changed(mutation, "note", seen.note, wanted.note);
    set_changed(mutation, "owner", seen.owner, wanted.owner);
    set_changed(mutation, "title", seen.title, wanted.title);
    return mutation;
}

Mutation action_mark(const Id& action, bool done) {
    Mutation mutation = update_of(Entity::action_item, action);
    mutation.was = {{"done", Value{std::int64_t{done ? 0 : 1}}}};
    mutation.set = {{"done", Value{std::int64_t{done ? 1 : 0}}}};
    return mutation;
}

Mutation deposit_review(const Id& location, Day day, const std::optional<vm::ReviewValues>& seen,
                        const vm::ReviewValues& wanted) {
    const Id id = deposit_review_id(location, day);
    if (!seen) {
        Mutation mutation = creation_of(Entity::deposit_review, id);
        mutation.set = {{"day", Value{std::int64_t{day}}},
                        {"deposited_cents", Value{wanted.deposited_cents}},
                        {"expected_cents", Value{wanted.expected_cents}},
                        {"location", Value{location}},
                        {"note", Value{wanted.note}},
                        {"reviewed", Value{std::int64_t{wanted.reviewed}}}};
        return mutation;
    }
    Mutation mutation = update_of(Entity::deposit_review, id);
    set_changed(mutation, "deposited_cents", seen->deposited_cents, wanted.deposited_cents);
    set_changed(mutation, "expected_cents", seen->expected_cents, wanted.expected_cents);
    set_changed(mutation, "note", seen->note, wanted.note);
    set_changed(mutation, "reviewed", std::int64_t{seen->reviewed}, std::int64_t{wanted.reviewed});
    return mutation;
}

Mutation edit_instead_of(const Mutation& creation, const Row& row) {
    Mutation mutation = update_of(creation.entity, creation.row);
    const EntityDescriptor& descriptor = descriptor_of(creation.entity);
    for (const auto& [field, wanted] : creation.set) {
        const int index = descriptor.column_index(field);
        const bool is_editable =
            index >= 0 && descriptor.columns[static_cast<std::size_t>(index)].merge != Merge::immutable;
        if (!is_editable || value_of(row, field) == wanted) continue;
        mutation.was.emplace_back(field, value_of(row, field));
        mutation.set.emplace_back(field, wanted);
    }
    return mutation;
}

bool is_applicable(const BuildContext& context, const Mutation& mutation) {
    ScratchRows rows(context.replica);
    const MutationContext mutation_context{.now_ms = context.now_ms, .caller = context.caller};
    return apply_mutation(mutation, mutation_context, rows).kind != OutcomeKind::rejected;
}

}  // namespace portal::store
