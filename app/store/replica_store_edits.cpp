// The half of the store that takes what the user wants.
#include <algorithm>

#include "app/store/dry_run.hpp"
#include "app/store/exports.hpp"
#include "app/store/overloaded.hpp"
#include "app/store/replica_store.hpp"
#include "app/store/saved_views.hpp"
#include "app/store/sql_history.hpp"
#include "app/store/wished_edit.hpp"
#include "shared/base/check.hpp"
#include "shared/base/limits.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::store {
namespace {

// Remembers which rows a mutation wrote.
class RecordingRows final : public RowStore {
  public:
    explicit RecordingRows(Replica& replica) : m_replica(replica) {}
    std::optional<Row> get(Entity entity, const Id& id) override { return m_replica.get(entity, id); }
    void put(const Row& row) override {
        m_replica.put(row);
        m_keys.insert({row.entity, row.id});
    }
    const RowKeys& keys() const { return m_keys; }

  private:
    Replica& m_replica;
    RowKeys m_keys;
};

}  // namespace

// What only says how the tab is looked at or whether it is online may come before there are rows.
bool ReplicaStore::needs_ready(const vm::Intent& intent) {
    return std::visit(Overloaded{[](const vm::ShowScreen&) { return false; }, [](const vm::WantRows&) { return false; },
                                 [](const vm::ChooseScope&) { return false; }, [](const vm::SyncNow&) { return false; },
                                 [](const vm::SetOffline&) { return false; }, [](const vm::StopSql&) { return false; },
                                 [](const auto&) { return true; }},
                      intent);
}

bool ReplicaStore::is_to_be_kept(const vm::Intent& intent) {
    return std::visit(
        Overloaded{[](const vm::SignOut&) { return false; }, [](const vm::KeepDataOnDevice&) { return false; },
                   [](const vm::RunSql&) { return false; }, [](const vm::ExportData&) { return false; },
                   [&](const auto&) { return needs_ready(intent); }},
        intent);
}

Result<Edited> ReplicaStore::take(const vm::Intent& intent, Viewer& viewer) {
    return std::visit(Overloaded{[&](const vm::ShowScreen& wish) -> Result<Edited> {
                                     viewer.show(wish.query);
                                     return Edited::no;
                                 },
                                 [&](const vm::WantRows& wish) -> Result<Edited> {
                                     viewer.want_rows(wish.first);
                                     return Edited::no;
                                 },
                                 [&](const vm::ChooseScope& wish) -> Result<Edited> {
                                     viewer.choose(wish.scope);
                                     return Edited::no;
                                 },
                                 [&](const vm::AnswerTray& wish) { return answer_tray(wish); },
                                 [&](const vm::KeepViews& wish) -> Result<Edited> {
                                     PORTAL_TRY(keep_views(wish));
                                     return Edited::no;
                                 },
                                 [&](const vm::RunSql& wish) -> Result<Edited> {
                                     PORTAL_TRY(run_sql(wish));
                                     return Edited::no;
                                 },
                                 [&](const vm::StopSql&) -> Result<Edited> {
                                     m_sql_runner.stop();
                                     return Edited::no;
                                 },
                                 [&](const vm::ExportData& wish) -> Result<Edited> {
                                     make_export(wish, viewer);
                                     return Edited::no;
                                 },
                                 [&](const auto&) -> Result<Edited> {
                                     auto wished = edit_wished(intent, m_records);
                                     if (!wished) return Edited::no;
                                     return edit(std::move(wished->mutation), wished->about);
                                 }},
                      intent);
}

void ReplicaStore::note_unstored(const std::deque<vm::Intent>& wishes) {
    m_unstored.clear();
    for (const vm::Intent& wish : wishes)
        if (auto wished = edit_wished(wish, m_records)) m_unstored.push_back(std::move(wished->mutation));
}

