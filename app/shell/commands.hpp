// Ctrl+K and the keyboard: the command palette, two-key shortcuts and the sheet that lists them.
//
// Thread: the UI thread, inside a frame.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/ui/palette.hpp"
#include "app/views/view.hpp"

namespace portal::shell {

enum class Shortcut : std::uint8_t {
    overview,
    integrations,
    financing,
    tickets,
    actions,
    deposits,
    sql,
    new_ticket,
    search,
    commands,
    help
};

class Commands {
  public:
    void open();
    void open_shortcuts() { m_sheet_shown = ui::Shown::yes; }

    // Call before the screen is drawn. Opening the palette or the sheet is handled here. Null: nobody is known yet.
    std::optional<Shortcut> handle_keys(vm::Language language, const vm::SessionPart* session);
    // Draws what is open; the place that was chosen.
    std::optional<vm::Query> draw(const views::ViewContext& context);

  private:
    struct Place {
        std::string label;
        std::string hint;
        const char* icon = nullptr;
        vm::Query query;
        enum class Leads : std::uint8_t { to_query, to_share_sheet } leads = Leads::to_query;
    };
    void collect(const views::ViewContext& context);
    std::vector<ui::Shortcut> shortcuts(vm::Language language, const vm::SessionPart* session) const;

    ui::PaletteState m_palette;
    ui::Shown m_sheet_shown = ui::Shown::no;
    ui::ShortcutListener m_listener;
    // Collected when the palette opens, not each frame.
    std::vector<Place> m_places;
    bool m_is_stale = true;
};

}  // namespace portal::shell
