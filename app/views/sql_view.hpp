// The SQL console: a question, what it came to, the tables that can be asked, and what was asked before.
#pragma once

#include <memory>
#include <string>

#include "app/ui/overlay.hpp"
#include "app/ui/table.hpp"
#include "app/views/view.hpp"

namespace portal::views {

// Lives in the shell, across frames.
struct SqlState {
    std::string sql;
    int field = 0;  // Counts the texts that came from elsewhere: a field that is edited keeps its own.
    ui::Shown tables_shown = ui::Shown::no;
    ui::Shown history_shown = ui::Shown::no;
    ui::TableState table;
    std::shared_ptr<const vm::SqlAnswer> shown;  // What `table` belongs to.
};

void sql_view(const ViewContext& context, SqlState& state);

}  // namespace portal::views
