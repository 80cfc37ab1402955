// The views that the user keeps: names for filters and orders, to open, rename and delete; a deletion can be undone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/ui/overlay.hpp"
#include "app/views/view.hpp"

namespace portal::views {

// Lives in the shell, across frames.
struct SavedViewsState {
    ui::Shown shown = ui::Shown::no;
    std::string name;     // Of the view to be saved.
    std::string renamed;  // What one is to be called.
    std::optional<std::size_t> renaming;
    std::optional<std::vector<vm::SavedView>> before_deletion;
    std::string deleted_name;
};

float saved_views_button_width(const ViewContext& context);
void saved_views_button(const ViewContext& context, SavedViewsState& state);
// The drawer, where it is open. `query` is what the screen shows.
void saved_views_view(const ViewContext& context, SavedViewsState& state, const std::vector<vm::SavedView>& views,
                      const vm::FinancingQuery& query);

}  // namespace portal::views
