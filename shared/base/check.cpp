#include "shared/base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace portal {

void check_failed(std::string_view message, std::source_location where) {
    std::fprintf(stderr, "check failed at %s:%u: %.*s\n", where.file_name(), where.line(),
                 static_cast<int>(message.size()), message.data());
    std::abort();
}

}  // namespace portal
