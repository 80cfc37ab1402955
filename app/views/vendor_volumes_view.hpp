// What a vendor is told of a practice's volumes, and the practice's word on it.
#pragma once

#include "app/ui/layout.hpp"
#include "app/views/integrations_view.hpp"

namespace portal::views {

// Each draws nothing for whom it is not.
void vendor_volumes_card(const ViewContext& context, ui::Grid& grid, ui::TableState& table,
                         const vm::IntegrationDetail& detail, vm::IntegrationsQuery query);
void vendor_consent_card(const ViewContext& context, ui::Grid& grid, IntegrationsState& state,
                         const vm::IntegrationDetail& detail);

}  // namespace portal::views
