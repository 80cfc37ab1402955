// The single facts as a table of SQLite, read from the replica's segments as they are asked for: nothing is unpacked
// that a question does not reach. Practice, location and event day narrow what is read.
//
// Thread: that of the connection.
#pragma once

struct sqlite3;

namespace portal::console {

// Of a connection to a replica's image. Throws SQLite::Exception.
void add_fact_module(sqlite3* database);

}  // namespace portal::console
