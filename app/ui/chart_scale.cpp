// The pure part of charts: round ticks.
#include <algorithm>
#include <cmath>

#include "app/ui/chart.hpp"

namespace portal::ui {
namespace {

// 1, 2, 2.5 or 5 times a power of ten, at least `least`.
double round_step(double least) {
    const double magnitude = std::pow(10.0, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0, 10.0}) {
        if (factor * magnitude >= least * (1 - 1e-9)) {
            return factor * magnitude;
        }
    }
    return 10.0 * magnitude;
}

}  // namespace

Ticks nice_ticks(double low, double high, int ticks_max) {
    Ticks result;
    const int most = std::clamp(ticks_max, 2, static_cast<int>(result.values.size()));
    if (!(high > low)) {
        // A flat line still wants a scale around it.
        const double reach = std::max(1.0, std::fabs(high) * 0.5);
        low = std::min(low, high) - (low >= 0 && low < reach ? low : reach);
        high += reach;
    }
    double step = round_step((high - low) / static_cast<double>(most - 1));
    double first = std::floor(low / step + 1e-9) * step;
    double last = std::ceil(high / step - 1e-9) * step;
    while ((last - first) / step > static_cast<double>(most - 1) + 1e-6) {
        step = round_step(step * 1.0001);
        first = std::floor(low / step + 1e-9) * step;
        last = std::ceil(high / step - 1e-9) * step;
    }
    result.low = first;
    result.high = last;
    const int count = static_cast<int>(std::lround((last - first) / step)) + 1;
    for (int index = 0; index < count && index < static_cast<int>(result.values.size()); ++index) {
        // Multiplied, not summed, so that the zero is exactly zero.
        result.values[static_cast<std::size_t>(index)] = (std::round(first / step) + index) * step;
        ++result.count;
    }
    return result;
}

}  // namespace portal::ui
