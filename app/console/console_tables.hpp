// What can be asked about: a view of every entity with the pending edits laid over the server's rows, and the single
// facts. Thread: any.
#pragma once

#include <string>
#include <vector>

#include "app/vm/sql_part.hpp"
#include "shared/model/row.hpp"

namespace portal::console {

inline constexpr const char* fact_table_name = "financing_fact";

// In the order of their names. Columns of opaque bytes are left out, and entities that are nothing else.
std::vector<vm::SqlTable> console_tables();

// "CREATE TEMP VIEW ticket AS ...", over the replica's own tables.
std::string create_view_sql(const EntityDescriptor& descriptor);
bool is_shown(const EntityDescriptor& descriptor);

// Questions to begin with.
std::vector<vm::SqlExample> console_examples();

// "CREATE TABLE financing_fact (...)", in the order that the module reads the columns in.
std::string fact_declaration();

}  // namespace portal::console
