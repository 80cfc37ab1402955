#include "server-stub/repo/sqlite_writes.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "server-stub/repo/sqlite_rollups.hpp"
#include "shared/base/check.hpp"
#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::server {
namespace {

// Those whose failure is the statement's own fault: a repetition would fail alike.
bool is_deterministic(const SQLite::Exception& exception) {
    const ErrorCode code = db::error_of(exception).code;
    return code == ErrorCode::conflict || code == ErrorCode::internal || code == ErrorCode::resource_exhausted;
}

// What streams_of_caller() goes by, of the places that a grant may be about.
std::span<const std::string_view> scope_fields(Entity entity) {
    static constexpr std::array<std::string_view, 2> of_practice{"book", "team"};
    static constexpr std::array<std::string_view, 1> of_location{"practice"};
    static constexpr std::array<std::string_view, 3> of_integration{"practice", "vendor", "engineer"};
    if (entity == Entity::practice) return of_practice;
    if (entity == Entity::location) return of_location;
    if (entity == Entity::integration) return of_integration;
    return {};
}

// Of a row that changes; one that comes or goes has no other.
bool changes_scopes(const Row& row, const Row* other) {
    return std::ranges::any_of(scope_fields(row.entity), [&](std::string_view field) {
        return other == nullptr || value_of(row, field) != value_of(*other, field);
    });
}

std::string savepoint_sql(std::string_view verb) {
    return std::string(verb) + " attempt";
}

}  // namespace

SqliteWrites::SqliteWrites(SqliteConnection& connection, DirectoryCache& directories)
    : m_connection(connection),
      m_view(connection, directories),
      m_accounts(connection),
      m_shares(connection),
      m_imports(connection, *this),
      m_seq_before(m_view.head().seq) {
    m_pending.seq = m_seq_before;
}

std::optional<Row> SqliteWrites::get(Entity entity, const Id& id) {
    return m_connection.table(entity).get(id);
}

void SqliteWrites::act_as(const Id& user, InstantMs now_ms) {
    m_user = user;
    m_now_ms = now_ms;
}

// What the directory is made of: places, and how many facts they have; and what is made of the row.
void SqliteWrites::note_places(const Row& row) {
    if (row.entity == Entity::fact_segment) note_facts_changed(Id(text_value(row, "practice")));
    if (row.entity == Entity::practice) m_pending.counts_due.insert(row.id);
    if (row.entity == Entity::integration || row.entity == Entity::fact_rollup)
        m_pending.counts_due.insert(Id(text_value(row, "practice")));
    if (row.entity != Entity::practice && row.entity != Entity::location && row.entity != Entity::integration &&
        row.entity != Entity::fact_segment)
        return;
    m_pending.places_changed = true;
    m_view.set_directory_private(true);
}

std::int64_t SqliteWrites::last_rev(Entity entity, const Id& id) {
    const auto statement = m_connection.sql("SELECT rev FROM change WHERE entity = ? AND row_id = ?");
    bind_all(*statement, std::string(descriptor_of(entity).name), id);
    return statement->executeStep() ? statement->getColumn(0).getInt64() : 0;
}

void SqliteWrites::put(const Row& row) {
    const auto before = get(row.entity, row.id);
    if (before && before->values == row.values) return;
    Row after = row;
    // A row that comes back after its deletion counts on, so that no version is ever told twice.
    after.rev = (before ? before->rev : last_rev(row.entity, row.id)) + 1;
    after.updated_ms = m_now_ms;
    after.updated_by = m_user;
    m_connection.table(row.entity).put(after);
    log_change(after.entity, after.id, "put", after.rev);
    log_streams(before ? &*before : nullptr, &after);
    if (before) note_places(*before);
    note_places(after);
    m_pending.scopes_changed |= changes_scopes(after, before ? &*before : nullptr);
    if (before) move_along(*before, after);
}

void SqliteWrites::move_along(const Row& before, const Row& after) {
    if (after.entity == Entity::practice && value_of(before, "book") != value_of(after, "book")) move_actions(after);
    if (after.entity == Entity::location && value_of(before, "practice") != value_of(after, "practice"))
        move_facts(after.id, Id(text_value(before, "practice")), Id(text_value(after, "practice")));
}

