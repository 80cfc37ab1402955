// One integration: score with its parts, stage, checks, history, incidents and tickets.
#pragma once

#include "app/views/integrations_view.hpp"

namespace portal::views {

void integration_view(const ViewContext& context, IntegrationsState& state, const vm::IntegrationDetail& detail,
                      const vm::IntegrationsQuery& query);

}  // namespace portal::views
