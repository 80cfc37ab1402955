// The steps of a restore that know SQLite; restore.hpp puts them together. `vfs` names a registered SQLite VFS that has
// the files; empty for the platform's.
#pragma once

#include <string>

#include "shared/base/clock.hpp"
#include "shared/base/random.hpp"
#include "shared/base/result.hpp"

namespace portal::server {

// Errors: not_found, corrupted (not sound, or no database of the portal), unavailable (in use), storage_full.
Status copy_backup(const std::string& backup, const std::string& staged, const std::string& vfs = {});

// Opens the copy as a server would, which migrates it, checks it, and makes it a database of its own: with a new epoch
// and without sessions and one-time links. Errors: corrupted, unsupported_version.
Status begin_anew(const std::string& staged, const Clock& clock, RandomSource& random, const std::string& vfs = {});

// Writes the log's pages into the file; the last connection removes the log when it is closed.
Status fold_log(const std::string& path, const std::string& vfs = {});

}  // namespace portal::server
