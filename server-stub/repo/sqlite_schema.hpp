// The server database's schema.
#pragma once

#include "shared/db/database.hpp"

namespace portal::server {

const db::Schema& server_schema();

}  // namespace portal::server
