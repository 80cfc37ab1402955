#include "server-stub/auth/share_access.hpp"

#include <algorithm>

namespace portal::server {

ShareStanding standing_of_share(ReadSnapshot& view, std::optional<ShareRecord> record, InstantMs now_ms) {
    ShareStanding standing;
    if (!record) return standing;
    standing.record = std::move(*record);
    if (standing.record.state == ShareState::ended || now_ms >= standing.record.expires_ms) return standing;
    const Id& presenter = standing.record.scope.presenter;
    // Null for a disabled one.
    const auto caller = view.caller(presenter);
    if (!caller) return standing;
    standing.directory = view.directory(presenter);
    standing.scope = narrowed_scope(standing.record.scope, *caller, *standing.directory);
    if (!standing.scope.practices.empty()) standing.state = standing.record.state;
    return standing;
}

ShareStanding standing_of_guest(ReadSnapshot& view, const std::string& guest, InstantMs now_ms) {
    const auto record = guest.empty() ? std::nullopt : view.shares().guest(guest);
    return record ? standing_of_share(view, view.shares().share(record->share), now_ms) : ShareStanding();
}

std::vector<StreamId> streams_of_scope(const ShareScope& scope, const Directory& directory) {
    std::vector<StreamId> streams;
    for (const Id& practice : scope.practices) {
        streams.push_back("p:" + practice);
        for (const Id& location : directory.locations_of(practice))
            streams.push_back("l:" + location + ":fin");
        for (const Id& integration : directory.integrations_of_practice(practice))
            streams.push_back("i:" + integration);
    }
    std::sort(streams.begin(), streams.end());
    return streams;
}

}  // namespace portal::server
