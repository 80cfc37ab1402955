#include "app/store/replica.hpp"

#include <SQLiteCpp/Backup.h>

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

Replica::Replica(db::Connection database) : m_database(std::move(database)), m_statements(*m_database) {
    for (const EntityDescriptor& descriptor : all_entities()) {
        m_base.emplace_back(*m_database, descriptor.entity, "base_");
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
    m_overlay_keys.clear();
    for (const EntityDescriptor& descriptor : all_entities()) {
        const auto select = m_statements.take("SELECT id FROM overlay_" + std::string(descriptor.name));
        while (select->executeStep())
            m_overlay_keys.insert({descriptor.entity, select->getColumn(0).getString()});
    }
    m_stream_numbers.clear();
    m_sums.clear();
    m_changed_sums.clear();
    const auto select = m_statements.take("SELECT name, number, count, hash_high, hash_low FROM stream");
    while (select->executeStep()) {
        const std::int64_t number = select->getColumn(1).getInt64();
        m_stream_numbers[select->getColumn(0).getString()] = number;
        m_sums[number] = {select->getColumn(2).getInt64(),
                          {static_cast<std::uint64_t>(select->getColumn(3).getInt64()),
                           static_cast<std::uint64_t>(select->getColumn(4).getInt64())}};
    }
}

void Replica::write_changed_sums() {
    for (const std::int64_t number : m_changed_sums) {
        const StreamSum& sum = m_sums[number];
        const auto update =
            m_statements.take("UPDATE stream SET count = ?, hash_high = ?, hash_low = ? WHERE number = ?");
        update->bind(1, sum.count);
        update->bind(2, static_cast<std::int64_t>(sum.hash[0]));
        update->bind(3, static_cast<std::int64_t>(sum.hash[1]));
        update->bind(4, number);
        update->exec();
    }
    m_changed_sums.clear();
}

void Replica::begin() {
    check(!m_in_transaction, "one transaction at a time");
    m_database->exec("BEGIN IMMEDIATE");
    m_in_transaction = true;
}

void Replica::commit() {
    check(m_in_transaction, "nothing to commit");
    write_changed_sums();
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

std::int64_t Replica::stream_number(const StreamId& stream) {
    if (const auto found = m_stream_numbers.find(stream); found != m_stream_numbers.end()) return found->second;
    const auto insert = m_statements.take("INSERT INTO stream (name) VALUES (?)");
    insert->bind(1, stream);
    insert->exec();
    const std::int64_t number = m_database->getLastInsertRowid();
    m_stream_numbers[stream] = number;
    return number;
}

void Replica::add_to_sum(std::int64_t stream, Entity entity, const Id& id, std::int64_t rev, int sign) {
    const auto hash = wire::row_hash(entity, id, rev);
    StreamSum& sum = m_sums[stream];
    sum.count += sign;
    for (std::size_t lane = 0; lane < hash.size(); ++lane)
        sum.hash[lane] += sign > 0 ? hash[lane] : 0 - hash[lane];
    m_changed_sums.insert(stream);
}

void Replica::remove_memberships(Entity entity, const Id& id, std::int64_t rev) {
    std::vector<std::int64_t> streams;
    {
        const auto select = m_statements.take("SELECT stream FROM membership WHERE entity = ? AND id = ?");
        select->bind(1, std::string(name_of(entity)));
        select->bind(2, id);
        while (select->executeStep())
            streams.push_back(select->getColumn(0).getInt64());
    }
    if (streams.empty()) return;
    for (const std::int64_t stream : streams)
        add_to_sum(stream, entity, id, rev, -1);
    const auto remove = m_statements.take("DELETE FROM membership WHERE entity = ? AND id = ?");
    remove->bind(1, std::string(name_of(entity)));
    remove->bind(2, id);
    remove->exec();
}

void Replica::put_base(const Row& row, const std::vector<StreamId>& streams) {
    if (const auto former = base(row.entity).get(row.id)) remove_memberships(row.entity, row.id, former->rev);
    base(row.entity).put(row);
    for (const StreamId& stream : streams) {
        const std::int64_t number = stream_number(stream);
        const auto insert = m_statements.take("INSERT INTO membership (entity, id, stream) VALUES (?, ?, ?)");
        insert->bind(1, std::string(name_of(row.entity)));
        insert->bind(2, row.id);
        insert->bind(3, number);
        insert->exec();
        add_to_sum(number, row.entity, row.id, row.rev, +1);
    }
}

void Replica::remove_base(Entity entity, const Id& id) {
    const auto former = base(entity).get(id);
    if (!former) return;
    remove_memberships(entity, id, former->rev);
    base(entity).remove(id);
}

std::vector<RowKey> Replica::drop_stream(const StreamId& stream) {
    std::vector<RowKey> gone;
    const auto found = m_stream_numbers.find(stream);
    if (found == m_stream_numbers.end()) return gone;
    const std::int64_t number = found->second;
    {
        const auto select = m_statements.take(
            "SELECT entity, id FROM membership AS mine WHERE stream = ? AND NOT EXISTS (SELECT 1 FROM membership AS "
            "other "
            "WHERE other.entity = mine.entity AND other.id = mine.id AND other.stream <> mine.stream)");
        select->bind(1, number);
        while (select->executeStep()) {
            const auto* descriptor = find_entity(select->getColumn(0).getString());
            if (descriptor) gone.emplace_back(descriptor->entity, select->getColumn(1).getString());
        }
    }
    for (const auto& [entity, id] : gone)
        base(entity).remove(id);
    for (const std::string_view sql :
         {"DELETE FROM membership WHERE stream = ?", "DELETE FROM stream WHERE number = ?"}) {
        const auto remove = m_statements.take(sql);
        remove->bind(1, number);
        remove->exec();
    }
    m_stream_numbers.erase(found);
    m_sums.erase(number);
    m_changed_sums.erase(number);
    return gone;
}

void Replica::clear_base() {
    for (db::RowTable& table : m_base)
        table.clear();
    m_database->exec("DELETE FROM membership");
    m_database->exec("DELETE FROM stream");
    m_stream_numbers.clear();
    m_sums.clear();
    m_changed_sums.clear();
}

std::vector<StreamId> Replica::streams_held() {
    std::vector<StreamId> streams;
    for (const auto& [stream, number] : m_stream_numbers)
        streams.push_back(stream);
    return streams;
}

std::vector<StreamId> Replica::streams_of(Entity entity, const Id& id) {
    std::vector<StreamId> streams;
    const auto select = m_statements.take(
        "SELECT stream.name FROM membership JOIN stream ON stream.number = membership.stream"
        " WHERE membership.entity = ? AND membership.id = ?");
    select->bind(1, std::string(name_of(entity)));
    select->bind(2, id);
    while (select->executeStep())
        streams.push_back(select->getColumn(0).getString());
    return streams;
}

StreamSum Replica::sum_of(const StreamId& stream) {
    const auto number = m_stream_numbers.find(stream);
    if (number == m_stream_numbers.end()) return {};
    const auto sum = m_sums.find(number->second);
    return sum == m_sums.end() ? StreamSum{} : sum->second;
}

StreamSum Replica::recompute_sum(const StreamId& stream) {
    StreamSum sum;
    const auto found = m_stream_numbers.find(stream);
    if (found == m_stream_numbers.end()) return sum;
    for (const EntityDescriptor& descriptor : all_entities()) {
        const auto select = m_statements.take(
            "SELECT row.id, row.rev FROM membership JOIN base_" + std::string(descriptor.name) +
            " AS row ON row.id = membership.id WHERE membership.stream = ? AND membership.entity = ?");
        select->bind(1, found->second);
        select->bind(2, std::string(descriptor.name));
        while (select->executeStep()) {
            const auto hash =
                wire::row_hash(descriptor.entity, select->getColumn(0).getString(), select->getColumn(1).getInt64());
            ++sum.count;
            sum.hash[0] += hash[0];
            sum.hash[1] += hash[1];
        }
    }
    return sum;
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
