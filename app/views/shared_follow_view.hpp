// Following the presenter of a shared view: where they look and point, looking away, and coming back.
#pragma once

#include "app/views/shared_view.hpp"

namespace portal::views {

// Whether there is something new to go along with: not while somebody goes their own way.
bool goes_along(const ShareViewState& shown, FollowState& state);
// Back to where the presenter is.
void resume_following(FollowState& state);
// Goes along with what the presenter looks at.
void follow_presenter(const ShareViewState& shown, SharedViewState& state);
// Who is followed and what they point at; the way back to them.
void following_line(const ViewContext& context, SharedViewState& state, const vm::GuestPart& part);
// To where they have scrolled, once that place is drawn. Within the content.
void follow_scroll(FollowState& state);
// Their pointer, over the place that has its name here. After the content was drawn.
void shared_pointer(FollowState& state, const vm::GuestPart& part);

}  // namespace portal::views
