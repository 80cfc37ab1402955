// Deposits: settled sales against what arrived, by state, location and day; one day with what is behind it.
#pragma once

#include <map>
#include <string>

#include "app/ui/table.hpp"
#include "app/views/view.hpp"

namespace portal::views {

// A review as it is written.
struct ReviewDraft {
    std::string note;
    bool was_submitted = false;
};

// Lives in the shell, across frames.
struct DepositsState {
    ui::TableState table;
    std::map<std::pair<Id, Day>, ReviewDraft> drafts;
};

void deposits_view(const ViewContext& context, DepositsState& state, const vm::DepositsQuery& query);

}  // namespace portal::views
