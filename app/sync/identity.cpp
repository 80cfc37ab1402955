#include "app/sync/identity.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace portal::sync {

Result<Identity> decode_identity(std::string_view text) {
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("user") || !json["user"].is_object() || !json["user"].contains("id") ||
        !json["user"]["id"].is_string())
        return fail(ErrorCode::corrupted, "the session reply names no user");
    Identity identity;
    identity.user = json["user"]["id"].get<std::string>();
    if (!is_id(identity.user)) return fail(ErrorCode::corrupted, "the session reply's user is no id");
    if (json.contains("demo") && json["demo"].is_boolean()) identity.demo = json["demo"].get<bool>();
    // An older server says nothing of it.
    if (json.contains("lease_days") && json["lease_days"].is_number_integer())
        identity.lease_days =
            std::clamp<std::int64_t>(json["lease_days"].get<std::int64_t>(), 1, limits::offline_lease_days_max);
    return identity;
}

}  // namespace portal::sync
