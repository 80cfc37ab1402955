#include "shared/db/database.hpp"

#include <sqlite3.h>

#include "shared/base/check.hpp"

namespace portal::db {
namespace {

ErrorCode code_of(int result) {
    switch (result & 0xff) {
        case SQLITE_FULL:
            return ErrorCode::storage_full;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return ErrorCode::corrupted;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_PROTOCOL:
        case SQLITE_IOERR:
            return ErrorCode::unavailable;
        case SQLITE_CANTOPEN:
            return ErrorCode::not_found;
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return ErrorCode::permission_denied;
        case SQLITE_CONSTRAINT:
            return ErrorCode::conflict;
        case SQLITE_TOOBIG:
            return ErrorCode::resource_exhausted;
        default:
            return ErrorCode::internal;
    }
}

std::string_view advice_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::storage_full:
            return "the storage is full";
        case ErrorCode::corrupted:
            return "the database file is damaged or is not a database";
        case ErrorCode::unavailable:
            return "the database is busy or its storage failed; try again";
        case ErrorCode::not_found:
            return "the database file cannot be opened";
        case ErrorCode::permission_denied:
            return "the database file may not be written";
        default:
            return "the database refused a statement";
    }
}

// Bulk writes touch pages all over an index: with two megabytes, the default, they are written and read again and
// again.
constexpr int write_cache_kib = 16 << 10;

void set_pragmas(SQLite::Database& database, const OpenOptions& options) {
    // Otherwise SQLite looks at the values bound to some statements, and plans those anew at every use.
    sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
    database.setBusyTimeout(static_cast<int>(options.busy_timeout_ms));
    database.exec("PRAGMA foreign_keys = OFF");
    database.exec("PRAGMA trusted_schema = OFF");
    database.exec("PRAGMA cell_size_check = ON");
    if (options.access == Access::read_only) {
        database.exec("PRAGMA query_only = ON");
        return;
    }
    database.exec("PRAGMA page_size = " + std::to_string(options.page_size_bytes));
    // Before the journal mode: only then does WAL keep its index in private memory.
    if (options.sharing == Sharing::exclusive) database.exec("PRAGMA locking_mode = EXCLUSIVE");
    database.exec("PRAGMA journal_mode = WAL");
    database.exec("PRAGMA synchronous = FULL");
    database.exec("PRAGMA cache_size = -" + std::to_string(write_cache_kib));
    database.exec(options.erasure == Erasure::overwrite ? "PRAGMA secure_delete = ON" : "PRAGMA secure_delete = OFF");
}

}  // namespace

Error error_of(const SQLite::Exception& exception) {
    const ErrorCode code = code_of(exception.getErrorCode());
    return {code,
            std::string(advice_of(code)) + " (SQLite: " + exception.getErrorStr() + "; " + exception.what() + ")"};
}

Result<Connection> open_database(const OpenOptions& options) {
    return guarded([&]() -> Result<Connection> {
        const int flags =
            options.access == Access::read_only ? SQLite::OPEN_READONLY : SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
        auto connection =
            std::make_unique<SQLite::Database>(options.path, flags | SQLite::OPEN_NOMUTEX, 0, options.vfs);
        set_pragmas(*connection, options);
        // The first read of the file: what is not a database is told here and not by the first query.
        stored_version(*connection);
        return connection;
    });
}

int stored_version(SQLite::Database& database) {
    return database.execAndGet("PRAGMA user_version").getInt();
}

Status migrate(SQLite::Database& database, const Schema& schema) {
    return guarded([&]() -> Status {
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        // Read inside the transaction: another process may have migrated while this one waited for the lock.
        const int stored = stored_version(database);
        if (stored > schema.version())
            return fail(ErrorCode::unsupported_version,
                        "the database was made by a newer version of the portal (schema " + std::to_string(stored) +
                            ", this version knows " + std::to_string(schema.version()) +
                            "): reload the page or upgrade the server");
        if (stored == schema.version()) return {};
        if (stored == 0)
            schema.create(database);
        else
            for (auto version = static_cast<std::size_t>(stored); version <= schema.migrations.size(); ++version)
                database.exec(std::string(schema.migrations[version - 1]));
        database.exec("PRAGMA user_version = " + std::to_string(schema.version()));
        transaction.commit();
        return {};
    });
}

Status checkpoint_truncate(SQLite::Database& database) {
    return guarded([&]() -> Status {
        SQLite::Statement checkpoint(database, "PRAGMA wal_checkpoint(TRUNCATE)");
        const bool blocked = checkpoint.executeStep() && checkpoint.getColumn(0).getInt() != 0;
        if (blocked) return fail(ErrorCode::unavailable, "a reader holds the write-ahead log; try again");
        return {};
    });
}

Status check_integrity(SQLite::Database& database) {
    return guarded([&]() -> Status {
        const std::string verdict = database.execAndGet("PRAGMA integrity_check(1)").getString();
        if (verdict != "ok") return fail(ErrorCode::corrupted, "the database is damaged: " + verdict);
        return {};
    });
}

}  // namespace portal::db
