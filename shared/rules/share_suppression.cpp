#include "shared/rules/share_suppression.hpp"

#include <algorithm>

namespace portal {
namespace {

struct Hidden {
    std::size_t cells = 0;
    std::int64_t cases = 0;

    bool tells() const { return cells > 0 && (cells < 2 || cases < share_cases_min); }
};

}  // namespace

ShareExposure exposure_of(std::int64_t cases) {
    if (cases < share_cases_min) return ShareExposure::hidden;
    return cases < share_exact_cases_min ? ShareExposure::rounded : ShareExposure::visible;
}

ShareExposure exposure_of_rate(std::int64_t numerator, std::int64_t denominator) {
    if (std::min(numerator, denominator - numerator) < share_cases_min) return ShareExposure::hidden;
    return exposure_of(denominator);
}

std::vector<ShareExposure> exposures_of_cells(std::span<const std::int64_t> cases) {
    std::vector<ShareExposure> exposures;
    Hidden hidden;
    for (const std::int64_t count : cases) {
        exposures.push_back(exposure_of(count));
        if (exposures.back() != ShareExposure::hidden) continue;
        ++hidden.cells;
        hidden.cases += count;
    }
    while (hidden.tells() && hidden.cells < cases.size()) {
        std::size_t smallest = cases.size();
        for (std::size_t index = 0; index < cases.size(); ++index)
            if (exposures[index] != ShareExposure::hidden &&
                (smallest == cases.size() || cases[index] < cases[smallest]))
                smallest = index;
        exposures[smallest] = ShareExposure::hidden;
        ++hidden.cells;
        hidden.cases += cases[smallest];
    }
    return exposures;
}

bool may_tell_gross(const FactSums& sums) {
    const std::int64_t between = sums.refunds + sums.chargebacks + sums.reversals;
    return between == 0 || between >= share_cases_min;
}

std::int64_t rounded(std::int64_t value, std::int64_t step) {
    const std::int64_t half = value < 0 ? -step / 2 : step / 2;
    return (value + half) / step * step;
}

SharedFigure exposed(Figure figure, ShareExposure exposure) {
    // Without a value there is only its reason to tell, and counts that may be small.
    if (exposure == ShareExposure::hidden || !figure.value) {
        figure.value.reset();
        if (figure.reason == FigureReason::none) figure.reason = FigureReason::too_few_cases;
        exposure = ShareExposure::hidden;
    }
    if (exposure != ShareExposure::visible) figure.numerator = figure.denominator = figure.immature = 0;
    if (figure.immature < share_cases_min) figure.immature = 0;
    if (exposure == ShareExposure::rounded)
        figure.value =
            rounded(*figure.value, figure.unit == FigureUnit::cents ? share_cents_step : share_basis_points_step);
    return {figure, exposure};
}

}  // namespace portal
