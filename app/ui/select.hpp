// One out of many: a combobox whose list opens below, with keyboard, type-ahead and, for long
// lists, a search field.
//
// Thread: the UI thread, inside a frame.
#pragma once

#include "app/ui/paint.hpp"

#include <span>
#include <string>
#include <string_view>

namespace portal::ui {

struct SelectOption {
    std::string_view label = {};
    std::string_view description = {};
    const char* icon = nullptr;
};

struct SelectOptions {
    std::string_view label = {};
    enum class Label : std::uint8_t { shown, hidden } label_shown = Label::shown;
    std::string_view placeholder = {};
    std::string_view error = {};
    std::string_view hint = {};
    std::string_view disabled_reason = {};
    std::string_view search_label = {};  // Not empty: the list has a search field of this name.
    const char* icon = nullptr;
    float width = 0;
    float list_width = 0;  // 0: as wide as the field.
};

// True when the choice changed. `selected` is an index or -1.
bool select(const char* id, std::span<const SelectOption> options, int& selected, const SelectOptions& look);

// The same as a chip: option 0 is what is meant where nothing is chosen; a cross goes back to it.
bool select_chip(const char* id, std::span<const SelectOption> options, int& selected, const SelectOptions& look);
float select_chip_width(std::span<const SelectOption> options, int selected, const SelectOptions& look);

// The first option after `from` whose label starts with what was typed, ignoring case; -1 for none.
// Wraps around.
int type_ahead(std::span<const SelectOption> options, int from, std::string_view typed);

}  // namespace portal::ui
