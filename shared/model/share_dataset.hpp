// What a guest of a shared view is given of one practice, view and period: figures, never facts or messages.
//
// Cells of few cases are hidden together with their complements; rules/share_suppression says when. A hidden member
// holds no value at all, so that whatever encodes a dataset cannot tell it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/model/figure.hpp"
#include "shared/model/share.hpp"

namespace portal {

enum class ShareExposure : std::uint8_t {
    visible,
    rounded,  // Few cases: money to whole hundreds of dollars, rates to whole per cents, no counts.
    hidden,
};

// Rounded and hidden ones have no numerator and denominator; hidden ones no value either.
struct SharedFigure {
    Figure figure;
    ShareExposure exposure = ShareExposure::hidden;

    friend bool operator==(const SharedFigure&, const SharedFigure&) = default;
};

struct SharedMonth {
    MonthIndex month = 0;  // The part of it that lies in the period.
    ShareExposure exposure = ShareExposure::hidden;
    std::optional<std::int64_t> net_cents;
    std::optional<std::int64_t> sales;

    friend bool operator==(const SharedMonth&, const SharedMonth&) = default;
};

struct SharedPlan {
    Id plan;           // Empty: sales without a plan.
    std::string name;  // Empty for those.
    ShareExposure exposure = ShareExposure::hidden;
    std::optional<std::int64_t> share_basis_points;  // Of gross settled sales.

    friend bool operator==(const SharedPlan&, const SharedPlan&) = default;
};

// Calls and checks count machines' traffic, not people's: health is not suppressed, but gives no counts.
struct SharedIntegration {
    Id integration;
    std::string name;
    IntegrationStage stage = IntegrationStage::discovery;
    Figure health;

    friend bool operator==(const SharedIntegration&, const SharedIntegration&) = default;
};

struct ShareDataset {
    ShareView view = ShareView::overview;
    Id practice;
    std::string practice_name;
    Day first_day = 0;
    Day last_day = 0;
    InstantMs as_of_ms = 0;  // Server time of the data.
    Day closed_until = 0;    // The source has reported every day up to this one; 0 without facts.
    std::vector<SharedFigure> figures;
    std::vector<SharedMonth> months;              // Every month of the period, in order.
    std::vector<SharedPlan> plans;                // Those with sales, by id.
    std::vector<SharedIntegration> integrations;  // By id.

    friend bool operator==(const ShareDataset&, const ShareDataset&) = default;
};

// One line of what becomes visible by sharing.
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
    std::string name = {};  // Of that row; empty: standard terms.

    friend bool operator==(const RedactionLine&, const RedactionLine&) = default;
};

struct SharedPractice {
    Id id;
    std::string name;
    friend bool operator==(const SharedPractice&, const SharedPractice&) = default;
};

// What a guest, or a signed-in follower, is told of the shared view itself.
struct ShareGuestSession {
    std::string presenter;                  // Their name.
    std::vector<SharedPractice> practices;  // What the presenter still reaches.
    std::vector<ShareView> views;
    Day first_day = 0;
    Day last_day = 0;
    ShareRows rows = ShareRows::aggregates;
    bool paused = false;
    InstantMs expires_ms = 0;
    Id share = {};          // Told to signed-in followers alone.
    bool presents = false;  // The reader is who presents.
    friend bool operator==(const ShareGuestSession&, const ShareGuestSession&) = default;
};

}  // namespace portal
