#include "app/store/replica.hpp"

#include <SQLiteCpp/Backup.h>

#include <algorithm>
#include <charconv>

#include "app/store/schema.hpp"
#include "shared/base/check.hpp"
#include "shared/base/limits.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::store {
namespace {

std::int64_t number_of(const std::string& text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::string_view name_of(Entity entity) {
    return descriptor_of(entity).name;
}

// "<stream> <time>\n" each.
std::string text_of(const std::map<StreamId, InstantMs>& repairs) {
    std::string text;
    for (const auto& [stream, time_ms] : repairs)
        text.append(stream).append(" ").append(std::to_string(time_ms)).append("\n");
    return text;
}

std::map<StreamId, InstantMs> repairs_of(std::string_view text) {
    std::map<StreamId, InstantMs> repairs;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        const std::size_t space = line.find(' ');
        if (space != std::string_view::npos)
            repairs[StreamId(line.substr(0, space))] = number_of(std::string(line.substr(space + 1)));
    }
    return repairs;
}

}  // namespace

std::vector<StreamId> streams_to_repair(const ReplicaState& state) {
    std::vector<StreamId> streams;
    for (const auto& [stream, time_ms] : state.repairs)
        if (time_ms == 0 && streams.size() < limits::repair_streams_max) streams.push_back(stream);
    return streams;
}

Result<std::unique_ptr<Replica>> Replica::open(const db::OpenOptions& options) {
    PORTAL_TRY_ASSIGN(database, db::open_database(options));
    return adopt(std::move(database));
}

Result<std::unique_ptr<Replica>> Replica::adopt(db::Connection database) {
    PORTAL_TRY(db::migrate(*database, replica_schema()));
    return db::guarded([&]() -> Result<std::unique_ptr<Replica>> {
        std::unique_ptr<Replica> replica(new Replica(std::move(database)));
        replica->load();
        return replica;
    });
}

Replica::BaseStatements::BaseStatements(const EntityDescriptor& descriptor) {
    const std::string table = "base_" + std::string(descriptor.name);
    const std::string columns = "(streams, " + db::column_list(descriptor) + ")";
    std::string values = "(?";
    for (auto commas = std::count(columns.begin(), columns.end(), ','); commas > 0; --commas)
        values += ", ?";
    values += ")";
    insert = "INSERT INTO " + table + " " + columns + " VALUES " + values + " ON CONFLICT (id) DO NOTHING";
    update = "UPDATE " + table + " SET " + columns + " = " + values + " WHERE id = ?2";
}

Replica::Replica(db::Connection database)
    : m_database(std::move(database)), m_statements(*m_database), m_sums(m_statements) {
    for (const EntityDescriptor& descriptor : all_entities()) {
        m_base.emplace_back(*m_database, descriptor.entity, "base_");
        m_base_statements.emplace_back(descriptor);
        m_overlay.emplace_back(*m_database, descriptor.entity, "overlay_");
    }
}

void Replica::load() {
    std::map<std::string, std::string> values;
    {
        const auto select = m_statements.take("SELECT key, value FROM meta");
        while (select->executeStep())
            values[select->getColumn(0).getString()] = select->getColumn(1).getString();
    }
    m_state = {};
    m_state.user = values["user"];
    m_state.client = values["client"];
    m_state.epoch = values["epoch"];
    m_state.cursor = number_of(values["cursor"]);
    m_state.permission_set = values["permission_set"];
    m_state.next_mid = std::max<std::int64_t>(1, number_of(values["next_mid"]));
    m_state.acked_mid = number_of(values["acked_mid"]);
    m_state.last_exchange_ms = number_of(values["last_exchange_ms"]);
    m_state.clock_offset_ms = number_of(values["clock_offset_ms"]);
    m_state.repairs = repairs_of(values["repairs"]);
    m_state.staged_next_page = values["staged_next_page"];
    m_state.scrub_due = values["scrub_due"] == "1";
    m_state.demo = values["demo"] == "1";
    if (const auto days = number_of(values["lease_days"]); days > 0) m_state.lease_days = days;
    m_state.saved_views = values["saved_views"];
    m_state.sql_history = values["sql_history"];
    m_state.copied_as = number_of(values["copied_as"]);
    m_state.copied_intents = values["copied_intents"];
    m_overlay_keys.clear();
    for (const EntityDescriptor& descriptor : all_entities()) {
        const auto select = m_statements.take("SELECT id FROM overlay_" + std::string(descriptor.name));
        while (select->executeStep())
            m_overlay_keys.insert({descriptor.entity, select->getColumn(0).getString()});
    }
    m_sums.load();
}

void Replica::begin(Durability durability) {
    check(!m_in_transaction, "one transaction at a time");
    if (durability != std::exchange(m_durability, durability))
        m_database->exec(durability == Durability::at_once ? "PRAGMA synchronous = FULL"
                                                           : "PRAGMA synchronous = NORMAL");
    m_database->exec("BEGIN IMMEDIATE");
    m_in_transaction = true;
}

