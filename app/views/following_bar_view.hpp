// The bar over the screen while a shared view is followed in one's own portal: whom, how it goes, and what may be
// pressed.
#pragma once

#include "app/views/shared_view.hpp"

namespace portal::views {

// Lives in the shell, across frames.
struct FollowingBarState {
    FollowState following;
    SharedCompanyState company;
};

struct FollowingBarWishes {
    std::optional<ShareReaction> reaction;
    bool leave = false;
    bool try_again = false;
    bool take_back = false;  // Presenting.
};

// `may_take_back`: the reader made the link.
FollowingBarWishes following_bar_view(const ViewContext& context, FollowingBarState& state, const vm::GuestPart& part,
                                      bool may_take_back);

}  // namespace portal::views
