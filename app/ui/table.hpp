// Tables of any length: sticky header, sorting, resizing, choosing of columns, keyboard, and rows
// that are made only while they can be seen. Below 640 pixels of width the rows become two-line
// list items.
//
//     const Column columns[] = {{"practice", "Practice", -2}, {"net", "Net financed volume", 140,
//     Align::right}}; TableResult result = table("book", {.name = "Practices", .row_count = n,
//     .columns = columns}, state,
//                                [&](std::int64_t row, TableRow& out) { out.cell({.text =
//                                names[row]}); out.cell({.text = net[row]}); });
//     if (result.activated_row >= 0) ...
//
// Rows are addressed by integers and scrolled by an integer pixel offset: a million rows scroll
// exactly, which ImGui's own float offset cannot do. The callback gives one cell per column, in the
// order of the columns, hidden ones included.
//
// Thread: the UI thread, inside a frame.
#pragma once

#include "app/ui/paint.hpp"
#include "app/ui/text.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace portal::ui {

inline constexpr int table_columns_max = 32;

enum class Sortable : std::uint8_t { no, yes };
enum class Hidden : std::uint8_t { no, yes };  // At first; the chooser changes it.
// What a column becomes in the narrow list.
enum class NarrowPlace : std::uint8_t { subtitle, title, trailing, dropped };

// A button beside the title that asks for a filter of the column; filled when there is one.
enum class HeadFilter : std::uint8_t { none, offered, set };

// Whether the words of a column's cells are buttons of their own beside the row's.
enum class Cells : std::uint8_t { rest, press };

struct Column {
    const char* id = "";
    std::string_view title = {};
    float width = -1;  // Pixels; negative: a share of what is left, in that proportion.
    Align align = Align::left;
    Sortable sortable = Sortable::no;
    NarrowPlace narrow = NarrowPlace::subtitle;  // The first column is the title unless another says so.
    Hidden hidden = Hidden::no;
    float width_min = 64;
    HeadFilter filter = HeadFilter::none;
    Cells cells = Cells::rest;
};

// What a cell shows. Text is copied, so temporaries may be passed.
struct TableCell {
    enum class Kind : std::uint8_t { text, strong, muted, badge, status, strip, spark } kind = Kind::text;
    std::string_view text = {};
    Tone tone = Tone::neutral;
    const char* icon = nullptr;
    std::span<const Tone> strip = {};   // Kind::strip: one mark per day; `text` says it in words.
    std::span<const float> spark = {};  // Kind::spark: a small line; `text` says it in words.
};

class TableRow {
  public:
    void cell(const TableCell& cell);
    // A route of the portal: the row's main cell becomes a real link for the mirror.
    void href(std::string_view route) { m_href = route; }
    // Tints the whole row (an internal note, an overdue ticket).
    void tone(Tone tone) { m_tone = tone; }

    struct Kept {
        TableCell::Kind kind = TableCell::Kind::text;
        std::string text;
        Tone tone = Tone::neutral;
        const char* icon = nullptr;
        std::vector<Tone> strip;
        std::vector<float> spark;
    };
    // For the table itself.
    void begin();
    std::span<const Kept> cells() const { return {m_cells.data(), static_cast<std::size_t>(m_count)}; }
    std::string_view kept_href() const { return m_href; }
    Tone kept_tone() const { return m_tone; }

  private:
    std::array<Kept, table_columns_max> m_cells;
    int m_count = 0;
    std::string m_href;
    Tone m_tone = Tone::neutral;
};

enum class SortDirection : std::uint8_t { none, ascending, descending };

// What the user has done to a table; the caller keeps it across frames (and may store it).
struct TableState {
    std::int64_t cursor_row = -1;    // The keyboard's row.
    std::int64_t selected_row = -1;  // Shown with the selection bar; the caller sets it, e.g. to the row that is open.
    int sort_column = -1;
    SortDirection sort_direction = SortDirection::none;
    std::int64_t scroll_pixels = 0;
    float scroll_remainder = 0;
    std::array<float, table_columns_max> widths{};  // 0: the column's own.
    std::uint32_t hidden_columns = 0;
    enum class Columns : std::uint8_t { fresh, chosen } columns = Columns::fresh;
    // The cursor went to a row that is drawn only after the scrolling: the focus catches up there.
    enum class Focus : std::uint8_t { rests, follows_cursor } focus = Focus::rests;
};

struct TableOptions {
    std::string_view name = {};  // Accessible name.
    std::int64_t row_count = 0;
    std::span<const Column> columns = {};
    // 0: as high as its rows, the page scrolls. Otherwise the table scrolls inside of this height.
    float height = 0;
    enum class Rows : std::uint8_t { press, rest } rows = Rows::press;  // rest: nothing happens on press.
    enum class Chooser : std::uint8_t { hidden, shown } chooser = Chooser::hidden;
    std::string_view empty_sentence = {};
};

struct TableResult {
    std::int64_t activated_row = -1;  // Pressed, or Enter on it.
    std::int64_t first_visible_row = 0;
    std::int64_t visible_row_count = 0;  // For loading ahead.
    bool sort_changed = false;           // Read TableState and sort.
    int filter_column = -1;              // Whose head's filter was pressed; its button stands there.
    Box filter_box = {};
    std::int64_t pressed_row = -1;  // Whose cell was pressed instead of the row.
    int pressed_column = -1;
};

// A reference to any callable; the table never keeps it.
class RowSource {
  public:
    template <typename Callable, typename = std::enable_if_t<!std::is_same_v<std::remove_cvref_t<Callable>, RowSource>>>
    RowSource(Callable&& callable)
        : m_object(const_cast<void*>(static_cast<const void*>(&callable))),
          m_call([](void* object, std::int64_t row, TableRow& out) {
              (*static_cast<std::remove_reference_t<Callable>*>(object))(row, out);
          }) {}
    void operator()(std::int64_t row, TableRow& out) const { m_call(m_object, row, out); }

  private:
    void* m_object;
    void (*m_call)(void*, std::int64_t, TableRow&);
};

TableResult table(const char* id, const TableOptions& options, TableState& state, RowSource rows);

// Pure parts, tested by themselves.
// Widths of the visible columns that fill `room` exactly unless their minima do not fit.
std::array<float, table_columns_max> column_widths(std::span<const Column> columns, const TableState& state,
                                                   float room);
struct VisibleRows {
    std::int64_t first = 0;
    std::int64_t count = 0;
    std::int64_t offset_pixels = 0;  // How much of the first row is scrolled away.
};
VisibleRows rows_in_view(std::int64_t scroll_pixels, std::int64_t view_pixels, std::int64_t row_pixels,
                         std::int64_t row_count);
std::int64_t scroll_to_show(std::int64_t row, std::int64_t scroll_pixels, std::int64_t view_pixels,
                            std::int64_t row_pixels, std::int64_t row_count);

}  // namespace portal::ui
