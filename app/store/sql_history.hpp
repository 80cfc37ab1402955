// The questions that were asked in the SQL console, kept with the replica: one user's on one device, gone with the data
// at sign-out. Thread: any.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace portal::store {

// The newest first.
std::vector<std::string> read_history(std::string_view text);
// With one more, which is there once; at most limits::sql_history_max stay.
std::string history_with(std::string_view text, std::string_view sql);

}  // namespace portal::store
