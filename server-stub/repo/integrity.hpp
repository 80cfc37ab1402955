// Whether a repository's parts agree with each other; works on any implementation.
#pragma once

#include <string>
#include <vector>

#include "server-stub/repo/repository.hpp"

namespace portal::server {

// Recomputes every stream's rows, count and sum, and looks for references to missing rows. At most
// limits::integrity_problems_max sentences.
std::vector<std::string> find_problems(ReadSnapshot& snapshot);

}  // namespace portal::server
