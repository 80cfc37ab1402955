// The share sheet: which practices, views, period and for how long at the left, what becomes visible at the right. A
// link can be copied only once that has been drawn. And the links there are.
#pragma once

#include <optional>

#include "app/ui/overlay.hpp"
#include "app/views/view.hpp"
#include "app/vm/sharing_part.hpp"

namespace portal::views {

// Lives in the shell, across frames.
struct ShareSheetState {
    ui::Shown shown = ui::Shown::no;
    int tab = 0;  // A new link, the links there are.
    std::vector<Id> practices;
    std::vector<ShareView> views;
    int period = 0;
    Day screen_from = 0, screen_until = 0;  // Of the screen that the sheet was opened from.
    int expiry = 1;
    bool was_drawn = false;    // What becomes visible, of just this scope.
    std::optional<Id> ending;  // Asked to be confirmed.
    bool wants_copy = false;   // Of the link that is being made.
    // To whom presenting is about to be handed, while that is asked to be confirmed.
    struct Handing {
        ui::Shown shown = ui::Shown::no;
        Id share, user;
        std::string name;
    } handing;
    // To those who follow: where the mouse is, or like a laser.
    enum class Pointer : std::uint8_t { shown, hidden, laser } pointer = Pointer::shown;
    // Whether guests see the present screen; where it adds up several practices, they see each by itself.
    enum class Seen : std::uint8_t { yes, one_at_a_time, no } seen = Seen::yes;
    bool is_part = false;  // The screen shows fewer days or facts than guests are given.
};

// What the sheet wants done.
struct ShareSheetWishes {
    std::optional<ShareScope> preview;
    std::optional<vm::ShareWish> make;
    bool copy = false;  // The link that was made.
    bool list = false;
    std::optional<std::pair<Id, bool>> pause;  // Share; paused or not.
    std::optional<Id> record;                  // This share.
    enum class Recording : std::uint8_t { as_it_is, stop, save, discard } recording = Recording::as_it_is;
    std::optional<Id> end;
    std::optional<std::pair<Id, Id>> hand_over;  // Share; user.
    bool forget_handing = false;
};

// Of the present screen and scope.
void open_share_sheet(const ViewContext& context, const vm::Query& query, ShareSheetState& state);
// `link` is whole, with the site's origin.
ShareSheetWishes share_sheet_view(const ViewContext& context, ShareSheetState& state, const vm::SharingPart& part,
                                  const vm::RecordingPart& recording, const std::string& link);

// Asks whether presenting is really to be handed over, and says how it went.
void handing_view(const ViewContext& context, ShareSheetState& state, const vm::SharingPart& part,
                  ShareSheetWishes& wishes);

// The bar over the screen while something is shared.
inline constexpr float live_bar_height = 40;
ShareSheetWishes live_bar_view(const ViewContext& context, ShareSheetState& state, const vm::SharingPart& part,
                               const vm::RecordingPart& recording, const ShareListing& live);

}  // namespace portal::views
