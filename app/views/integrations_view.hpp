// Integrations: the list with its verdict and filters, and the detail of one.
#pragma once

#include <string>

#include "app/ui/frame.hpp"
#include "app/ui/overlay.hpp"
#include "app/ui/table.hpp"
#include "app/views/search_field.hpp"
#include "app/views/view.hpp"

namespace portal::views {

// Lives in the shell, across frames.
struct IntegrationsState {
    SearchField search;
    ui::TableState checks;
    ui::TableState history;
    ui::TableState volumes;
    ui::Shown consent_shown = ui::Shown::no;
    std::string block_reason;
    ui::Shown block_shown = ui::Shown::no;
};

void integrations_view(const ViewContext& context, IntegrationsState& state, const vm::IntegrationsQuery& query,
                       ui::Frame& frame);

}  // namespace portal::views
