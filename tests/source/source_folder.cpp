#include "tests/source/source_folder.hpp"

namespace portal::test {

std::filesystem::path source_folder() {
    // The build gives the path to this file alone, so that the compiler's cache serves every checkout.
    return PORTAL_SOURCE_DIR;
}

}  // namespace portal::test