void Replica::commit() {
    check(m_in_transaction, "nothing to commit");
    m_sums.write_changed();
    m_database->exec("COMMIT");
    m_in_transaction = false;
}

void Replica::rollback() {
    if (!m_in_transaction) return;
    m_in_transaction = false;
    // SQLite may have rolled back by itself (a full disk); then there is nothing left to undo.
    (void)db::guarded([&] { m_database->exec("ROLLBACK"); });
    (void)db::guarded([&] { load(); });
}

void Replica::set_state(const ReplicaState& state) {
    const auto write = [&](std::string_view key, const std::string& value) {
        const auto statement = m_statements.take(
            "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value");
        statement->bind(1, std::string(key));
        statement->bind(2, value);
        statement->exec();
    };
    const auto write_changed = [&](std::string_view key, const auto& former, const auto& now) {
        if (former == now) return;
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(now)>, std::string>)
            write(key, now);
        else
            write(key, std::to_string(now));
    };
    write_changed("user", m_state.user, state.user);
    write_changed("client", m_state.client, state.client);
    write_changed("epoch", m_state.epoch, state.epoch);
    write_changed("cursor", m_state.cursor, state.cursor);
    write_changed("permission_set", m_state.permission_set, state.permission_set);
    write_changed("next_mid", m_state.next_mid, state.next_mid);
    write_changed("acked_mid", m_state.acked_mid, state.acked_mid);
    write_changed("last_exchange_ms", m_state.last_exchange_ms, state.last_exchange_ms);
    write_changed("clock_offset_ms", m_state.clock_offset_ms, state.clock_offset_ms);
    write_changed("repairs", text_of(m_state.repairs), text_of(state.repairs));
    write_changed("staged_next_page", m_state.staged_next_page, state.staged_next_page);
    write_changed("scrub_due", m_state.scrub_due, state.scrub_due);
    write_changed("demo", m_state.demo, state.demo);
    write_changed("lease_days", m_state.lease_days, state.lease_days);
    write_changed("saved_views", m_state.saved_views, state.saved_views);
    write_changed("sql_history", m_state.sql_history, state.sql_history);
    write_changed("copied_as", m_state.copied_as, state.copied_as);
    write_changed("copied_intents", m_state.copied_intents, state.copied_intents);
    m_state = state;
}

std::optional<Row> Replica::get(Entity entity, const Id& id) {
    if (is_in_overlay(entity, id)) return overlay(entity).get(id);
    return base(entity).get(id);
}

std::optional<Row> Replica::get_base(Entity entity, const Id& id) {
    return base(entity).get(id);
}

void Replica::put(const Row& row) {
    overlay(row.entity).put(row);
    m_overlay_keys.insert({row.entity, row.id});
}

void Replica::each(Entity entity, const std::function<void(Row)>& visit) {
    base(entity).each([&](Row row) {
        if (!is_in_overlay(entity, row.id)) visit(std::move(row));
    });
    overlay(entity).each(visit);
}

void Replica::each_where(Entity entity, std::string_view column, const Value& value,
                         const std::function<void(Row)>& visit) {
    base(entity).each_where(column, value, [&](Row row) {
        if (!is_in_overlay(entity, row.id)) visit(std::move(row));
    });
    overlay(entity).each_where(column, value, visit);
}

void Replica::each_base_after(Entity entity, std::int64_t& place, std::size_t count,
                              const std::function<void(Row)>& visit) {
    const EntityDescriptor& descriptor = descriptor_of(entity);
    // By id, every row would be on another page of the file.
    const auto select = m_statements.take("SELECT rowid, " + db::column_list(descriptor) + " FROM base_" +
                                          std::string(descriptor.name) + " WHERE rowid > ? ORDER BY rowid LIMIT ?");
    select->bind(1, place);
    select->bind(2, static_cast<std::int64_t>(count));
    while (select->executeStep()) {
        place = select->getColumn(0).getInt64();
        visit(db::read_row(*select, entity, 1));
    }
}

bool Replica::leave_sums(Entity entity, const Id& id) {
    const auto select =
        m_statements.take("SELECT rev, streams FROM base_" + std::string(name_of(entity)) + " WHERE id = ?");
    select->bind(1, id);
    if (!select->executeStep()) return false;
    m_sums.add_row(select->getColumn(1).getString(), entity, id, select->getColumn(0).getInt64(), -1);
    return true;
}

void Replica::put_base(const Row& row, const std::vector<StreamId>& streams) {
    const std::string text = m_sums.text_of(streams);
    const BaseStatements& statements = m_base_statements[static_cast<std::size_t>(row.entity)];
    const auto put = [&](const std::string& sql) {
        const auto statement = m_statements.take(sql);
        statement->bindNoCopy(1, text);
        db::bind_row(*statement, row, 2);
        return statement->exec() > 0;
    };
    // Nearly every row of a first load is new; the others cost one look more.
    if (!put(statements.insert)) {
        leave_sums(row.entity, row.id);
        put(statements.update);
    }
    m_sums.add_row(text, row.entity, row.id, row.rev, +1);
}

