// Row <-> SQLite table, generated from EntityDescriptor: the one place where an entity's SQL is made.
//
// A table `<prefix><entity name>` has columns id (primary key), rev, updated_ms, updated_by, then the entity's own.
// The server uses the prefix "" ; the browser "base_" and "overlay_". Thread: that of the connection.
// Throws SQLite::Exception; database.hpp's guarded() makes an Error of it at the transaction's border.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"
#include "shared/model/row.hpp"

namespace SQLite {
class Database;
class Statement;
}  // namespace SQLite

namespace portal::db {

// `further_columns` come before the entity's own: ", name TYPE" each.
std::string create_table_sql(const EntityDescriptor& descriptor, std::string_view prefix,
                             std::string_view further_columns = {});

// Binds id, rev, updated_ms, updated_by and the columns from parameter `first` (1-based) on, without copying them: the
// row must stay as it is until the statement has run.
void bind_row(SQLite::Statement& statement, const Row& row, int first = 1);
// Reads a row from a statement whose columns start with id, rev, updated_ms, updated_by, then the entity's.
Row read_row(SQLite::Statement& statement, Entity entity, int first = 0);

// "id, rev, updated_ms, updated_by, external_key, ..." in read_row's order.
std::string column_list(const EntityDescriptor& descriptor);
std::string upsert_sql(const EntityDescriptor& descriptor, std::string_view prefix);

// One table of rows. Keeps its prepared statements (limits::statement_cache_max); a visitor may use the same table.
class RowTable {
  public:
    RowTable(SQLite::Database& database, Entity entity, std::string_view prefix);
    ~RowTable();
    RowTable(RowTable&&) noexcept;
    RowTable(const RowTable&) = delete;
    RowTable& operator=(const RowTable&) = delete;

    void create();
    std::optional<Row> get(const Id& id);
    void put(const Row& row);
    bool remove(const Id& id);
    void clear();
    // Rows where `column` equals the value (create() made an index for ids of other rows), in id order. A null matches
    // nulls. The visitor must not write to the table it is walking.
    void each_where(std::string_view column, const Value& value, const std::function<void(Row)>& visit);
    void each(const std::function<void(Row)>& visit);

  private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace portal::db
