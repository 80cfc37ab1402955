// The links that a presenter has made, and what may be done with each.
#pragma once

#include "app/views/share_sheet_view.hpp"

namespace portal::views {

void share_list_view(const ViewContext& context, ShareSheetState& state, const vm::SharingPart& part,
                     ShareSheetWishes& wishes);

}  // namespace portal::views
