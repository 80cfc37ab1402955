// Buttons and links. Labels are verbs; a button that cannot act says why.
//
// Thread: the UI thread, inside a frame.
#pragma once

#include "app/ui/tokens.hpp"

#include <string_view>

namespace portal::ui {

enum class ButtonKind : std::uint8_t { primary, secondary, quiet, danger };
enum class ButtonSize : std::uint8_t { normal, small };
enum class Busy : std::uint8_t { no, yes };

inline constexpr float fill_width = -1;

struct ButtonOptions {
    ButtonKind kind = ButtonKind::secondary;
    ButtonSize size = ButtonSize::normal;
    const char* icon = nullptr;
    const char* trailing_icon = nullptr;
    std::string_view disabled_reason = {};  // Not empty: the button is disabled, and this is why.
    Busy busy = Busy::no;                   // Shows that it works; ignores presses.
    float width = 0;                        // 0 natural, fill_width the room that is left.
    std::string_view shortcut = {};         // Drawn in the tooltip.
    std::string_view description = {};      // For screen readers, beyond the label.
    std::string_view name = {};             // Accessible name where the label alone is not enough; contains the label.
    std::string_view href = {};             // A route: then it is a link for the mirror (middle click, copy).
};

// True in the frame in which it is pressed (pointer, Enter, Space or the mirror).
bool button(const char* id, std::string_view label, const ButtonOptions& options = {});
// Square, with the label as tooltip and accessible name.
bool icon_button(const char* id, const char* icon, std::string_view label, const ButtonOptions& options = {});
// Text that leads somewhere. `href` is a route of the portal and may be empty.
bool link(const char* id, std::string_view label, std::string_view href, TextStyle style = TextStyle::body_medium);

// Width the button would take, for right-aligned rows.
float button_width(std::string_view label, const ButtonOptions& options = {});
float icon_button_width(ButtonSize size);

// A quiet turning arc; three dots under reduced motion.
void paint_busy(ImVec2 center, float box, ImU32 ink);

}  // namespace portal::ui
