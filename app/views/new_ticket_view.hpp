// The form that files a ticket, filled in from the check it was opened from.
#pragma once

#include "app/views/tickets_view.hpp"

namespace portal::views {

void new_ticket_view(const ViewContext& context, TicketsState& state, const vm::TicketsQuery& query);

}  // namespace portal::views
