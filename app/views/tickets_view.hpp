// Tickets: list, thread with composer, and the form that files a new one.
#pragma once

#include <map>
#include <string>

#include "app/ui/frame.hpp"
#include "app/ui/overlay.hpp"
#include "app/views/search_field.hpp"
#include "app/views/view.hpp"

namespace portal::views {

// What the user is writing. Kept per ticket, so that looking elsewhere loses nothing.
struct ReplyDraft {
    std::string body;
    bool internal = false;
};

struct NewTicketDraft {
    std::string subject;
    std::string description;
    int location = -1;
    int category = 0;
    int priority = 1;
    Id integration;
    bool is_filled = false;  // From the context it was opened with.
    bool was_submitted = false;
    bool is_sent_when_filled = false;  // The user was quicker than the context.
};

// Lives in the shell, across frames.
struct TicketsState {
    SearchField search;
    std::map<Id, ReplyDraft> replies;
    NewTicketDraft draft;
    ui::Shown discard_shown = ui::Shown::no;
};

void tickets_view(const ViewContext& context, TicketsState& state, const vm::TicketsQuery& query, ui::Frame& frame);

}  // namespace portal::views
