// What the figures begin with. For the files of this folder. Thread: any.
#pragma once

#include "shared/rules/figures/financing.hpp"

namespace portal::figures {

inline Figure make_figure(FigureId id, FigureUnit unit, FigureBasis basis, const Freshness& freshness) {
    Figure figure;
    figure.id = id;
    figure.version = 1;
    figure.unit = unit;
    figure.basis = basis;
    figure.as_of_ms = freshness.as_of_ms;
    figure.closed_until = freshness.closed_until;
    return figure;
}

// A sum or a count that is of nothing else.
inline Figure plain_sum(FigureId id, FigureUnit unit, FigureBasis basis, std::int64_t sum, const Freshness& freshness) {
    Figure figure = make_figure(id, unit, basis, freshness);
    figure.numerator = sum;
    figure.denominator = 1;
    figure.value = sum;
    return figure;
}

}  // namespace portal::figures
