// The parts of a shared view, drawn from its datasets alone: figures, months, plans, integrations. What is hidden or
// rounded says so in words.
#pragma once

#include <optional>

#include "app/ui/chart.hpp"
#include "app/ui/layout.hpp"
#include "app/views/view.hpp"
#include "shared/model/share_dataset.hpp"

namespace portal::views {

// Lives in the shell, across frames.
struct SharedPartsState {
    ui::ChartState chart;
    ui::Crosshair crosshair;
    ui::TableState plans, integrations;
    std::optional<FigureId> passport;  // Whose is open.
    // The months that the presenter looks at; nothing: all of them.
    std::optional<MonthIndex> first_month, last_month;
    std::string selected;  // As ShareViewState::sel.
};

void shared_figures(const ViewContext& context, SharedPartsState& state, const ShareDataset& dataset);
void shared_months_card(const ViewContext& context, SharedPartsState& state, const ShareDataset& dataset,
                        ui::Grid& grid, ui::Span span);
void shared_plans_card(const ViewContext& context, SharedPartsState& state, const ShareDataset& dataset, ui::Grid& grid,
                       ui::Span span);
void shared_integrations_card(const ViewContext& context, SharedPartsState& state, const ShareDataset& dataset,
                              ui::Grid& grid, ui::Span span);
// The drawer of the figure that was pressed.
void shared_passport(const ViewContext& context, SharedPartsState& state, const ShareDataset& dataset);

}  // namespace portal::views