// A practice that changes hands takes its action items with it: the former book's streams lose them.
void SqliteWrites::move_actions(const Row& practice) {
    std::vector<Row> items;
    m_connection.table(Entity::action_item).each_where("practice", Value{practice.id}, [&](Row item) {
        items.push_back(std::move(item));
    });
    for (Row& item : items) {
        set_value(item, "book", value_of(practice, "book"));
        put(item);
    }
}

// A location that changes its practice takes its facts with it: the rollups of both are made anew, because what an
// application came to is looked for within a practice.
void SqliteWrites::move_facts(const Id& location, const Id& from, const Id& to) {
    std::vector<Row> segments;
    m_connection.table(Entity::fact_segment).each_where("location", Value{location}, [&](Row segment) {
        segments.push_back(std::move(segment));
    });
    for (Row& segment : segments) {
        set_value(segment, "practice", Value{to});
        put(segment);
    }
    // Its place may be known already, when it comes back to a practice where it was.
    const auto run = [&](std::string_view text) {
        const auto statement = m_connection.sql(text);
        bind_all(*statement, location, from, to);
        statement->exec();
    };
    run("UPDATE fact SET place = (SELECT number FROM fact_place WHERE location = ?1 AND practice = ?3)"
        " WHERE place = (SELECT number FROM fact_place WHERE location = ?1 AND practice = ?2)"
        " AND EXISTS (SELECT 1 FROM fact_place WHERE location = ?1 AND practice = ?3)");
    run("DELETE FROM fact_place WHERE location = ?1 AND practice = ?2"
        " AND EXISTS (SELECT 1 FROM fact_place WHERE location = ?1 AND practice = ?3)");
    run("UPDATE fact_place SET practice = ?3 WHERE location = ?1 AND practice = ?2");
    m_pending.facts_moved.insert(from);
    m_pending.facts_moved.insert(to);
}

void SqliteWrites::make_rollups_due() {
    std::set<Id> practices;
    practices.swap(m_pending.facts_changed);
    practices.merge(m_pending.facts_moved);
    m_pending.facts_moved.clear();
    m_pending.counts_due.insert(practices.begin(), practices.end());
    for (const Id& practice : practices) {
        auto changes = rollup_changes(m_connection, practice, SegmentsOf::published);
        if (!changes) throw StorageFault(std::move(changes).error());
        for (const Id& id : changes->remove)
            remove(Entity::fact_rollup, id);
        for (const FactRollup& rollup : changes->put)
            put(to_row(rollup));
    }
}

bool SqliteWrites::remove(Entity entity, const Id& id) {
    const auto before = get(entity, id);
    if (!before) return false;
    m_connection.table(entity).remove(id);
    log_change(entity, id, "remove", before->rev + 1);
    log_streams(&*before, nullptr);
    note_places(*before);
    m_pending.scopes_changed |= changes_scopes(*before, nullptr);
    return true;
}

void SqliteWrites::log_change(Entity entity, const Id& id, std::string_view kind, std::int64_t rev) {
    const auto statement = m_connection.sql(
        "INSERT INTO change (seq, entity, row_id, kind, rev) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (entity, row_id) DO UPDATE SET seq = excluded.seq, kind = excluded.kind, rev = excluded.rev");
    bind_all(*statement, ++m_pending.seq, std::string(descriptor_of(entity).name), id, std::string(kind), rev);
    statement->exec();
}

void SqliteWrites::log_streams(const Row* before, const Row* after) {
    const auto add = [&](const StreamId& stream, const Row& row, std::int64_t sign) {
        StreamChange& change = m_pending.streams[stream];
        const auto hash = wire::row_hash(row.entity, row.id, row.rev);
        change.count += sign;
        for (std::size_t lane = 0; lane < hash.size(); ++lane)
            change.hash[lane] += sign > 0 ? hash[lane] : 0 - hash[lane];
        change.last_seq = m_pending.seq;
    };
    const auto streams_after = after ? streams_of_row(*after) : std::vector<StreamId>{};
    const auto streams_before = before ? streams_of_row(*before) : std::vector<StreamId>{};
    for (const StreamId& stream : streams_before) {
        add(stream, *before, -1);
        if (!std::binary_search(streams_after.begin(), streams_after.end(), stream))
            log_entry(stream, *before, Membership::gone);
    }
    for (const StreamId& stream : streams_after) {
        add(stream, *after, +1);
        log_entry(stream, *after, Membership::present);
    }
}

