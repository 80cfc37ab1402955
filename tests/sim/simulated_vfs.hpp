// SQLite's door to a simulated disk.
#pragma once

#include <sqlite3.h>

#include <memory>

#include "tests/sim/simulated_disk.hpp"

namespace portal::sim {

// Registered under the disk's name until unregister_vfs().
std::unique_ptr<sqlite3_vfs> register_vfs(SimulatedDisk& disk);
void unregister_vfs(sqlite3_vfs& vfs);

}  // namespace portal::sim
