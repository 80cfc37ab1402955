// The field above a list that narrows it by words, and says what the address says.
//
// Thread: the UI thread, inside a frame.
#pragma once

#include <string>

#include "app/ui/text_field.hpp"
#include "app/views/view.hpp"

namespace portal::views {

// Lives in the shell, across frames.
struct SearchField {
    std::string text;   // As it stands in the field.
    std::string asked;  // What the address said then.
    int number = 0;     // Another field after another address.
    bool takes_focus = false;
};

struct SearchFieldOptions {
    std::size_t bytes_max = 500;
    float width = 0;  // 0: the room that is left.
    std::string_view disabled_reason = {};
};

// True when something was typed: `search`, the address's own, is then what it should say.
bool search_field(const ViewContext& context, SearchField& field, vm::Word label, std::string& search,
                  const SearchFieldOptions& options = {});

}  // namespace portal::views
