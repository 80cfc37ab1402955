// Text: every run that is drawn here also becomes a node of the accessible mirror.
//
// Thread: the UI thread, inside a frame.
#pragma once

#include "app/ui/paint.hpp"

#include <string_view>

namespace portal::ui {

enum class Align : std::uint8_t { left, center, right };

// At the cursor, one line per '\n'; advances the cursor like any item.
void text(TextStyle style, std::string_view content, Color role = Color::text);
// Wrapped at `width`, or at the room that is left when 0.
void text_wrapped(TextStyle style, std::string_view content, Color role = Color::text, float width = 0);
// One line, cut with an ellipsis at `width` (0: the room that is left); the whole text is in the
// mirror and in a tooltip.
void text_cut(TextStyle style, std::string_view content, float width = 0, Color role = Color::text);
void text_aligned(TextStyle style, std::string_view content, float width, Align align, Color role = Color::text);
// A heading for screen readers, of level 1..6 below the part it stands in; looks like `style`.
void heading(int level, TextStyle style, std::string_view content, Color role = Color::text);
// Between these, headings stand below the one that heads the screen: a detail beside its list.
void begin_headings_below();
void end_headings_below();

// At a place of one's own, without moving the cursor. `width` 0 means uncut.
void text_at(ImVec2 position, TextStyle style, std::string_view content, Color role = Color::text, float width = 0,
             Align align = Align::left);
// An icon with words behind it for those who cannot see it ("Late"); empty words mean decoration.
void icon(const char* glyph, float box = size::icon, Color role = Color::text_muted,
          std::string_view words_for_it = {});

void space_below(float height);
// The next item goes on the same line, `gap` after the last one.
void beside(float gap = space::small);

}  // namespace portal::ui
