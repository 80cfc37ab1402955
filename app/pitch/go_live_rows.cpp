#include "app/pitch/go_live_rows.hpp"

#include "shared/base/check.hpp"

namespace portal::pitch {
namespace {

// What the engineer writes stands under the engineer's name.
class RowsOfAuthor final : public RowStore {
  public:
    RowsOfAuthor(DemoRows& rows, const Id& author) : m_rows(rows), m_author(author) {}
    std::optional<Row> get(Entity entity, const Id& id) override { return m_rows.get(entity, id); }
    void put(const Row& row) override { m_rows.put_of(m_author, row); }

  private:
    DemoRows& m_rows;
    const Id& m_author;
};

void change(Mutation& mutation, const Row& row, std::string field, Value wanted) {
    const int index = descriptor_of(row.entity).column_index(field);
    check(index >= 0, "the script names columns");
    mutation.was.emplace_back(field, row.values[static_cast<std::size_t>(index)]);
    mutation.set.emplace_back(std::move(field), std::move(wanted));
}

}  // namespace

GoLiveRows::GoLiveRows(tenant::GoLive script) : m_script(std::move(script)) {
    m_engineer.user = m_script.kickoff.engineer;
    m_engineer.grants = m_script.engineer_grants;
}

void GoLiveRows::follow(const GoLivePosition& position, DemoRows& rows) {
    if (position.run != m_run) go_back(rows);
    m_run = position.run;
    for (; m_done < m_script.events.size() && m_script.events[m_done].at_ms <= position.at_ms; ++m_done)
        act(m_script.events[m_done], rows);
}

// By the demo itself, which knows no way back from live to the kick-off either.
void GoLiveRows::go_back(DemoRows& rows) {
    if (m_done == 0) return;
    for (std::size_t index = 0; index < m_done; ++index)
        for (const Row& row : m_script.events[index].told)
            rows.remove(row.entity, row.id);
    rows.put_of(m_engineer.user, to_row(m_script.kickoff));
    m_done = 0;
}

Mutation GoLiveRows::edit_of(const tenant::GoLiveEvent& event, const Row& row) const {
    Mutation mutation;
    mutation.kind = MutationKind::update;
    mutation.entity = Entity::integration;
    mutation.row = row.id;
    if (event.blocked) {
        change(mutation, row, "blocked", std::int64_t{*event.blocked});
        change(mutation, row, "blocked_owner", *event.blocked ? std::string(m_engineer.user) : std::string());
        change(mutation, row, "blocked_reason", *event.blocked ? m_script.blocked_reason : std::string());
    }
    if (event.stage) change(mutation, row, "stage", std::string(text_of(*event.stage)));
    return mutation;
}

void GoLiveRows::act(const tenant::GoLiveEvent& event, DemoRows& rows) {
    for (const Row& row : event.told)
        rows.put_of({}, row);
    if (!event.stage && !event.blocked) return;
    const auto row = rows.get(Entity::integration, m_script.kickoff.id);
    check(row.has_value(), "the integration that goes live is there");
    const MutationContext context{
        .now_ms = event.when_ms, .caller = m_engineer, .directory = &rows.directory(), .next_ticket_number = 0};
    RowsOfAuthor of_engineer(rows, m_engineer.user);
    const MutationOutcome outcome = apply_mutation(edit_of(event, *row), context, of_engineer);
    check(outcome.kind == OutcomeKind::applied, "the script's moves are allowed");
}

}  // namespace portal::pitch