void Replica::remove_base(Entity entity, const Id& id) {
    if (leave_sums(entity, id)) base(entity).remove(id);
}

void Replica::drop_from(Entity entity, const std::set<std::int64_t>& lost, std::vector<RowKey>& gone) {
    const std::string table = "base_" + std::string(name_of(entity));
    std::vector<std::pair<std::int64_t, std::string>> left;  // By rowid.
    std::vector<std::int64_t> removed;
    {
        const auto select = m_statements.take("SELECT rowid, id, streams FROM " + table);
        while (select->executeStep()) {
            std::vector<std::int64_t> numbers = StreamSums::numbers_in(select->getColumn(2).getString());
            if (std::erase_if(numbers, [&](std::int64_t number) { return lost.contains(number); }) == 0) continue;
            const std::int64_t rowid = select->getColumn(0).getInt64();
            if (numbers.empty()) {
                gone.emplace_back(entity, select->getColumn(1).getString());
                removed.push_back(rowid);
            } else {
                left.emplace_back(rowid, StreamSums::text_of_numbers(numbers));
            }
        }
    }
    for (const std::int64_t rowid : removed) {
        const auto remove = m_statements.take("DELETE FROM " + table + " WHERE rowid = ?");
        remove->bind(1, rowid);
        remove->exec();
    }
    for (const auto& [rowid, streams] : left) {
        const auto update = m_statements.take("UPDATE " + table + " SET streams = ? WHERE rowid = ?");
        update->bind(1, streams);
        update->bind(2, rowid);
        update->exec();
    }
}

std::vector<RowKey> Replica::drop_streams(const std::vector<StreamId>& streams) {
    std::set<std::int64_t> lost;
    for (const StreamId& stream : streams)
        if (const std::int64_t number = m_sums.number_of(stream); number != 0) lost.insert(number);
    std::vector<RowKey> gone;
    if (lost.empty()) return gone;
    for (const EntityDescriptor& descriptor : all_entities())
        drop_from(descriptor.entity, lost, gone);
    for (const StreamId& stream : streams)
        m_sums.remove(stream);
    return gone;
}

void Replica::clear_base() {
    for (db::RowTable& table : m_base)
        table.clear();
    m_database->exec("DELETE FROM stream");
    m_sums.clear();
}

std::vector<StreamId> Replica::streams_of(Entity entity, const Id& id) {
    const auto select = m_statements.take("SELECT streams FROM base_" + std::string(name_of(entity)) + " WHERE id = ?");
    select->bind(1, id);
    return select->executeStep() ? m_sums.streams_in(select->getColumn(0).getString()) : std::vector<StreamId>();
}

void Replica::clear_overlay() {
    for (db::RowTable& table : m_overlay)
        table.clear();
    m_overlay_keys.clear();
}

void Replica::stage_page(std::string_view body) {
    const auto insert = m_statements.take("INSERT INTO staged_page (body) VALUES (?)");
    insert->bind(1, static_cast<const void*>(body.data()), static_cast<int>(body.size()));
    insert->exec();
}

std::int64_t Replica::staged_page_count() {
    const auto select = m_statements.take("SELECT COUNT(*) FROM staged_page");
    return select->executeStep() ? select->getColumn(0).getInt64() : 0;
}

std::string Replica::staged_page(std::int64_t number) {
    const auto select = m_statements.take("SELECT body FROM staged_page WHERE number = ?");
    select->bind(1, number);
    return select->executeStep() ? select->getColumn(0).getString() : std::string();
}

void Replica::clear_staging() {
    m_database->exec("DELETE FROM staged_page");
}

void Replica::defer_log() {
    if (std::exchange(m_is_log_deferred, true)) return;
    m_database->exec("PRAGMA wal_autocheckpoint = " + std::to_string(limits::deferred_log_pages_max));
}

void Replica::fold_log() {
    if (!std::exchange(m_is_log_deferred, false)) return;
    m_database->exec("PRAGMA wal_autocheckpoint = " + std::to_string(limits::log_pages_max));
    m_database->exec("PRAGMA wal_checkpoint(PASSIVE)");
}

std::int64_t Replica::count_base(Entity entity) {
    const auto select = m_statements.take("SELECT COUNT(*) FROM base_" + std::string(name_of(entity)));
    return select->executeStep() ? select->getColumn(0).getInt64() : 0;
}

std::int64_t Replica::bytes() {
    return m_database->execAndGet("PRAGMA page_count").getInt64() *
           m_database->execAndGet("PRAGMA page_size").getInt64();
}

Status Replica::scrub() {
    return db::checkpoint_truncate(*m_database);
}

Status Replica::copy_to(SQLite::Database& target) {
    return db::guarded([&] {
        m_database->exec("PRAGMA journal_mode = DELETE");
        SQLite::Backup backup(target, *m_database);
        backup.executeStep(-1);
    });
}

}  // namespace portal::store
