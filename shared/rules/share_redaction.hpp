// What becomes visible by sharing, line by line: computed from the very datasets that guests are given.
#pragma once

#include <span>
#include <vector>

#include "shared/model/share_dataset.hpp"

namespace portal {

enum class RedactionKind : std::uint8_t { view, figure, month, plan, integration };

// A view has one line, hidden, when it is not shared; a shared one has a line for each of its parts.
struct RedactionLine {
    ShareView view = ShareView::overview;
    Id practice;  // Empty for a view that is not shared.
    RedactionKind kind = RedactionKind::view;
    FigureId figure = FigureId::net_financed_volume;  // Of kind figure.
    MonthIndex month = 0;                             // Of kind month.
    Id row;                                           // The plan or the integration.
    ShareExposure exposure = ShareExposure::hidden;

    friend bool operator==(const RedactionLine&, const RedactionLine&) = default;
};

// In the datasets' order; then the views that the scope leaves out. A dataset outside the scope gives no line.
std::vector<RedactionLine> what_becomes_visible(const ShareScope& scope, std::span<const ShareDataset> datasets);

}  // namespace portal
