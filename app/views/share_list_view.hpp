// The links that a presenter has made, and what may be done with each.
#pragma once

#include <span>

#include "app/views/share_sheet_view.hpp"

namespace portal::views {

void share_list_view(const ViewContext& context, ShareSheetState& state, const vm::SharingPart& part,
                     const vm::RecordingPart& recording, ShareSheetWishes& wishes);

// What the list and the live bar have in common.
struct ShareStateLook {
    vm::Word word;
    ui::Tone tone;
    const char* icon;
};
ShareStateLook look_of_share(ShareState state);
// "Willow Creek" or "Willow Creek and 3 more".
std::string names_of_practices(const ViewContext& context, std::span<const Id> practices);
float share_pause_width(const ViewContext& context, const ShareListing& share);
void share_pause_button(const ViewContext& context, const ShareListing& share, ShareSheetWishes& wishes);
// Of the one that ends it, or of the two that are asked with.
float share_stop_width(const ViewContext& context, const ShareSheetState& state, const ShareListing& share);
void share_stop_buttons(const ViewContext& context, ShareSheetState& state, const ShareListing& share,
                        ShareSheetWishes& wishes);

}  // namespace portal::views
