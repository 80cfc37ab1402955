// Following the presenter of a shared view: where they look and point, looking away, and coming back.
#pragma once

#include "app/views/shared_view.hpp"

namespace portal::views {

// Goes along with what the presenter looks at, unless the guest goes their own way.
void follow_presenter(const ShareViewState& shown, SharedViewState& state);
// Who is followed and what they point at; the way back to them.
void following_line(const ViewContext& context, SharedViewState& state, const vm::GuestPart& part);
// To where they have scrolled, once that place is drawn. Within the content.
void follow_scroll(SharedViewState& state);
// Their pointer, over the place that has its name here. After the dataset was drawn.
void shared_pointer(SharedViewState& state, const vm::GuestPart& part);

}  // namespace portal::views
