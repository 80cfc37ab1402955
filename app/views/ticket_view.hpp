// One ticket: its facts, promise, thread and composer.
#pragma once

#include "app/views/tickets_view.hpp"

namespace portal::views {

void ticket_view(const ViewContext& context, ReplyDraft& draft, const vm::TicketDetail& ticket);

}  // namespace portal::views
