// Where the tree that is tested lies. Tests of the tree itself and of files kept in it need that; all others run from
// anywhere.
#pragma once

#include <filesystem>

namespace portal::test {

std::filesystem::path source_folder();

}  // namespace portal::test
