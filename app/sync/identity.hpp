// Who the server says we are: the reply of GET /api/v1/session.
#pragma once

#include <string_view>

#include "shared/base/limits.hpp"
#include "shared/base/result.hpp"
#include "shared/model/id.hpp"

namespace portal::sync {

inline constexpr std::string_view session_path = "/api/v1/session";

struct Identity {
    Id user;
    bool demo = false;
    std::int64_t lease_days = limits::offline_lease_days;
};

// {"user":{"id":"01J..",...},"demo":false,"lease_days":7}
Result<Identity> decode_identity(std::string_view json);

}  // namespace portal::sync
