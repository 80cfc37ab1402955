// The server database's schema, as migrations.
#pragma once

#include <span>

#include "shared/db/database.hpp"

namespace portal::server {

std::span<const db::Migration> schema_migrations();

}  // namespace portal::server
