// Tooltips: extra words for a pointer that rests. Whatever they say is also in the mirror or within
// reach without hovering.
//
// Thread: the UI thread, inside a frame.
#pragma once

#include "app/ui/paint.hpp"

#include <string_view>

namespace portal::ui {

// For the item submitted last. `shortcut` is drawn as keys ("Ctrl K").
void tooltip(std::string_view content, std::string_view shortcut = {});
// For anything drawn by hand.
void tooltip_over(Box box, std::string_view content);
// Several lines at the pointer, at once (charts): a title and label/value pairs are drawn by the
// caller between these.
bool begin_tooltip_panel();
void end_tooltip_panel();

}  // namespace portal::ui
