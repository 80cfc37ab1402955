// The search box of lists: every word of the search is found in some text, letters' case aside (ASCII; others as they
// are).
#pragma once

#include <initializer_list>
#include <string_view>

namespace portal::store {

bool matches_search(std::string_view search, std::initializer_list<std::string_view> texts);

}  // namespace portal::store
