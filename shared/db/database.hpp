// Opening a SQLite database the one right way, translating its exceptions, and bringing its schema up to date.
//
// Inside this floor and in code that runs in a transaction, SQLiteCpp's exceptions travel freely; guarded() turns them
// into an Error at the border. Thread: a connection belongs to the thread that opened it.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/limits.hpp"
#include "shared/base/result.hpp"

namespace portal::db {

enum class Access : std::uint8_t { read_write, read_only };
// Exclusive: this connection alone for its whole life, so that WAL needs no shared memory (the browser's storage has
// none).
enum class Sharing : std::uint8_t { shared, exclusive };
// Overwrite: deleted rows leave no byte behind in the database file.
enum class Erasure : std::uint8_t { leave, overwrite };

struct OpenOptions {
    std::string path = ":memory:";
    std::string vfs;  // Empty for the platform's own.
    Access access = Access::read_write;
    Sharing sharing = Sharing::shared;
    Erasure erasure = Erasure::leave;
    int page_size_bytes = 8192;  // Of a new file; an existing one keeps its own.
    std::int64_t busy_timeout_ms = limits::database_busy_ms_max;
};

using Connection = std::unique_ptr<SQLite::Database>;

// WAL with synchronous=FULL: what was acknowledged survives a crash. Foreign keys are off: rows arrive in any order.
// Errors: storage_full, corrupted (not a database either), unavailable (locked), not_found (cannot be opened).
Result<Connection> open_database(const OpenOptions& options);

// How a new database is made, and how an older one becomes like it. What makes a new one follows the records as they
// are now; a migration tells of the past, so it is plain SQL (several statements are allowed) that is never edited
// again.
struct Schema {
    std::function<void(SQLite::Database&)> create;
    std::vector<std::string_view> migrations;  // To version 2, to version 3, and so on. The texts are static.

    int version() const { return 1 + static_cast<int>(migrations.size()); }
};

// 0 for a database that is not made yet.
int stored_version(SQLite::Database& database);

// Makes a new database or applies what is missing, in one transaction: all or nothing. A database of a newer version is
// refused untouched (unsupported_version).
Status migrate(SQLite::Database& database, const Schema& schema);

Error error_of(const SQLite::Exception& exception);

// Runs `work`, which returns a Result or Status (or nothing), and turns SQLite's exceptions into errors.
template <class Work>
auto guarded(Work&& work) {
    using Returned = decltype(work());
    if constexpr (std::is_void_v<Returned>) {
        try {
            work();
            return Status{};
        } catch (const SQLite::Exception& exception) {
            return Status{fail(error_of(exception))};
        }
    } else {
        try {
            return work();
        } catch (const SQLite::Exception& exception) {
            return Returned{fail(error_of(exception))};
        }
    }
}

// Removes what deleted rows left in the write-ahead log: checkpoint and truncate.
Status checkpoint_truncate(SQLite::Database& database);

// "ok", or the first complaint, as an error (corrupted).
Status check_integrity(SQLite::Database& database);

}  // namespace portal::db
