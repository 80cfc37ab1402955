// Bringing a server's database up to date, with a copy of the old one kept beside it.
#pragma once

#include <string>

#include "shared/db/database.hpp"

namespace portal::server {

// Copies the database at `path` to `<path>.before-<version>` when it is older than the schema, then migrates.
// A new database is not copied; a newer one is refused before anything is written (unsupported_version).
Status migrate_with_copy(SQLite::Database& database, const std::string& path, const db::Schema& schema);

// A consistent copy of an open database; throws SQLite::Exception.
void copy_database(SQLite::Database& source, const std::string& path);

}  // namespace portal::server
