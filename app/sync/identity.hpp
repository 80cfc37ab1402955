// Who the server says we are: the reply of GET /api/v1/session.
#pragma once

#include <string_view>

#include "shared/base/result.hpp"
#include "shared/model/id.hpp"

namespace portal::sync {

inline constexpr std::string_view session_path = "/api/v1/session";

struct Identity {
    Id user;
    bool demo = false;
};

// {"user":{"id":"01J..",...},"demo":false}
Result<Identity> decode_identity(std::string_view json);

}  // namespace portal::sync
