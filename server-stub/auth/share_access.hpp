// Who may look at a shared view now: the guest's cookie, the share it stands for, and what the presenter's grants still
// reach of it. Pure functions over the repository's reads; the clock comes in.
//
// A guest is no user: the cookie is read on addresses under /share/ alone, where no session cookie is, so that a
// browser with both is one or the other by the address it asks for, never both.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server-stub/auth/sessions.hpp"
#include "server-stub/repo/repository.hpp"
#include "shared/rules/share.hpp"

namespace portal::server {

struct ShareStanding {
    ShareState state = ShareState::ended;  // By state, expiry and what is left of the scope.
    ShareRecord record;                    // As stored; without an id when there is none.
    ShareScope scope;  // Narrowed to the reach of who made it and who presents; without practices once ended.
    std::shared_ptr<const Directory> directory;  // Null once ended.
};

ShareStanding standing_of_share(ReadSnapshot& view, std::optional<ShareRecord> record, InstantMs now_ms);
// `guest` is the hash of the cookie's token; unknown ones have ended.
ShareStanding standing_of_guest(ReadSnapshot& view, const std::string& guest, InstantMs now_ms);

// A signed-in user who opened the link.
struct FollowerStanding {
    ShareStanding share;
    ShareScope scope;                            // What of it they reach by their own grants, too.
    std::shared_ptr<const Directory> directory;  // Null when they may not follow.

    bool may_follow() const { return !scope.practices.empty(); }
};
FollowerStanding standing_of_user(ReadSnapshot& view, ShareStanding share, const Id& user);
// The same of those alone who opened the link, or made it.
FollowerStanding standing_of_follower(ReadSnapshot& view, const Id& share, const Id& user, InstantMs now_ms);

// Of a presenter's own share that has not ended. Errors: not_found (also of somebody else's), precondition_failed.
Result<ShareStanding> standing_for_presenter(ReadSnapshot& view, const Id& share, const Id& presenter,
                                             InstantMs now_ms);

// The streams whose rows the datasets are made of. Sorted.
std::vector<StreamId> streams_of_scope(const ShareScope& scope, const Directory& directory);

}  // namespace portal::server
