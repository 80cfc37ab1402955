#include "shared/db/row_table.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include "shared/base/check.hpp"
#include "shared/db/statement_cache.hpp"
#include "shared/model/references.hpp"

namespace portal::db {
namespace {

constexpr int head_columns = 4;

std::string table_name(const EntityDescriptor& descriptor, std::string_view prefix) {
    return std::string(prefix) + std::string(descriptor.name);
}

std::string_view sql_type(ColumnType type) {
    switch (type) {
        case ColumnType::integer:
            return "INTEGER";
        case ColumnType::text:
            return "TEXT";
        case ColumnType::bytes:
            return "BLOB";
    }
    check_failed("a column type outside its vocabulary", std::source_location::current());
}

// Without a copy: SQLite reads the value while the statement runs.
void bind_value(SQLite::Statement& statement, int index, const Value& value, ColumnType type) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        statement.bind(index, *number);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        if (type == ColumnType::bytes)
            statement.bindNoCopy(index, static_cast<const void*>(text->data()), static_cast<int>(text->size()));
        else
            statement.bindNoCopy(index, *text);
    } else {
        statement.bind(index);
    }
}

Value read_value(const SQLite::Column& column, ColumnType type) {
    if (column.isNull()) return {};
    if (type == ColumnType::integer) return column.getInt64();
    return column.getString();
}

std::string select_sql(const EntityDescriptor& descriptor, std::string_view prefix) {
    return "SELECT " + column_list(descriptor) + " FROM " + table_name(descriptor, prefix);
}

}  // namespace

std::string create_table_sql(const EntityDescriptor& descriptor, std::string_view prefix,
                             std::string_view further_columns) {
    std::string sql = "CREATE TABLE IF NOT EXISTS " + table_name(descriptor, prefix) +
                      " (id TEXT PRIMARY KEY NOT NULL, rev INTEGER NOT NULL, updated_ms INTEGER NOT NULL, "
                      "updated_by TEXT NOT NULL";
    sql += further_columns;
    for (const Column& column : descriptor.columns) {
        sql.append(", ").append(column.name).append(" ").append(sql_type(column.type));
        if (column.presence == Presence::required) sql += " NOT NULL";
    }
    return sql + ") STRICT";
}

std::string column_list(const EntityDescriptor& descriptor) {
    std::string list = "id, rev, updated_ms, updated_by";
    for (const Column& column : descriptor.columns)
        list.append(", ").append(column.name);
    return list;
}

std::string upsert_sql(const EntityDescriptor& descriptor, std::string_view prefix) {
    std::string sql = "INSERT INTO " + table_name(descriptor, prefix) + " (" + column_list(descriptor) + ") VALUES (?";
    for (std::size_t index = 1; index < head_columns + descriptor.columns.size(); ++index)
        sql += ", ?";
    sql +=
        ") ON CONFLICT (id) DO UPDATE SET rev = excluded.rev, updated_ms = excluded.updated_ms, "
        "updated_by = excluded.updated_by";
    for (const Column& column : descriptor.columns)
        sql.append(", ").append(column.name).append(" = excluded.").append(column.name);
    return sql;
}

void bind_row(SQLite::Statement& statement, const Row& row, int first) {
    const EntityDescriptor& descriptor = descriptor_of(row.entity);
    check(row.values.size() == descriptor.columns.size(), "a row has one value per column");
    statement.bindNoCopy(first, row.id);
    statement.bind(first + 1, row.rev);
    statement.bind(first + 2, row.updated_ms);
    statement.bindNoCopy(first + 3, row.updated_by);
    for (std::size_t index = 0; index < row.values.size(); ++index)
        bind_value(statement, first + head_columns + static_cast<int>(index), row.values[index],
                   descriptor.columns[index].type);
}

Row read_row(SQLite::Statement& statement, Entity entity, int first) {
    const EntityDescriptor& descriptor = descriptor_of(entity);
    Row row;
    row.entity = entity;
    row.id = statement.getColumn(first).getString();
    row.rev = statement.getColumn(first + 1).getInt64();
    row.updated_ms = statement.getColumn(first + 2).getInt64();
    row.updated_by = statement.getColumn(first + 3).getString();
    row.values.reserve(descriptor.columns.size());
    for (std::size_t index = 0; index < descriptor.columns.size(); ++index)
        row.values.push_back(read_value(statement.getColumn(first + head_columns + static_cast<int>(index)),
                                        descriptor.columns[index].type));
    return row;
}

struct RowTable::State {
    State(SQLite::Database& database_in, const EntityDescriptor& descriptor_in, std::string_view prefix_in)
        : database(database_in), descriptor(descriptor_in), prefix(prefix_in), statements(database_in) {}

    SQLite::Database& database;
    const EntityDescriptor& descriptor;
    const std::string prefix;
    StatementCache statements;

    const std::string name = table_name(descriptor, prefix);
    const std::string select = select_sql(descriptor, prefix);
    const std::string select_one = select + " WHERE id = ?";
    const std::string select_all = select + " ORDER BY id";
    const std::string upsert = upsert_sql(descriptor, prefix);
    const std::string remove = "DELETE FROM " + name + " WHERE id = ?";
};

RowTable::RowTable(SQLite::Database& database, Entity entity, std::string_view prefix)
    : m_state(std::make_unique<State>(database, descriptor_of(entity), prefix)) {}
RowTable::~RowTable() = default;
RowTable::RowTable(RowTable&&) noexcept = default;

void RowTable::create() {
    m_state->database.exec(create_table_sql(m_state->descriptor, m_state->prefix));
    for (const Column& column : m_state->descriptor.columns) {
        if (!find_reference(m_state->descriptor.entity, column.name)) continue;
        const std::string name(column.name);
        m_state->database.exec("CREATE INDEX IF NOT EXISTS " + m_state->name + "_by_" + name + " ON " + m_state->name +
                               " (" + name + ")");
    }
}

std::optional<Row> RowTable::get(const Id& id) {
    const auto statement = m_state->statements.take(m_state->select_one);
    statement->bind(1, id);
    if (!statement->executeStep()) return std::nullopt;
    return read_row(*statement, m_state->descriptor.entity);
}

void RowTable::put(const Row& row) {
    check(row.entity == m_state->descriptor.entity, "a row of another entity");
    const auto statement = m_state->statements.take(m_state->upsert);
    bind_row(*statement, row);
    statement->exec();
}

bool RowTable::remove(const Id& id) {
    const auto statement = m_state->statements.take(m_state->remove);
    statement->bind(1, id);
    return statement->exec() > 0;
}

void RowTable::clear() {
    m_state->database.exec("DELETE FROM " + m_state->name);
}

void RowTable::each_where(std::string_view column, const Value& value, const std::function<void(Row)>& visit) {
    const int index = m_state->descriptor.column_index(column);
    check(index >= 0, "no such column");
    // The name comes from the descriptor and not from the caller: no text of a user ever becomes SQL.
    const Column& described = m_state->descriptor.columns[static_cast<std::size_t>(index)];
    const auto statement =
        m_state->statements.take(m_state->select + " WHERE " + std::string(described.name) + " IS ? ORDER BY id");
    bind_value(*statement, 1, value, described.type);
    while (statement->executeStep())
        visit(read_row(*statement, m_state->descriptor.entity));
}

void RowTable::each(const std::function<void(Row)>& visit) {
    const auto statement = m_state->statements.take(m_state->select_all);
    while (statement->executeStep())
        visit(read_row(*statement, m_state->descriptor.entity));
}

}  // namespace portal::db
