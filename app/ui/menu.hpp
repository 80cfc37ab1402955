// Menus and popovers: small raised surfaces that open beside what was pressed and close on Esc,
// choice or a press outside.
//
// Thread: the UI thread, inside a frame.
#pragma once

#include "app/ui/paint.hpp"

#include <span>
#include <string_view>

namespace portal::ui {

struct MenuItem {
    const char* id = "";
    std::string_view label = {};
    const char* icon = nullptr;
    std::string_view shortcut = {};
    std::string_view description = {};      // A quiet second line.
    std::string_view disabled_reason = {};  // Not empty: disabled.
    Tone tone = Tone::neutral;              // bad: a destructive verb.
    enum class Checked : std::uint8_t { none, no, yes } checked = Checked::none;
    enum class Divider : std::uint8_t { none, above } divider = Divider::none;
};

// Call in the frame in which the button was pressed.
void open_menu(const char* id);
// Call every frame directly after the button (its rectangle is the anchor). Index of the chosen
// item, or -1.
int menu(const char* id, std::span<const MenuItem> items, float width = 0);

// The same below a place that is known.
int menu_at(const char* id, Box anchor, std::span<const MenuItem> items, float width = 0);

void open_popover(const char* id);
bool is_popover_open(const char* id);
// Like menu(), for any content. `width` 0 fits the content. Call end_popover() only when it
// returned true.
bool begin_popover(const char* id, std::string_view name, float width = 0, float padding = space::medium);
bool begin_popover_at(const char* id, Box anchor, std::string_view name, float width = 0,
                      float padding = space::medium);
void end_popover();
void close_popover();

// A row of a menu, listbox or palette, as wide as the room that is left.
struct OptionRow {
    const char* icon = nullptr;
    std::string_view label = {};
    std::string_view description = {};
    std::string_view trailing = {};
    Tone tone = Tone::neutral;
    enum class Mark : std::uint8_t { none, highlighted, selected, selected_and_highlighted } mark = Mark::none;
    enum class Enabled : std::uint8_t { yes, no } enabled = Enabled::yes;
    mirror::Role role = mirror::Role::option;
};
bool option_row(ImGuiID id, const OptionRow& row);
float option_row_height(const OptionRow& row);

}  // namespace portal::ui
