#include "server-stub/repo/sqlite_reads.hpp"

#include "shared/base/check.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::server {

const std::string_view fact_columns =
    "f.external_key, f.application_ref, f.row_number, f.kind, f.status, p.practice, p.location, l.plan, f.channel, "
    "f.existing_cardholder, f.duplicate, f.event_day, f.posted_day, f.hour_band, f.requested_cents, f.approved_cents, "
    "f.settled_cents, f.fee_cents";

namespace {

template <class Enum>
Enum stored_word(const SQLite::Column& column) {
    const auto parsed = parse_text<Enum>(column.getString());
    check(parsed.has_value(), "a stored word is outside its vocabulary");
    return *parsed;
}

}  // namespace

std::int64_t stream_number(SqliteConnection& connection, const StreamId& stream) {
    const auto statement = connection.sql("SELECT number FROM stream WHERE name = ?");
    statement->bind(1, stream);
    return statement->executeStep() ? statement->getColumn(0).getInt64() : 0;
}

FinancingFact read_fact(SQLite::Statement& statement, int first) {
    FinancingFact fact;
    int index = first;
    fact.external_key = statement.getColumn(index++).getString();
    fact.application_ref = statement.getColumn(index++).getString();
    fact.row_number = statement.getColumn(index++).getInt64();
    fact.kind = stored_word<FactKind>(statement.getColumn(index++));
    fact.status = stored_word<FactStatus>(statement.getColumn(index++));
    fact.practice = statement.getColumn(index++).getString();
    fact.location = statement.getColumn(index++).getString();
    fact.plan = statement.getColumn(index++).getString();
    fact.channel = stored_word<FactChannel>(statement.getColumn(index++));
    fact.existing_cardholder = statement.getColumn(index++).getInt() != 0;
    fact.duplicate = statement.getColumn(index++).getInt() != 0;
    fact.event_day = statement.getColumn(index++).getInt();
    fact.posted_day = statement.getColumn(index++).getInt();
    fact.hour_band = statement.getColumn(index++).getInt();
    fact.requested_cents = statement.getColumn(index++).getInt64();
    fact.approved_cents = statement.getColumn(index++).getInt64();
    fact.settled_cents = statement.getColumn(index++).getInt64();
    fact.fee_cents = statement.getColumn(index++).getInt64();
    return fact;
}

SyncHead SqliteReads::head() {
    const auto statement = m_connection.sql("SELECT epoch, seq, floor FROM head");
    check(statement->executeStep(), "the head row is missing");
    return {statement->getColumn(0).getString(), statement->getColumn(1).getInt64(),
            statement->getColumn(2).getInt64()};
}

TenantKind SqliteReads::tenant_kind() {
    const auto statement = m_connection.sql("SELECT tenant_kind FROM head");
    check(statement->executeStep(), "the head row is missing");
    return statement->getColumn(0).getString() == "demo" ? TenantKind::demo : TenantKind::real;
}

std::optional<Row> SqliteReads::row(Entity entity, const Id& id) {
    return m_connection.table(entity).get(id);
}

std::optional<Row> SqliteReads::row_by_external_key(Entity entity, std::string_view external_key) {
    std::optional<Row> found;
    if (external_key.empty() || descriptor_of(entity).column_index("external_key") < 0) return found;
    m_connection.table(entity).each_where("external_key", std::string(external_key), [&](Row row) {
        if (!found) found = std::move(row);
    });
    return found;
}

void SqliteReads::each_row(Entity entity, const std::function<void(Row)>& visit) {
    m_connection.table(entity).each(visit);
}

void SqliteReads::each_row_where(Entity entity, std::string_view column, const Value& value,
                                 const std::function<void(Row)>& visit) {
    m_connection.table(entity).each_where(column, value, visit);
}

std::int64_t SqliteReads::row_count(Entity entity) {
    const auto statement = m_connection.sql("SELECT count(*) FROM " + std::string(descriptor_of(entity).name));
    return statement->executeStep() ? statement->getColumn(0).getInt64() : 0;
}

