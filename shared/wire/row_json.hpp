// The line of a row in a pull, written without building a JSON document first: rows are nearly all that a pull says.
// Private to shared/wire.
#pragma once

#include <string>

#include "shared/wire/sync_messages.hpp"

namespace portal::wire {

// One line with its newline; members stand in the order of their names, as everywhere on the wire.
std::string encode_upsert(const PullUpsert& line);

}  // namespace portal::wire
