// "Who needs me": the account manager's practices by risk and dollars.
#pragma once

#include <optional>
#include <string_view>

#include "app/ui/layout.hpp"
#include "app/views/overview_cards.hpp"

namespace portal::views {

void book_card(const ViewContext& context, ui::Grid& grid, OverviewState& state, const vm::OverviewPart& part);
// The figure of a practice that a passport's name tells, when it is one of the book's own.
std::optional<HomeFigure> book_figure(const ViewContext& context, const vm::OverviewPart& part,
                                      std::string_view passport);

}  // namespace portal::views
