// The command palette (Ctrl+K), the two-key shortcuts (g then a letter) and the sheet that lists
// them. Domain-free: the caller gives commands and gets back an index or an id.
//
// Thread: the UI thread, inside a frame.
#pragma once

#include "app/ui/overlay.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portal::ui {

struct PaletteItem {
    std::string_view label = {};
    std::string_view hint = {};  // "Practice", or the shortcut.
    const char* icon = nullptr;
    std::string_view keywords = {};  // Found as well as the label.
};

struct PaletteState {
    Shown shown = Shown::no;
    std::string query = {};
    int highlighted = 0;
    std::vector<int> matches;  // Indices into the items, best first.
};

void open_palette(PaletteState& state);
// Draws it while shown. The chosen item's index, or -1.
int palette(PaletteState& state, std::string_view name, std::string_view placeholder,
            std::span<const PaletteItem> items);
// Pure: at most `matches_max` indices, best first; all in order when the query is empty.
void rank(std::string_view query, std::span<const PaletteItem> items, std::vector<int>& out);
inline constexpr std::size_t palette_matches_max = 50;

// A shortcut: one key ("/"), or "g" and a letter.
struct Shortcut {
    std::string_view keys = {};  // "g o", "/", "?", "Ctrl K", "c"
    std::string_view label = {};
    int command = 0;  // The caller's.
};

class ShortcutListener {
  public:
    // The command of a completed shortcut, or -1. Nothing while a field is being edited or a popup
    // is open.
    int listen(std::span<const Shortcut> shortcuts);
    bool waits_for_second_key() const { return m_prefix != 0; }

  private:
    char m_prefix = 0;
    double m_prefix_at_seconds = 0;
};

void shortcut_sheet(Shown& shown, std::string_view title, std::span<const Shortcut> shortcuts);

}  // namespace portal::ui