Result<Edited> ReplicaStore::edit(Mutation mutation, const std::string& about) {
    check(is_ready(), "an edit waits until the store is ready");
    Edited edited = Edited::no;
    RowKeys keys;
    PORTAL_TRY(in_transaction([&]() -> Status {
        PORTAL_TRY_ASSIGN(put, put_edit(std::move(mutation), about, keys));
        edited = put;
        return {};
    }));
    follow(keys);
    return edited;
}

Result<Edited> ReplicaStore::put_edit(Mutation mutation, const std::string& about, RowKeys& keys) {
    if (m_outbox->is_known(mutation.intent)) return Edited::no;  // The same wish, told twice.
    if (m_outbox->pending_count() + m_outbox->tray_count() >= static_cast<std::int64_t>(limits::outbox_mutations_max)) {
        announce(vm::Announcement::Kind::queue_full, about);
        return fail(ErrorCode::resource_exhausted, "too many edits wait for the server or for an answer");
    }
    mutation.depends_on = m_outbox->pending_creation_of(mutation.row);
    for (const auto& [field, value] : mutation.set)
        if (const auto* id = std::get_if<std::string>(&value); id && field == "ticket")
            mutation.depends_on = m_outbox->pending_creation_of(*id);
    RecordingRows rows(*m_replica);
    const InstantMs now_ms = server_now_ms();
    const MutationContext context{.now_ms = now_ms, .caller = m_caller};
    const MutationOutcome outcome = apply_mutation(mutation, context, rows);
    keys.insert(rows.keys().begin(), rows.keys().end());
    if (outcome.kind == OutcomeKind::rejected) {
        m_outbox->refuse(std::move(mutation), outcome, about, now_ms);
        announce(vm::Announcement::Kind::edit_rejected, about);
        mark(Viewer::bit(Viewer::Screen::overview));
    } else {
        m_outbox->append(std::move(mutation), about, now_ms);
    }
    return Edited::yes;
}

// In one transaction: an edit is in the tray or in the outbox, whatever happens meanwhile.
Result<Edited> ReplicaStore::answer_tray(const vm::AnswerTray& intent) {
    check(is_ready(), "an edit waits until the store is ready");
    const auto item = m_outbox->tray_item(intent.mutation_intent);
    if (!item) return Edited::no;
    std::vector<TrayItem> items = m_outbox->tray_children(intent.mutation_intent);
    items.insert(items.begin(), *item);
    RowKeys keys;
    PORTAL_TRY(in_transaction([&]() -> Status {
        for (const TrayItem& answered : items)
            m_outbox->remove_from_tray(answered.mutation.intent);
        if (intent.answer == vm::TrayAnswer::reapply_mine) return put_again(std::move(items), intent.intent, keys);
        return {};
    }));
    follow(keys);
    mark(Viewer::bit(Viewer::Screen::overview));
    return intent.answer == vm::TrayAnswer::reapply_mine ? Edited::yes : Edited::no;
}

// Makes new mutations that have seen the server's values, the parent's first: those that hang on it see its row.
Status ReplicaStore::put_again(std::vector<TrayItem> items, const Id& first_intent, RowKeys& keys) {
    for (std::size_t index = 0; index < items.size(); ++index) {
        Mutation again = std::move(items[index].mutation);
        const Id intent = index == 0 ? first_intent : make_id(m_clock.now_ms(), m_random);
        const auto row = m_replica->get(again.entity, again.row);
        if (again.kind == MutationKind::create && row) {
            again = edit_instead_of(again, *row);
            if (again.set.empty()) continue;
        } else if (again.kind == MutationKind::update) {
            for (auto& [field, value] : again.was)
                if (row && descriptor_of(again.entity).column_index(field) >= 0) value = value_of(*row, field);
        }
        again.intent = intent;
        again.depends_on.clear();
        PORTAL_TRY(put_edit(std::move(again), items[index].about, keys));
    }
    return {};
}

void ReplicaStore::take_facts(const wire::FactPageQuery& query, Result<wire::FactPage> answer) {
    m_server_told.facts.take(query, std::move(answer));
    mark(Viewer::bit(Viewer::Screen::financing));
}

