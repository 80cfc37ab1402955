// The page of a guest: who shares what until when, the chosen view of the chosen practice, and what is said in its
// place.
#pragma once

#include "app/views/shared_parts_view.hpp"
#include "app/views/view.hpp"
#include "app/vm/guest_part.hpp"

namespace portal::views {

// Where the guest looks; lives in the shell, across frames.
struct SharedViewState {
    ShareView view = ShareView::overview;
    Id practice;
    SharedPartsState parts;
    enum class Follows : std::uint8_t { presenter, own_way } follows = Follows::presenter;
    std::int64_t followed_q = -1;  // The state that was gone along with last.
    std::string pointed_at;        // The place that was brought into sight last.
};

enum class SharedViewEvent : std::uint8_t { none, try_again };
SharedViewEvent shared_view(const ViewContext& context, SharedViewState& state, const vm::GuestPart& part);

vm::Word word_of_share_view(ShareView view);

}  // namespace portal::views
