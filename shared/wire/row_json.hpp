// The line of a row in a pull, written and read without building a JSON document: rows are nearly all that a pull says.
// Private to shared/wire.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "shared/wire/sync_messages.hpp"

namespace portal::wire {

// One line with its newline; members stand in the order of their names, as everywhere on the wire.
std::string encode_upsert(const PullUpsert& line);

// A line just as encode_upsert() writes it, newline included. Nothing for any other, sound or not: the general decoder
// reads it or says what is wrong with it, and reads the same in what is taken here.
std::optional<PullUpsert> decode_upsert(std::string_view line);

}  // namespace portal::wire
