// What a figure's function returns: never a bare number. The passport of a figure is drawn from this alone.
//
// Screens format it; a figure without a value shows "-" and its reason. Thread: plain data.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "shared/base/calendar_day.hpp"
#include "shared/base/clock.hpp"

namespace portal {

enum class FigureId : std::uint8_t {
    net_financed_volume,
    average_sale,
    approval_rate,
    approved_amount_share,
    pull_through,
    attainment,
    pace,
    plan_mix,
    effective_fee_rate,
    integration_health,
    deposits,
    open_tickets,
    first_response,
    sla_attainment,
    applications,
    month_forecast,
    net_change,
    funnel_applied,
    funnel_approved,
    funnel_used,
    funnel_settled,
    funnel_refunded,
    change_count,  // Causes of a change.
    change_size,
    change_mix,
    change_returns,
    gross_settled,
    returned,
    sales,
    approved,
    target,
    open_actions,
    dollars_at_risk,
};

// Their names on the wire and in addresses, in the order of FigureId.
inline constexpr std::array<std::string_view, 33> figure_texts = {"net_financed_volume",
                                                                  "average_sale",
                                                                  "approval_rate",
                                                                  "approved_amount_share",
                                                                  "pull_through",
                                                                  "attainment",
                                                                  "pace",
                                                                  "plan_mix",
                                                                  "effective_fee_rate",
                                                                  "integration_health",
                                                                  "deposits",
                                                                  "open_tickets",
                                                                  "first_response",
                                                                  "sla_attainment",
                                                                  "applications",
                                                                  "month_forecast",
                                                                  "net_change",
                                                                  "funnel_applied",
                                                                  "funnel_approved",
                                                                  "funnel_used",
                                                                  "funnel_settled",
                                                                  "funnel_refunded",
                                                                  "change_count",
                                                                  "change_size",
                                                                  "change_mix",
                                                                  "change_returns",
                                                                  "gross_settled",
                                                                  "returned",
                                                                  "sales",
                                                                  "approved",
                                                                  "target",
                                                                  "open_actions",
                                                                  "dollars_at_risk"};

enum class FigureUnit : std::uint8_t { cents, basis_points, count, score, minutes, days };
enum class FigureBasis : std::uint8_t { posted, cohort, now };

// Why there is no value, or what its reader must know.
enum class FigureReason : std::uint8_t {
    none,
    no_cases,  // The denominator is zero.
    no_target,
    no_recent_calls,
    too_few_cases,     // Under 10: the counts are shown, not the rate.
    not_matured,       // The whole cohort is immature.
    too_early,         // Before the third business day of the month.
    credentials_fail,  // Caps on health.
    ledger_mismatch,
    no_success_for_a_day,
    too_short_history,  // Of a forecast: nothing to learn from.
    nothing_net_yet,    // Of a forecast: what is not positive is not divided.
    short_history,      // Of a forecast with a value: less than 24 months of its own.
    cohort_alone,       // Of a forecast with a value: less than 12, so it goes by its cohort.
    filtered_out,       // A filter of kind or status leaves out facts that it is made of.
};

struct Figure {
    FigureId id = FigureId::net_financed_volume;
    std::int32_t version = 1;
    FigureUnit unit = FigureUnit::cents;
    FigureBasis basis = FigureBasis::posted;
    std::optional<std::int64_t> value;      // In `unit`; absent shows "-" with the reason.
    std::optional<std::int64_t> low, high;  // Of a forecast: P10 and P90.
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;  // 1 for plain sums.
    FigureReason reason = FigureReason::none;
    std::int64_t immature = 0;  // Cases left out because they have not matured.
    InstantMs as_of_ms = 0;     // Server time of the data it was computed from.
    Day closed_until = 0;       // The source has reported every day up to this one.

    friend bool operator==(const Figure&, const Figure&) = default;
};

}  // namespace portal
