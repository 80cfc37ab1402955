// Action items: the list by when they are due, one item with its fields, and the form that adds one.
#pragma once

#include <map>
#include <string>

#include "app/ui/frame.hpp"
#include "app/ui/overlay.hpp"
#include "app/views/search_field.hpp"
#include "app/views/view.hpp"

namespace portal::views {

// The fields of one item as they are written.
struct ActionFields {
    std::string title;
    std::string note;
    Id owner;
    std::string due;  // As typed.
    bool was_submitted = false;
};

// An item that is looked at. Fields nobody has touched follow the snapshot.
struct ActionEdit {
    vm::ActionValues seen;
    ActionFields fields;
    std::int64_t saved_revision = 0;  // Snapshots up to it do not have the saved values yet.
    bool is_filled = false;
};

struct NewActionDraft {
    ActionFields fields;
    Id practice;
    bool is_filled = false;
};

// Lives in the shell, across frames.
struct ActionsState {
    SearchField search;
    std::map<Id, ActionEdit> edits;
    NewActionDraft draft;
};

void actions_view(const ViewContext& context, ActionsState& state, const vm::ActionsQuery& query, ui::Frame& frame);

}  // namespace portal::views
