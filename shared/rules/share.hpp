// What may be shared and what a presenter may show of it: pure functions, both sides. Unknown means no.
//
// A share's scope is checked against the presenter's own grants when it is made, and narrowed to what they still reach
// whenever something is handed to a guest. So a lost grant narrows the share at once, and ends it with its last
// practice.
#pragma once

#include "shared/base/result.hpp"
#include "shared/model/share.hpp"
#include "shared/rules/access.hpp"

namespace portal {

// Account managers and leads within their books, administrators of a practice within it.
bool role_may_share(Role role);

// The practices that the caller may share now: those that a grant with such a role reaches. Sorted, unique.
std::vector<Id> shareable_practices(const Caller& caller, const Directory& directory);

// Of a scope that the caller is about to share; sorted and without repeats afterwards. Errors: permission_denied (a
// practice outside the caller's reach, another presenter), invalid_argument (empty, too large, a period that is none).
Result<ShareScope> checked_scope(ShareScope scope, const Caller& presenter, const Directory& directory);

// What is left of a scope; without practices when nothing is, and when the presenter is somebody else.
ShareScope narrowed_scope(ShareScope scope, const Caller& presenter, const Directory& directory);

// What of a scope a signed-in follower may read by any grant of their own.
ShareScope followed_scope(ShareScope scope, const Caller& follower, const Directory& directory);

// Whether presenting the scope may be handed to the caller: they may share all of it themselves.
bool may_present(const ShareScope& scope, const Caller& caller, const Directory& directory);

// In place of a state that somebody may not be told: only that the presenter looks elsewhere.
ShareViewState away_state(ShareView route, std::int64_t q);

// Whether guests of the scope may be told the state: a filter or selection names nothing outside of it. Error
// permission_denied says which member does, never what it named.
//
//   filters  practice, location, integration    ids inside the scope
//            plan                               any id: plans are reference data
//            channel, grain                     closed words; grain "day" only with drill-down
//            from, to                           days of the period
//   sel      practice: location: integration: plan:    as the filters
//            month:<yyyy-mm>                    a month of the period
//            day:<yyyy-mm-dd>                   a day of the period, only with drill-down
Status check_view_state(const ShareViewState& state, const ShareScope& scope, const Directory& directory);

// What a guest may call themselves: one short line. Empty: they take it back.
Status check_follower_name(std::string_view name);

// A widget's name in lower case, which no id is, and a place on it.
Status check_pointer(const SharePointer& pointer);

}  // namespace portal
