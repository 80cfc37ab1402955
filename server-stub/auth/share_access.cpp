#include "server-stub/auth/share_access.hpp"

#include <algorithm>

namespace portal::server {

namespace {

// Whoever was given it presents what they reach of it; when that is nothing, its maker presents again.
void let_other_present(ReadSnapshot& view, ShareStanding& standing) {
    const Id& other = standing.record.presents;
    const auto caller = other.empty() ? std::nullopt : view.caller(other);
    if (!caller) return;
    ShareScope scope = standing.scope;
    scope.presenter = other;
    auto directory = view.directory(other);
    scope = narrowed_scope(std::move(scope), *caller, *directory);
    if (scope.practices.empty()) return;
    standing.scope = std::move(scope);
    standing.directory = std::move(directory);
}

}  // namespace

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
    if (standing.scope.practices.empty()) return standing;
    standing.state = standing.record.state;
    let_other_present(view, standing);
    return standing;
}

FollowerStanding standing_of_user(ReadSnapshot& view, ShareStanding share, const Id& user) {
    FollowerStanding standing;
    standing.share = std::move(share);
    const auto caller = standing.share.state == ShareState::ended ? std::nullopt : view.caller(user);
    if (!caller) return standing;
    standing.directory = view.directory(user);
    standing.scope = followed_scope(standing.share.scope, *caller, *standing.directory);
    return standing;
}

FollowerStanding standing_of_follower(ReadSnapshot& view, const Id& share, const Id& user, InstantMs now_ms) {
    const auto record = view.shares().share(share);
    if (!record || (record->scope.presenter != user && !view.shares().has_user(share, user))) return {};
    return standing_of_user(view, standing_of_share(view, record, now_ms), user);
}

ShareStanding standing_of_guest(ReadSnapshot& view, const std::string& guest, InstantMs now_ms) {
    const auto record = guest.empty() ? std::nullopt : view.shares().guest(guest);
    return record ? standing_of_share(view, view.shares().share(record->share), now_ms) : ShareStanding();
}

Result<ShareStanding> standing_for_presenter(ReadSnapshot& view, const Id& share, const Id& presenter,
                                             InstantMs now_ms) {
    ShareStanding standing = standing_of_share(view, view.shares().share(share), now_ms);
    if (standing.record.id.empty() ||
        (standing.record.scope.presenter != presenter && standing.scope.presenter != presenter))
        return fail(ErrorCode::not_found, "there is no such share");
    if (standing.state == ShareState::ended) return fail(ErrorCode::precondition_failed, "this shared view has ended");
    return standing;
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
