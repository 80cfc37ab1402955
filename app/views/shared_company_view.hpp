// What a guest may say to the presenter: a name for themselves, and three things to press. In the top bar.
#pragma once

#include "app/ui/button.hpp"
#include "app/views/shared_view.hpp"

namespace portal::views {

void shared_company_bar(const ViewContext& context, SharedCompanyState& state, const vm::GuestPart& part,
                        SharedViewWishes& wishes);

// The three things to press, side by side: the one that was pressed, if one was.
std::optional<ShareReaction> reaction_buttons(const ViewContext& context, SharedCompanyState& state,
                                              ui::ButtonSize size);
float reaction_buttons_width(ui::ButtonSize size);

// How one is drawn and called, for guests and presenter.
const char* icon_of(ShareReaction reaction);
vm::Word word_of(ShareReaction reaction);

}  // namespace portal::views
