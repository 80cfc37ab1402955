// The checks of an integration: the latest reported day with reasons and next steps, and the last 30 days.
#pragma once

#include "app/ui/layout.hpp"
#include "app/views/integrations_view.hpp"

namespace portal::views {

void checks_card(const ViewContext& context, ui::Grid& grid, ui::TableState& table, const vm::IntegrationDetail& detail,
                 const vm::IntegrationsQuery& query);
void history_card(const ViewContext& context, ui::Grid& grid, ui::TableState& table,
                  const vm::IntegrationDetail& detail);

}  // namespace portal::views
