// The replica's tables: one `base_` and one `overlay_` table per entity, and what sync needs beside them.
//
//   base_*      rows as the server gave them, each with the numbers of its streams (" 3 17 "); written by patches only;
//   a
//               row goes when its last stream goes
//   overlay_*   rows as the pending edits leave them; thrown away and rebuilt after each pull
//   stream      streams held, with count and additive hash of their rows
//   staged_page pages of a pull that is not whole yet, once there is something that they must not disturb
//   outbox      mutations, numbered; acknowledged ones stay as a journal
//   tray        rejected mutations until the user answers
//   meta        epoch, cursor, permission set, client id, user, times
#pragma once

#include "shared/db/database.hpp"

namespace portal::store {

const db::Schema& replica_schema();

}  // namespace portal::store
