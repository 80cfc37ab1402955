#include "server-stub/repo/sqlite_migration.hpp"

namespace portal::server {

void copy_database(SQLite::Database& source, const std::string& path) {
    // VACUUM INTO reads one snapshot and syncs the new file; it refuses to overwrite one.
    SQLite::Statement copy(source, "VACUUM INTO ?");
    copy.bind(1, path);
    copy.exec();
}

Status migrate_with_copy(SQLite::Database& database, const std::string& path, const db::Schema& schema) {
    int stored = 0;
    PORTAL_TRY(db::guarded([&] { stored = db::stored_version(database); }));
    if (stored > 0 && stored < schema.version()) {
        const std::string copy = path + ".before-" + std::to_string(stored);
        if (auto status = db::guarded([&] { copy_database(database, copy); }); !status)
            return fail(status.error().code,
                        "the copy before the migration failed, nothing was changed: remove or "
                        "move " +
                            copy + " and try again (" + status.error().message + ")");
    }
    return db::migrate(database, schema);
}

}  // namespace portal::server
