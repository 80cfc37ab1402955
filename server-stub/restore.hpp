// Puts a backup in the place of the database at `place`, which nobody may have open.
//
// The backup is copied, migrated and checked (storage, sums, references) before anything is touched, and takes the
// database's place in one rename: a kill at any point leaves either the old database or the restored one. The old one
// is kept as `<place>.before-restore-<time>`.
//
// The restored database begins a new epoch: every replica resets itself and offers again what it was told was done in
// the last seven days. All sessions and one-time links end, because the backup may know some that have been ended
// since.
#pragma once

#include <string>

#include "shared/base/clock.hpp"
#include "shared/base/random.hpp"
#include "shared/base/result.hpp"

namespace portal::server {

// Where the former database is kept; empty when there was none. Errors: not_found (no such backup), corrupted (no sound
// database of the portal), unsupported_version (of a newer program), invalid_argument (the database itself),
// unavailable (the backup is in use), storage_full.
Result<std::string> restore_database(const std::string& place, const std::string& backup, const Clock& clock,
                                     RandomSource& random);

}  // namespace portal::server
