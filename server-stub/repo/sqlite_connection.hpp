// One connection with its prepared statements and its entity tables.
#pragma once

#include <vector>

#include "shared/db/database.hpp"
#include "shared/db/row_table.hpp"
#include "shared/db/statement_cache.hpp"

namespace portal::server {

struct SqliteConnection {
    explicit SqliteConnection(db::Connection opened) : database(std::move(opened)), statements(*database) {
        for (const EntityDescriptor& descriptor : all_entities()) {
            tables.emplace_back(*database, descriptor.entity, "");
            staged_tables.emplace_back(*database, descriptor.entity, "staged_");
        }
    }
    db::RowTable& table(Entity entity) { return tables[static_cast<std::size_t>(entity)]; }
    db::RowTable& staged(Entity entity) { return staged_tables[static_cast<std::size_t>(entity)]; }
    db::StatementCache::Lease sql(std::string_view text) { return statements.take(text); }

    db::Connection database;
    db::StatementCache statements;
    std::vector<db::RowTable> tables, staged_tables;
};

// bind_all(statement, 1, "a", id): positional parameters from the first on.
template <class... Values>
void bind_all(SQLite::Statement& statement, const Values&... values) {
    int index = 0;
    (statement.bind(++index, values), ...);
}

}  // namespace portal::server
