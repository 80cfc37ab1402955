// The repository on SQLite: WAL, synchronous=FULL, one writing connection, a bounded pool of reading ones.
//
// A database of an older version is first copied to `<path>.before-<version>` and then migrated in one transaction; a
// database of a newer version is refused (unsupported_version) and not touched.
#pragma once

#include <memory>
#include <string>

#include "server-stub/repo/repository.hpp"
#include "shared/base/limits.hpp"
#include "shared/base/random.hpp"

namespace portal::server {

enum class OpenMode : std::uint8_t { create_if_missing, must_exist };

struct SqliteOptions {
    std::string path;
    OpenMode mode = OpenMode::create_if_missing;
    std::string vfs;  // Name of a registered SQLite VFS; empty for the platform's.
    std::int64_t replica_facts_max = limits::replica_facts_max;  // A simulation has few facts.
};

// A name for a database's time between two restores; no two are alike.
std::string make_epoch(RandomSource& random);

// `random` names the epoch of a new database; used during the call only.
Result<std::unique_ptr<Repository>> open_sqlite_repository(const SqliteOptions& options, RandomSource& random);

}  // namespace portal::server
