// The pure parts of the table: widths of columns, visible rows, scroll offsets.
#include <algorithm>

#include "app/ui/table.hpp"

namespace portal::ui {

std::array<float, table_columns_max> column_widths(std::span<const Column> columns, const TableState& state,
                                                   float room) {
    std::array<float, table_columns_max> widths{};
    const std::size_t count = std::min<std::size_t>(columns.size(), table_columns_max);
    float fixed = 0;
    float shares = 0;
    for (std::size_t index = 0; index < count; ++index) {
        if ((state.hidden_columns >> index) & 1u) {
            continue;
        }
        const float chosen = state.widths[index] > 0 ? state.widths[index] : columns[index].width;
        if (chosen > 0) {
            widths[index] = std::max(chosen, columns[index].width_min);
            fixed += widths[index];
        } else {
            shares += std::max(0.01f, -chosen);
        }
    }
    if (shares <= 0) {
        return widths;
    }
    // Whoever falls under its minimum takes the minimum, and the others share what is then left.
    float left = room - fixed;
    for (std::size_t pass = 0; pass < count; ++pass) {
        bool settled = true;
        for (std::size_t index = 0; index < count; ++index) {
            const float chosen = state.widths[index] > 0 ? state.widths[index] : columns[index].width;
            if (((state.hidden_columns >> index) & 1u) || chosen > 0 || widths[index] > 0) {
                continue;
            }
            const float part = std::max(0.01f, -chosen);
            if (left * part / shares < columns[index].width_min) {
                widths[index] = columns[index].width_min;
                left -= widths[index];
                shares -= part;
                settled = false;
            }
        }
        if (settled || shares <= 0) {
            break;
        }
    }
    for (std::size_t index = 0; index < count; ++index) {
        const float chosen = state.widths[index] > 0 ? state.widths[index] : columns[index].width;
        if (!((state.hidden_columns >> index) & 1u) && chosen <= 0 && widths[index] == 0) {
            widths[index] = left * std::max(0.01f, -chosen) / shares;
        }
    }
    return widths;
}

VisibleRows rows_in_view(std::int64_t scroll_pixels, std::int64_t view_pixels, std::int64_t row_pixels,
                         std::int64_t row_count) {
    VisibleRows result;
    if (row_count <= 0 || row_pixels <= 0 || view_pixels <= 0) {
        return result;
    }
    const std::int64_t scroll = std::max<std::int64_t>(0, scroll_pixels);
    result.first = std::min(scroll / row_pixels, row_count);
    result.offset_pixels = scroll - result.first * row_pixels;
    const std::int64_t past_the_last = (scroll + view_pixels + row_pixels - 1) / row_pixels;
    result.count = std::clamp<std::int64_t>(past_the_last - result.first, 0, row_count - result.first);
    return result;
}

std::int64_t scroll_to_show(std::int64_t row, std::int64_t scroll_pixels, std::int64_t view_pixels,
                            std::int64_t row_pixels, std::int64_t row_count) {
    const std::int64_t longest = std::max<std::int64_t>(0, row_count * row_pixels - view_pixels);
    std::int64_t scroll = scroll_pixels;
    if (row * row_pixels < scroll) {
        scroll = row * row_pixels;
    }
    if ((row + 1) * row_pixels > scroll + view_pixels) {
        scroll = (row + 1) * row_pixels - view_pixels;
    }
    return std::clamp<std::int64_t>(scroll, 0, longest);
}

void TableRow::begin() {
    m_count = 0;
    m_href.clear();
    m_tone = Tone::neutral;
}

void TableRow::cell(const TableCell& cell) {
    if (m_count == table_columns_max) {
        return;
    }
    Kept& kept = m_cells[static_cast<std::size_t>(m_count++)];
    kept.kind = cell.kind;
    kept.text.assign(cell.text);
    kept.tone = cell.tone;
    kept.icon = cell.icon;
    kept.strip.assign(cell.strip.begin(), cell.strip.end());
    kept.spark.assign(cell.spark.begin(), cell.spark.end());
}

}  // namespace portal::ui
