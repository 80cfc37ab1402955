#include "shared/rules/peers.hpp"

#include <algorithm>
#include <map>

#include "shared/rules/figures/financing.hpp"
#include "shared/rules/share_suppression.hpp"

namespace portal {
namespace {

// Every size that is there has enough practices, so that no size can be worked out from the specialty and the others.
bool is_split_by_size(std::span<const PeerPractice> reported) {
    std::map<std::string, std::int64_t> practices;
    for (const PeerPractice& practice : reported)
        ++practices[practice.size];
    return std::ranges::all_of(practices, [](const auto& size) { return size.second >= peer_practices_min; });
}

struct PeerSum {
    std::int64_t practices = 0;
    std::int64_t numerator = 0, denominator = 0;
    std::int64_t numerator_max = 0, denominator_max = 0;

    void add(const Figure& figure) {
        if (!figure.value) return;
        ++practices;
        numerator += figure.numerator;
        denominator += figure.denominator;
        numerator_max = std::max(numerator_max, figure.numerator);
        denominator_max = std::max(denominator_max, figure.denominator);
    }
    bool has_dominant() const {
        return numerator_max * peer_share_of_sum_max > numerator ||
               denominator_max * peer_share_of_sum_max > denominator;
    }
};

PeerFigure told(const Figure& kind, const PeerSum& sum) {
    PeerFigure figure;
    figure.id = kind.id;
    if (sum.practices < peer_practices_min) {
        figure.reason = PeerReason::too_few_practices;
    } else if (sum.has_dominant()) {
        figure.reason = PeerReason::one_dominates;
    } else if (kind.unit == FigureUnit::cents) {
        figure.value = rounded(figures::product_over(sum.numerator, 1, sum.denominator), peer_cents_step);
    } else {
        figure.value = rounded(figures::ratio_basis_points(sum.numerator, sum.denominator), peer_rate_step);
    }
    return figure;
}

}  // namespace

DayRange peer_period(Day closed_until) {
    const MonthIndex after = month_of_day(closed_until + 1);
    return {first_day_of_month(after - peer_months), first_day_of_month(after) - 1};
}

std::vector<Figure> peer_figures(const FactSums& sums, const PullThroughSums& use) {
    return {figures::approval_rate(sums, {}), figures::pull_through(use, {}), figures::average_sale(sums, {}),
            figures::effective_fee_rate(sums, {})};
}

PeerSummary peer_summary(Specialty specialty, const std::string& size, std::span<const PeerPractice> reported) {
    PeerSummary summary;
    summary.specialty = specialty;
    if (is_split_by_size(reported)) summary.size = size;
    std::vector<Figure> kinds = peer_figures({}, {});
    std::vector<PeerSum> sums(kinds.size());
    for (const PeerPractice& practice : reported) {
        if (!summary.size.empty() && practice.size != summary.size) continue;
        ++summary.practices;
        const std::vector<Figure> figures = peer_figures(practice.sums, practice.use);
        for (std::size_t index = 0; index < sums.size(); ++index)
            sums[index].add(figures[index]);
    }
    if (summary.practices < peer_practices_min) {
        summary.practices = 0;
        return summary;
    }
    for (std::size_t index = 0; index < sums.size(); ++index)
        summary.figures.push_back(told(kinds[index], sums[index]));
    return summary;
}

}  // namespace portal
