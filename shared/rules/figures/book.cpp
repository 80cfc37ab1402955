#include "shared/rules/figures/book.hpp"

#include <algorithm>

#include "shared/rules/figures/make_figure.hpp"

namespace portal::figures {
namespace {

constexpr std::int64_t health_full = 100;

}  // namespace

Figure open_actions(std::int64_t open, const Freshness& freshness) {
    return plain_sum(FigureId::open_actions, FigureUnit::count, FigureBasis::now, open,
                     {.as_of_ms = freshness.as_of_ms});
}

Figure dollars_at_risk(std::optional<std::int64_t> health, std::int64_t net_cents, std::int64_t months,
                       const Freshness& freshness) {
    Figure figure = make_figure(FigureId::dollars_at_risk, FigureUnit::cents, FigureBasis::posted, freshness);
    figure.numerator = product_over(std::max<std::int64_t>(0, net_cents), 1, months);
    if (!health) {
        figure.reason = FigureReason::no_recent_calls;
        return figure;
    }
    figure.denominator = *health;
    figure.value = product_over(figure.numerator, health_full - *health, health_full);
    return figure;
}

}  // namespace portal::figures