void SqliteWrites::log_entry(const StreamId& stream, const Row& row, Membership membership) {
    const auto statement = m_connection.sql(
        "INSERT INTO change_stream (stream, seq, entity, row_id, gone) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (entity, row_id, stream) DO UPDATE SET seq = excluded.seq, gone = excluded.gone");
    bind_all(*statement, stream_number_or_new(stream), m_pending.seq, std::string(descriptor_of(row.entity).name),
             row.id, membership == Membership::gone ? 1 : 0);
    statement->exec();
}

std::int64_t SqliteWrites::stream_number_or_new(const StreamId& stream) {
    const std::int64_t known = stream_number(m_connection, stream);
    if (known != 0) return known;
    const auto statement = m_connection.sql(
        "INSERT INTO stream (name, count, hash_hi, hash_lo, last_seq) VALUES (?, 0, 0, 0, 0) RETURNING number");
    statement->bind(1, stream);
    check(statement->executeStep(), "a new stream has a number");
    return statement->getColumn(0).getInt64();
}

bool SqliteWrites::attempt(const std::function<bool()>& work) {
    const Pending before = m_pending;
    SQLite::Database& database = *m_connection.database;
    const auto undo = [&] {
        database.exec(savepoint_sql("ROLLBACK TO"));
        database.exec(savepoint_sql("RELEASE"));
        m_pending = before;
    };
    try {
        database.exec(savepoint_sql("SAVEPOINT"));
        const bool kept = work();
        if (kept)
            database.exec(savepoint_sql("RELEASE"));
        else
            undo();
        return kept;
    } catch (const StorageFault&) {
        throw;  // The whole group ends; its transaction is rolled back by its owner.
    } catch (const SQLite::Exception& exception) {
        if (!is_deterministic(exception)) throw StorageFault(db::error_of(exception));
        undo();
        throw std::runtime_error(db::error_of(exception).message);
    } catch (...) {
        undo();
        throw;
    }
}

std::int64_t SqliteWrites::next_ticket_number() {
    const auto statement =
        m_connection.sql("UPDATE head SET ticket_number = ticket_number + 1 RETURNING ticket_number");
    check(statement->executeStep(), "the head row is missing");
    return statement->getColumn(0).getInt64();
}

void SqliteWrites::put_client(const ClientRecord& client) {
    const auto statement =
        m_connection.sql("INSERT OR REPLACE INTO client (client, user_id, last_mid) VALUES (?, ?, ?)");
    bind_all(*statement, client.client, client.user, client.last_mid);
    statement->exec();
}

void SqliteWrites::put_mutation(const Id& client, std::int64_t mid, const MutationRecord& record) {
    wire::PushResponse told;
    told.results.push_back({mid, record.intent, record.outcome});
    const auto store = m_connection.sql(
        "INSERT INTO mutation (intent, user_id, body, outcome, incident, time_ms) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (intent) DO NOTHING");
    bind_all(*store, record.intent, record.user, record.body, wire::encode(told), record.incident, record.time_ms);
    store->exec();
    const auto number =
        m_connection.sql("INSERT INTO client_mutation (client, mid, intent, time_ms) VALUES (?, ?, ?, ?)");
    bind_all(*number, client, mid, record.intent, m_now_ms);
    number->exec();
}

void SqliteWrites::put_permission_set(const Id& user, const std::string& set, const std::vector<StreamId>& streams,
                                      InstantMs now_ms) {
    std::string joined;
    for (const StreamId& stream : streams)
        joined.append(joined.empty() ? "" : "\n").append(stream);
    const auto store =
        m_connection.sql("INSERT OR REPLACE INTO permission_set (user_id, name, streams, seen_ms) VALUES (?, ?, ?, ?)");
    bind_all(*store, user, set, joined, now_ms);
    store->exec();
    const auto prune = m_connection.sql(
        "DELETE FROM permission_set WHERE user_id = ?1 AND name NOT IN"
        " (SELECT name FROM permission_set WHERE user_id = ?1 ORDER BY seen_ms DESC, name LIMIT ?2)");
    bind_all(*prune, user, static_cast<std::int64_t>(limits::permission_sets_per_user_max));
    prune->exec();
}

