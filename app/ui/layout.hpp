// Layout inside a screen: areas that confine what is drawn to a width, the 12-column grid, cards
// and rows.
//
// Cards are not ImGui child windows: those skip everything that is scrolled out of sight, and then
// neither the mirror nor the measuring of heights would see it.
//
// Thread: the UI thread, inside a frame.
#pragma once

#include "app/mirror/mirror.hpp"
#include "app/ui/paint.hpp"
#include "app/ui/text.hpp"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace portal::ui {

// Confines layout to `width` pixels from `origin` until it dies; then the cursor goes on below it.
class Area {
  public:
    Area(ImVec2 origin, float width);
    // From the cursor.
    explicit Area(float width);
    ~Area() { close(); }
    Area(const Area&) = delete;
    Area& operator=(const Area&) = delete;

    // Ends the area early and returns the height that was used.
    float close();
    float height_so_far() const;
    float width() const { return m_width; }

  private:
    ImVec2 m_origin;
    float m_width = 0;
    float m_height = 0;
    float m_work_max_x = 0;
    float m_content_max_x = 0;
    bool m_is_open = false;
};

// How many of twelve columns a cell takes at each breakpoint. 0 takes over what the next smaller
// breakpoint says.
struct Span {
    int phone = 12;
    int tablet = 0;
    int desktop = 0;
    int wide = 0;
};
int columns_of(const Span& span, Breakpoint where);

struct CardOptions {
    std::string_view title = {};
    std::string_view subtitle = {};
    std::string_view as_of = {};         // "As of 9:12 AM", at the bottom.
    std::string_view action_label = {};  // A link at the right of the title.
    std::string_view action_href = {};
    float height_min = 0;
    float padding = space::card;
    Tone tone = Tone::neutral;  // Other than neutral tints the ground (internal notes, warnings).
    int heading_level = 2;
};

// A place in the grid that has been opened.
struct Cell {
    Box box;
    bool action_pressed = false;
};

// Lays cells out in rows of twelve columns; cells of one row get the height of the tallest.
// Heights are those of the last frame, so a change settles one frame later (and that frame is asked
// for).
class Grid {
  public:
    // From the cursor, as wide as the room that is left, at most `width_max`.
    explicit Grid(const char* id, float width_max = size::dashboard_width_max);
    ~Grid() { finish(); }
    Grid(const Grid&) = delete;
    Grid& operator=(const Grid&) = delete;

    // A bare cell, then a framed one. Close each with end_cell().
    Cell begin_cell(Span span, float height_min = 0);
    Cell begin_card(const char* id, Span span, const CardOptions& options = {});
    void end_cell();
    // Ends the grid before its scope does; the cursor goes on below it.
    void finish();
    float column_width(int columns) const;

  private:
    Box place(Span span, float height_min);
    void finish_row();
    ImGuiID row_key() const;

    struct Open {
        Box box;
        float padding = 0;
        float footer = 0;
        std::string_view as_of;
        bool is_card = false;
        std::size_t landmarks = 0;  // Noted before it.
    };
    bool m_is_finished = false;
    ImGuiID m_id = 0;
    ImVec2 m_origin;
    float m_width = 0;
    float m_gutter = 0;
    int m_row = 0;
    int m_column = 0;
    float m_row_top = 0;
    float m_row_height = 0;   // Last frame's.
    float m_row_tallest = 0;  // This frame's.
    Open m_open;
    std::optional<Area> m_area;
};

// A card outside of a grid: as wide as the room that is left (or `width`), as high as its content.
class Card {
  public:
    Card(const char* id, const CardOptions& options = {}, float width = 0);
    ~Card();
    Card(const Card&) = delete;
    Card& operator=(const Card&) = delete;
    bool action_pressed() const { return m_action_pressed; }

  private:
    ImGuiID m_id = 0;
    Box m_box;
    CardOptions m_options;
    bool m_action_pressed = false;
    std::optional<Area> m_area;
};

// Title of a part of a page, with an optional quiet sentence.
void section_heading(std::string_view title, std::string_view sentence = {}, int level = 2);
void rule(float space_around = space::medium);

// Splits the room into columns of given widths (a value <= 0 shares what is left in that
// proportion) side by side.
class Columns {
  public:
    explicit Columns(std::initializer_list<float> widths, float gap = space::section);
    ~Columns();
    Columns(const Columns&) = delete;
    Columns& operator=(const Columns&) = delete;
    // Opens the next column; the former one is closed.
    void next();

  private:
    static constexpr int columns_max = 8;
    ImVec2 m_origin;
    float m_widths[columns_max] = {};
    int m_count = 0;
    int m_index = -1;
    float m_x = 0;
    float m_gap = 0;
    float m_tallest = 0;
    std::optional<Area> m_area;
};

// Moves the cursor so that something `width` wide ends at the right edge, on the line of the last
// item.
void align_right(float width);

// Draws widgets from left to right and wraps to a new line when the next one would not fit.
void flow(float next_width, float gap = space::small);

}  // namespace portal::ui
