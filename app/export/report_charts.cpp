#include "app/export/report_charts.hpp"

#include <algorithm>
#include <utility>

#include "app/export/report.hpp"

namespace portal::exports {
namespace {

// All in tenths of a unit of the drawing.
constexpr std::int64_t drawing_width = 9'600;
constexpr std::int64_t columns_height = 3'000;
constexpr std::int64_t plot_left = 800, plot_right = 9'500, plot_top = 100, plot_bottom = 2'650;
constexpr std::int64_t label_baseline = 2'860;
constexpr std::int64_t legend_height = 300;
constexpr std::int64_t bar_row = 300, bar_height = 180, bar_left = 3'000, bar_right = 7'600;
constexpr std::int64_t ticks_wanted = 4;
constexpr std::size_t labels_shown_max = 14;

std::string tenths(std::int64_t value) {
    const std::int64_t size = value < 0 ? -value : value;
    return (value < 0 ? "-" : "") + std::to_string(size / 10) + "." + std::to_string(size % 10);
}

std::string attribute(const char* name, std::int64_t value) {
    return std::string(" ") + name + "=\"" + tenths(value) + "\"";
}

std::string svg_text(std::int64_t x, std::int64_t y, const char* anchor, std::string_view text) {
    return "<text" + attribute("x", x) + attribute("y", y) + " text-anchor=\"" + anchor + "\">" + html_text(text) +
           "</text>";
}

std::string svg_line(const char* kind, std::int64_t x1, std::int64_t y1, std::int64_t x2, std::int64_t y2) {
    return std::string("<line class=\"") + kind + "\"" + attribute("x1", x1) + attribute("y1", y1) +
           attribute("x2", x2) + attribute("y2", y2) + "/>";
}

std::string svg_box(std::string_view kind, std::int64_t x, std::int64_t y, std::int64_t width, std::int64_t height) {
    return "<rect class=\"" + std::string(kind) + "\"" + attribute("x", x) + attribute("y", y) +
           attribute("width", width) + attribute("height", height) + "/>";
}

std::string svg_begin(const Chart& chart, std::int64_t height) {
    const std::string name = chart.title + (chart.sentence.empty() ? "" : " " + chart.sentence);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 " + tenths(drawing_width) + " " +
           tenths(height) + "\" aria-label=\"" + html_text(name) + "\">";
}

// 1, 2 or 5 times a power of ten.
std::int64_t tick_step(std::int64_t span) {
    const std::int64_t wanted = std::max<std::int64_t>(1, span / ticks_wanted);
    std::int64_t step = 1;
    while (step <= wanted / 10)
        step *= 10;
    for (const std::int64_t factor : {1, 2, 5})
        if (step * factor >= wanted) return step * factor;
    return step * 10;
}

// From the least to the most value, zero included.
class VerticalScale {
  public:
    explicit VerticalScale(const Chart& chart) {
        for (const ChartSeries& series : chart.series)
            for (const std::int64_t cents : series.cents) {
                m_least = std::min(m_least, cents);
                m_most = std::max(m_most, cents);
            }
        m_step = tick_step(std::max<std::int64_t>(m_most - m_least, 1));
        m_most = std::max((m_most + m_step - 1) / m_step * m_step, m_step);
        m_least = -((-m_least + m_step - 1) / m_step * m_step);
    }
    std::int64_t least() const { return m_least; }
    std::int64_t most() const { return m_most; }
    std::int64_t step() const { return m_step; }
    // Shares of a thousandth of a tick are told apart, which the product of cents and tenths has room for.
    std::int64_t y(std::int64_t cents) const {
        return plot_bottom - (cents - m_least) * (plot_bottom - plot_top) / (m_most - m_least);
    }

