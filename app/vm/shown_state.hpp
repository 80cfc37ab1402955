// A screen as those who follow a shared view are told of it, and the same state as a screen of one's own.
#pragma once

#include "app/vm/intent.hpp"
#include "shared/model/share.hpp"

namespace portal::vm {

// What followers may be told of a screen; nothing of one that cannot be shared.
std::optional<ShareView> share_view_of(const Query& query);
// The part of a screen that followers may go along with, by the names that the server checks; away for every other
// screen, and for a place that has no address. `scope` is the presenter's choice of places.
ShareViewState shown_state(const Query* query, const Scope& scope);

// The practice that a state is about; empty: all.
Id practice_of(const ShareViewState& state);
// Whether their own rows can show it.
struct FollowingUser {
    bool sees_financing = false;
    bool chooses_practices = false;  // They have more than one.
};
// The screen that a state is, told to somebody who looks at `now`: how the figures are shown stays theirs. Nothing for
// what they cannot see.
std::optional<Query> query_of_state(const ShareViewState& state, const std::optional<Query>& now,
                                    const FollowingUser& user);

}  // namespace portal::vm
