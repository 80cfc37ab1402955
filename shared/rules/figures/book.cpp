#include "shared/rules/figures/book.hpp"

#include <algorithm>

namespace portal::figures {
namespace {

constexpr std::int64_t health_full = 100;

}  // namespace

Figure open_actions(std::int64_t open, const Freshness& freshness) {
    Figure figure;
    figure.id = FigureId::open_actions;
    figure.unit = FigureUnit::count;
    figure.basis = FigureBasis::now;
    figure.value = figure.numerator = open;
    figure.denominator = 1;
    figure.as_of_ms = freshness.as_of_ms;
    return figure;
}

Figure dollars_at_risk(std::optional<std::int64_t> health, std::int64_t net_cents, std::int64_t months,
                       const Freshness& freshness) {
    Figure figure;
    figure.id = FigureId::dollars_at_risk;
    figure.numerator = product_over(std::max<std::int64_t>(0, net_cents), 1, months);
    figure.as_of_ms = freshness.as_of_ms;
    figure.closed_until = freshness.closed_until;
    if (!health) {
        figure.reason = FigureReason::no_recent_calls;
        return figure;
    }
    figure.denominator = *health;
    figure.value = product_over(figure.numerator, health_full - *health, health_full);
    return figure;
}

}  // namespace portal::figures