  private:
    std::int64_t m_least = 0, m_most = 0, m_step = 1;
};

std::string grid_of(const VerticalScale& scale, const vm::Format& format) {
    std::string svg;
    for (std::int64_t tick = scale.least(); tick <= scale.most(); tick += scale.step()) {
        const std::int64_t y = scale.y(tick);
        svg += svg_line(tick == 0 ? "zero" : "grid", plot_left, y, plot_right, y);
        svg += svg_text(plot_left - 80, y + 40, "end", format.money_short(tick));
    }
    return svg;
}

std::string series_svg(const ChartSeries& series, const VerticalScale& scale, std::int64_t slot) {
    std::string svg, points;
    for (std::size_t index = 0; index < series.cents.size(); ++index) {
        const std::int64_t left = plot_left + static_cast<std::int64_t>(index) * slot, middle = left + slot / 2;
        const std::int64_t cents = series.cents[index], y = scale.y(cents), zero = scale.y(0);
        switch (series.look) {
            case SeriesLook::bars:
                svg += svg_box("bar", left + slot / 6, std::min(y, zero), slot * 2 / 3, y < zero ? zero - y : y - zero);
                break;
            case SeriesLook::dashes:
                points += (points.empty() ? "" : " ") + tenths(middle) + "," + tenths(y);
                break;
            case SeriesLook::marks:
                if (cents > 0) svg += svg_line("mark", left + slot / 12, y, left + slot * 11 / 12, y);
                break;
        }
    }
    return points.empty() ? svg : "<polyline class=\"dashes\" points=\"" + points + "\"/>";
}

std::string legend_of(const Chart& chart) {
    std::string svg;
    std::int64_t x = plot_left;
    const std::int64_t y = columns_height + legend_height / 2;
    for (const ChartSeries& series : chart.series) {
        if (series.look == SeriesLook::bars)
            svg += svg_box("bar", x, y - 60, 200, 120);
        else
            svg += svg_line(series.look == SeriesLook::dashes ? "dashes" : "mark", x, y, x + 200, y);
        svg += svg_text(x + 280, y + 40, "start", series.name);
        x += 2'600;
    }
    return svg;
}

std::string columns_svg(const Chart& chart, const vm::Format& format) {
    const VerticalScale scale(chart);
    const std::size_t count = std::max<std::size_t>(chart.labels.size(), 1);
    const std::int64_t slot = (plot_right - plot_left) / static_cast<std::int64_t>(count);
    std::string svg = svg_begin(chart, columns_height + legend_height) + grid_of(scale, format);
    for (const ChartSeries& series : chart.series)
        svg += series_svg(series, scale, slot);
    const std::size_t every = (count + labels_shown_max - 1) / labels_shown_max;
    for (std::size_t index = 0; index < chart.labels.size(); index += every)
        svg += svg_text(plot_left + static_cast<std::int64_t>(index) * slot + slot / 2, label_baseline, "middle",
                        chart.labels[index]);
    return svg + legend_of(chart) + "</svg>";
}

std::string bars_svg(const Chart& chart) {
    const std::vector<std::int64_t>& cents = chart.series.front().cents;
    std::int64_t least = 0, most = 1;
    for (const std::int64_t one : cents) {
        least = std::min(least, one);
        most = std::max(most, one);
    }
    const auto x = [&](std::int64_t value) {
        return bar_left + (value - least) * (bar_right - bar_left) / (most - least);
    };
    std::string svg = svg_begin(chart, bar_row * static_cast<std::int64_t>(cents.size()));
    for (std::size_t index = 0; index < cents.size(); ++index) {
        const std::int64_t top = bar_row * static_cast<std::int64_t>(index) + (bar_row - bar_height) / 2;
        const std::int64_t first = std::min(x(0), x(cents[index])), last = std::max(x(0), x(cents[index]));
        svg += svg_text(bar_left - 100, top + 130, "end", chart.labels[index]);
        svg +=
            svg_box(cents[index] < 0 ? "fall" : "bar", first, top, std::max<std::int64_t>(last - first, 5), bar_height);
        svg += svg_text(last + 100, top + 130, "start", chart.words[index]);
    }
    return svg + "</svg>";
}

}  // namespace

std::string chart_svg(const Chart& chart, const vm::Format& format) {
    return chart.words.empty() ? columns_svg(chart, format) : bars_svg(chart);
}

}  // namespace portal::exports
