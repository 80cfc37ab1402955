// Dialogs, sheets and drawers: modal surfaces over the screen. Focus stays inside, Esc closes the
// topmost.
//
//     DialogOptions options = {.title = ...};
//     if (begin_dialog("new_ticket", open, options)) { ...body...; dialog_footer(); ...buttons...;
//     end_dialog(); }
//
// Thread: the UI thread, inside a frame.
#pragma once

#include "app/ui/paint.hpp"

#include <string_view>

namespace portal::ui {

enum class DialogKind : std::uint8_t {
    dialog,  // Centred; as high as its content.
    sheet,   // Centred and large with a fixed height; the whole screen on phones.
    drawer,  // At the right edge, full height; the whole screen on phones.
};

struct DialogOptions {
    DialogKind kind = DialogKind::dialog;
    std::string_view title = {};
    std::string_view subtitle = {};
    float width = 480;
    float height = 640;  // Sheets only.
    enum class OutsidePress : std::uint8_t { keeps, closes } outside_press = OutsidePress::keeps;
};

enum class Shown : std::uint8_t { no, yes };

// `shown` is the caller's: set it to open, it is reset when the user closes. Call end_dialog() only
// when this returned true.
bool begin_dialog(const char* id, Shown& shown, const DialogOptions& options);
void end_dialog();
// Starts the row of buttons: right-aligned, `width` is what they take together (0: from the left).
void dialog_footer(float width = 0);

}  // namespace portal::ui