StreamState SqliteReads::stream(const StreamId& stream) {
    const auto statement = m_connection.sql("SELECT count, hash_hi, hash_lo, last_seq FROM stream WHERE name = ?");
    statement->bind(1, stream);
    if (!statement->executeStep()) return {};
    return {statement->getColumn(0).getInt64(),
            {static_cast<std::uint64_t>(statement->getColumn(1).getInt64()),
             static_cast<std::uint64_t>(statement->getColumn(2).getInt64())},
            statement->getColumn(3).getInt64()};
}

std::vector<StreamId> SqliteReads::all_streams() {
    const auto statement = m_connection.sql("SELECT name FROM stream ORDER BY name");
    std::vector<StreamId> names;
    while (statement->executeStep())
        names.push_back(statement->getColumn(0).getString());
    return names;
}

void SqliteReads::each_entry(const StreamId& stream, std::int64_t after, std::int64_t until,
                             const std::function<bool(const StreamEntry&)>& visit) {
    const std::int64_t number = stream_number(m_connection, stream);
    if (number == 0) return;
    const auto statement = m_connection.sql(
        "SELECT seq, entity, row_id, gone FROM change_stream WHERE stream = ? AND seq > ? AND seq <= ? ORDER BY seq");
    bind_all(*statement, number, after, until);
    while (statement->executeStep()) {
        const EntityDescriptor* descriptor = find_entity(statement->getColumn(1).getString());
        check(descriptor != nullptr, "the change log names an unknown entity");
        const StreamEntry entry{statement->getColumn(0).getInt64(), descriptor->entity,
                                statement->getColumn(2).getString(),
                                statement->getColumn(3).getInt() == 0 ? Membership::present : Membership::gone};
        if (!visit(entry)) return;
    }
}

std::optional<std::vector<StreamId>> SqliteReads::permission_set(const Id& user, const std::string& set) {
    const auto statement = m_connection.sql("SELECT streams FROM permission_set WHERE user_id = ? AND name = ?");
    bind_all(*statement, user, set);
    if (!statement->executeStep()) return std::nullopt;
    const std::string joined = statement->getColumn(0).getString();
    std::vector<StreamId> streams;
    for (std::size_t begin = 0; begin < joined.size();) {
        const std::size_t end = joined.find('\n', begin);
        streams.push_back(joined.substr(begin, end - begin));
        begin = end == std::string::npos ? joined.size() : end + 1;
    }
    return streams;
}

std::optional<Caller> SqliteReads::caller(const Id& user) {
    const auto row = m_connection.table(Entity::user).get(user);
    if (!row) return std::nullopt;
    const User record = from_row<User>(*row);
    if (record.disabled) return std::nullopt;
    Caller caller{record.id, record.name, record.language, record.practice, record.vendor, {}};
    m_connection.table(Entity::grant).each_where("user", user, [&](Row grant) {
        caller.grants.push_back(from_row<Grant>(grant));
    });
    const auto given = m_connection.sql("SELECT 1 FROM figures_given WHERE user_id = ? AND form = 'rollups'");
    given->bind(1, user);
    if (given->executeStep()) caller.figures = FiguresForm::rollups;
    return caller;
}

std::shared_ptr<const Directory> SqliteReads::build_places() {
    auto directory = std::make_shared<Directory>();
    directory->set_replica_facts_max(m_directories.replica_facts_max());
    each_row(Entity::practice, [&](Row row) {
        const auto practice = from_row<Practice>(row);
        directory->put_practice(practice.id, practice.book, practice.team);
    });
    each_row(Entity::location, [&](Row row) {
        const auto location = from_row<Location>(row);
        directory->put_location(location.id, location.practice);
    });
    each_row(Entity::integration, [&](Row row) {
        const auto integration = from_row<Integration>(row);
        directory->put_integration(integration.id, integration.practice, integration.vendor, integration.engineer);
    });
    const auto facts = m_connection.sql("SELECT practice, sum(fact_count) FROM fact_segment GROUP BY practice");
    while (facts->executeStep())
        directory->put_fact_count(facts->getColumn(0).getString(), facts->getColumn(1).getInt64());
    return directory;
}

