// Rows of a list that lead somewhere: tickets, integrations, activity. One or two lines, a mark at the left, facts at
// the right, and a bar when selected.
//
// Thread: the UI thread, inside a frame.
#pragma once

#include "app/ui/paint.hpp"

#include <string>
#include <string_view>

namespace portal::ui {

struct ListRow {
    std::string_view title;
    std::string_view detail = {};    // Second line, quiet.
    std::string_view trailing = {};  // Right of the title.
    Tone trailing_tone = Tone::neutral;
    std::string_view note = {};  // Right of the detail.
    const char* icon = nullptr;
    Tone icon_tone = Tone::neutral;
    std::string_view icon_words = {};  // What the icon says, for those who cannot see it.
    std::string_view href = {};        // A route: middle click and copy-link work.
    enum class Selected : std::uint8_t { no, yes } selected = Selected::no;
    enum class Emphasis : std::uint8_t { normal, strong } emphasis = Emphasis::normal;
};

// Opens a list for the mirror; rows follow. Close with end_list().
void begin_list(const char* id, std::string_view name);
void end_list();

// As wide as the room that is left; true when pressed. Inside begin_list().
bool list_row(const char* id, const ListRow& row);

// Calls `draw(index)` for the rows that can be seen; every row must have a detail line, or none.
template <class Draw>
void visible_rows(std::size_t count, Draw&& draw) {
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(count));
    while (clipper.Step())
        for (int index = clipper.DisplayStart; index < clipper.DisplayEnd; ++index)
            draw(static_cast<std::size_t>(index));
}

}  // namespace portal::ui