void SqliteWrites::make_counts_due() {
    std::set<Id> practices;
    practices.swap(m_pending.counts_due);
    for (const Id& practice : practices) {
        auto changes = vendor_count_changes(m_connection, practice);
        if (!changes) throw StorageFault(std::move(changes).error());
        for (const Id& id : changes->remove)
            remove(Entity::vendor_count, id);
        for (const VendorCount& count : changes->put)
            put(to_row(count));
    }
}

void SqliteWrites::put_figures_given(const Id& user, FiguresForm form) {
    const auto statement = m_connection.sql("INSERT OR REPLACE INTO figures_given (user_id, form) VALUES (?, ?)");
    bind_all(*statement, user, form == FiguresForm::rollups ? "rollups" : "facts");
    statement->exec();
}

void SqliteWrites::set_tenant_kind(TenantKind kind) {
    const auto statement = m_connection.sql("UPDATE head SET tenant_kind = ?");
    statement->bind(1, kind == TenantKind::demo ? "demo" : "real");
    statement->exec();
}

void SqliteWrites::renew_epoch(const std::string& epoch) {
    const auto statement = m_connection.sql("UPDATE head SET epoch = ?");
    statement->bind(1, epoch);
    statement->exec();
}

void SqliteWrites::collect_garbage(InstantMs now_ms) {
    const auto run = [&](std::string_view text, std::int64_t value) {
        const auto statement = m_connection.sql(text);
        statement->bind(1, value);
        statement->exec();
    };
    const InstantMs before_ms = now_ms - limits::tombstone_days_kept * day_ms;
    run("UPDATE head SET floor = max(floor, coalesce((SELECT max(seq) FROM head_log WHERE time_ms <= ?), 0))",
        before_ms);
    const std::int64_t floor = m_view.head().floor;
    run("DELETE FROM change_stream WHERE gone = 1 AND seq <= ?", floor);
    run("DELETE FROM change WHERE kind = 'remove' AND seq <= ?", floor);
    run("DELETE FROM head_log WHERE seq < ?", floor);
    run("DELETE FROM client_mutation WHERE time_ms <= ?", now_ms - limits::result_days_kept * day_ms);
    run("DELETE FROM mutation WHERE time_ms <= ?", now_ms - limits::intent_days_kept * day_ms);
    run("DELETE FROM session WHERE created_ms <= ?", now_ms - limits::session_absolute_ms_max);
    run("DELETE FROM link WHERE expires_ms <= ?", now_ms);
    // Ended and expired ones are listed for a day more.
    run("DELETE FROM share WHERE expires_ms <= ?", now_ms - day_ms);
    run("DELETE FROM share_guest WHERE share NOT IN (SELECT id FROM share WHERE expires_ms > ?)", now_ms);
    run("DELETE FROM share_user WHERE share NOT IN (SELECT id FROM share WHERE expires_ms > ?)", now_ms);
    run("DELETE FROM throttle WHERE open_ms <= ?", now_ms - day_ms);
    run("DELETE FROM audit WHERE time_ms <= ?", now_ms - limits::audit_days_kept * day_ms);
}

CommitNotice SqliteWrites::finish() {
    make_rollups_due();
    make_counts_due();
    CommitNotice notice{m_pending.seq, {}, m_pending.scopes_changed};
    for (const auto& [name, change] : m_pending.streams) {
        const StreamState state = m_view.stream(name);
        const auto statement =
            m_connection.sql("UPDATE stream SET count = ?, hash_hi = ?, hash_lo = ?, last_seq = ? WHERE name = ?");
        bind_all(*statement, state.count + change.count, static_cast<std::int64_t>(state.hash[0] + change.hash[0]),
                 static_cast<std::int64_t>(state.hash[1] + change.hash[1]), change.last_seq, name);
        statement->exec();
        notice.streams.push_back(name);
    }
    if (m_pending.seq == m_seq_before) return notice;
    // One line a day is enough to know which numbers are older than the tombstones that are kept.
    const auto log = m_connection.sql("INSERT OR REPLACE INTO head_log (time_ms, seq) VALUES (?, ?)");
    bind_all(*log, m_now_ms - m_now_ms % day_ms + day_ms, m_pending.seq);
    log->exec();
    const auto head = m_connection.sql("UPDATE head SET seq = ?, directory_version = directory_version + ?");
    bind_all(*head, m_pending.seq, m_pending.places_changed ? 1 : 0);
    head->exec();
    return notice;
}

}  // namespace portal::server