void ReplicaStore::take_peers(const wire::PeerQuery& query, Result<PeerSummary> answer) {
    m_server_told.peers.take(query, std::move(answer));
    mark(Viewer::bit(Viewer::Screen::financing));
}

void ReplicaStore::forget_server_answers() {
    m_server_told.forget();
    mark(Viewer::bit(Viewer::Screen::financing));
}

Status ReplicaStore::keep_views(const vm::KeepViews& intent) {
    PORTAL_TRY(in_transaction([&]() -> Status {
        ReplicaState state = m_replica->state();
        state.saved_views = text_of_views(intent.views);
        m_replica->set_state(state);
        return {};
    }));
    mark(Viewer::bit(Viewer::Screen::financing));
    return {};
}

Status ReplicaStore::run_sql(const vm::RunSql& intent) {
    if (!may_read_single_facts(m_caller)) return fail(ErrorCode::permission_denied, "you may not read single rows");
    m_sql_runner.run(intent.sql.substr(0, limits::sql_text_bytes_max));
    return in_transaction([&]() -> Status {
        ReplicaState state = m_replica->state();
        state.sql_history = history_with(state.sql_history, m_sql_runner.sql());
        m_replica->set_state(state);
        return {};
    });
}

bool ReplicaStore::step_sql(const std::function<bool()>& is_over) {
    bool more = false;
    const auto status = db::guarded([&] { more = m_sql_runner.step(*m_replica, is_over); });
    if (status) return more;
    note_failure(status.error());
    m_sql_runner.stop();
    return false;
}

namespace {

// The screen's query where the intent is of that screen.
template <class Wanted>
const Wanted& query_of(const vm::ExportData& intent, const Wanted& shown) {
    const Wanted* query = std::get_if<Wanted>(&intent.query);
    return query ? *query : shown;
}

}  // namespace

void ReplicaStore::make_export(const vm::ExportData& intent, Viewer& viewer) {
    vm::ReadyExport file;
    with_context(viewer.scope(), [&](const BuildContext& screen) {
        BuildContext context = screen;
        context.language = intent.language;
        const vm::Format format = format_of(context);
        const auto made = [&](const exports::Book& book, std::string_view stem) {
            file = file_of(book, stem, intent.form, format);
        };
        switch (intent.what) {
            case vm::Export::financing:
                return made(
                    financing_book(context, build_financing(context, query_of(intent, viewer.financing_query()))),
                    "net-financed-volume");
            case vm::Export::fact_rows: {
                const vm::FinancingPart part = build_financing(context, query_of(intent, viewer.financing_query()));
                if (part.may_see_rows && !part.has_daily_sums_alone)
                    made(fact_rows_book(context, part), "financing-rows");
                return;
            }
            case vm::Export::tickets:
                return made(tickets_book(context, build_tickets(context, query_of(intent, viewer.tickets_query()))),
                            "tickets");
            case vm::Export::integrations:
                return made(integrations_book(
                                context, build_integrations(context, query_of(intent, viewer.integrations_query()))),
                            "integrations");
            case vm::Export::actions:
                return made(actions_book(context, query_of(intent, viewer.actions_query())), "action-items");
            case vm::Export::deposits:
                return made(deposits_book(context, query_of(intent, viewer.deposits_query())), "deposits");
            case vm::Export::prospects:
                return made(prospects_book(context), "leads");
            case vm::Export::sql:
                if (m_sql_runner.answer()) made(sql_book(context, m_sql_runner), "sql-answer");
                return;
            case vm::Export::outbox:
                file.name = "pending-edits.json";
                file.mime_type = "application/json";
                file.bytes = outbox_json(m_outbox->pending(limits::outbox_mutations_max), m_unstored, m_outbox->tray());
                return;
        }
    });
    if (!file.name.empty()) viewer.offer(std::move(file));
}

}  // namespace portal::store