std::shared_ptr<const Directory> SqliteReads::places() {
    if (m_directory_private) return build_places();
    const auto statement = m_connection.sql("SELECT directory_version FROM head");
    check(statement->executeStep(), "the head row is missing");
    return m_directories.take(statement->getColumn(0).getInt64(), [this] { return build_places(); });
}

std::shared_ptr<const Directory> SqliteReads::directory(const Id& user) {
    auto shared = places();
    const auto statement = m_connection.sql("SELECT id FROM ticket WHERE assignee = ?");
    statement->bind(1, user);
    std::vector<Id> tickets;
    while (!user.empty() && statement->executeStep())
        tickets.push_back(statement->getColumn(0).getString());
    if (tickets.empty()) return shared;
    // Assignments change with every shift; only their owner's copy knows them.
    auto own = std::make_shared<Directory>(*shared);
    for (const Id& ticket : tickets)
        own->put_assignment(ticket, user);
    return own;
}

std::optional<ClientRecord> SqliteReads::client(const Id& client) {
    const auto statement = m_connection.sql("SELECT user_id, last_mid FROM client WHERE client = ?");
    statement->bind(1, client);
    if (!statement->executeStep()) return std::nullopt;
    return ClientRecord{client, statement->getColumn(0).getString(), statement->getColumn(1).getInt64()};
}

std::optional<Id> SqliteReads::intent_of(const Id& client, std::int64_t mid) {
    const auto statement = m_connection.sql("SELECT intent FROM client_mutation WHERE client = ? AND mid = ?");
    bind_all(*statement, client, mid);
    if (!statement->executeStep()) return std::nullopt;
    return statement->getColumn(0).getString();
}

std::optional<MutationRecord> SqliteReads::mutation(const Id& intent) {
    const auto statement =
        m_connection.sql("SELECT user_id, body, outcome, incident, time_ms FROM mutation WHERE intent = ?");
    statement->bind(1, intent);
    if (!statement->executeStep()) return std::nullopt;
    // Stored as the response that told it: the wire's own form, so nothing is encoded twice.
    auto response = wire::decode_push_response(statement->getColumn(2).getString());
    check(response.has_value() && response->results.size() == 1, "a stored outcome does not decode");
    return MutationRecord{intent,
                          statement->getColumn(0).getString(),
                          statement->getColumn(1).getString(),
                          std::move(response->results.front().outcome),
                          statement->getColumn(3).getString(),
                          statement->getColumn(4).getInt64()};
}

std::optional<FinancingFact> SqliteReads::fact(std::string_view external_key) {
    const auto statement = m_connection.sql(
        "SELECT " + std::string(fact_columns) +
        " FROM fact f JOIN fact_place p ON p.number = f.place JOIN fact_plan l ON l.number = f.plan"
        " WHERE f.external_key = ? AND f.batch <= (SELECT published_batch FROM head) ORDER BY f.batch DESC LIMIT 1");
    statement->bind(1, std::string(external_key));
    if (!statement->executeStep()) return std::nullopt;
    return read_fact(*statement, 0);
}

std::int64_t SqliteReads::fact_count() {
    const auto statement = m_connection.sql("SELECT count(*) FROM financing_fact");
    return statement->executeStep() ? statement->getColumn(0).getInt64() : 0;
}

void SqliteReads::each_fact(const Id& location, MonthIndex month,
                            const std::function<void(const FinancingFact&)>& visit) {
    const auto statement = m_connection.sql(
        "SELECT " + std::string(fact_columns) +
        " FROM fact_place p JOIN fact f ON f.place = p.number JOIN fact_plan l ON l.number = f.plan"
        " WHERE p.location = ? AND f.month = ? AND f.batch <= (SELECT published_batch FROM head)"
        " AND NOT EXISTS (SELECT 1 FROM fact n WHERE n.external_key = f.external_key AND n.batch > f.batch"
        " AND n.batch <= (SELECT published_batch FROM head)) ORDER BY f.external_key");
    bind_all(*statement, location, month);
    while (statement->executeStep())
        visit(read_fact(*statement, 0));
}

}  // namespace portal::server
