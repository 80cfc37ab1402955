// The names under which a user keeps screens' addresses on this device: a line each in the replica, which is one
// user's. Thread: the store's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/vm/intent.hpp"

namespace portal::store {

// Views without a name, or of an address that is none, are left out; so are those beyond limits::saved_views_max.
std::string text_of_views(const std::vector<vm::SavedView>& views);
std::vector<vm::SavedView> read_views(std::string_view text);

}  // namespace portal::store
