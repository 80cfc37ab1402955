// The page of a guest: who shares what until when, the chosen view of the chosen practice, and what is said in its
// place.
#pragma once

#include "app/views/shared_parts_view.hpp"
#include "app/views/view.hpp"
#include "app/vm/guest_part.hpp"

namespace portal::views {

// What a guest types and presses; lives in the shell, across frames.
struct SharedCompanyState {
    std::string name;
    std::optional<ShareReaction> pressed;
    InstantMs pressed_ms = 0;
};

// How far somebody goes along with a presenter, in a guest's page and in the portal; lives in the shell, across frames.
//
//   presenter --looks around by themselves--> own_way --resumes--> presenter
struct FollowState {
    enum class Follows : std::uint8_t { presenter, own_way } follows = Follows::presenter;
    std::int64_t followed_q = -1;  // The state that was gone along with last.
    std::string pointed_at;        // The place that was brought into sight last.
    std::string top;               // Where the presenter has scrolled to, as it was gone along with.
    std::int64_t scroll = 0;
    enum class Scrolling : std::uint8_t { done, due } scrolling = Scrolling::done;
};

// Where the guest looks; lives in the shell, across frames.
struct SharedViewState {
    ShareView view = ShareView::overview;
    Id practice;
    SharedPartsState parts;
    FollowState following;
    SharedCompanyState company;
};

// What the guest wants said.
struct SharedViewWishes {
    bool try_again = false;
    std::optional<std::string> name;
    std::optional<ShareReaction> reaction;
};
SharedViewWishes shared_view(const ViewContext& context, SharedViewState& state, const vm::GuestPart& part);

// The same without the page's frame.
SharedViewWishes shared_content(const ViewContext& context, SharedViewState& state, const vm::GuestPart& part);

vm::Word word_of_share_view(ShareView view);

}  // namespace portal::views
