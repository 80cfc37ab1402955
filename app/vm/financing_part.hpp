// The financing screen's part of a snapshot: figures, the chart, what they are taken apart by, and single facts.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/vm/intent.hpp"
#include "app/vm/place_choice.hpp"
#include "shared/base/calendar_day.hpp"
#include "shared/base/clock.hpp"
#include "shared/model/figure.hpp"
#include "shared/model/peers.hpp"
#include "shared/model/records.hpp"

namespace portal::vm {

struct FinancingRow {  // One bucket of the chart, also the table and the export.
    Day from = 0, until = 0;
    std::int64_t net_cents = 0;
    std::int64_t gross_cents = 0;
    std::int64_t refund_cents = 0;  // Refunds and chargebacks net of reversals.
    std::int64_t sales = 0;
    std::int64_t applications = 0;
    std::int64_t approved = 0;
    std::int64_t declined = 0;
    std::int64_t target_cents = 0;  // 0: none.
    bool partial = false;
};

enum class ChangeKind : std::uint8_t { place, plan, channel, count, mix, size, returns, other };

struct ChangePart {  // "Explain the change": parts that sum to the total change.
    ChangeKind kind = ChangeKind::place;
    Id id;             // Of a place or plan; of standard terms it is empty.
    std::string name;  // The same.
    FactChannel channel = FactChannel::in_office;
    std::int64_t cents = 0;
    std::int64_t former_cents = 0;  // Of the period that is compared with; causes have none.
};

struct FinancingStack {  // One colour of the chart's bars; all of them sum to the rows' net.
    ChangeKind kind = ChangeKind::plan;
    Id id;  // Of a plan; of standard terms it is empty.
    std::string name;
    FactChannel channel = FactChannel::in_office;
    std::vector<std::int64_t> net_cents;  // One per row.
};

struct RankedPlace {  // A practice, or a location when one practice is looked at.
    Id id;
    std::string name;
    std::int64_t net_cents = 0;
    std::int64_t compared_cents = 0;
    std::int64_t applications = 0;
    std::vector<std::int64_t> monthly_net;            // Of the last months, oldest first.
    std::optional<std::int64_t> change_basis_points;  // Absent when the compared net is not positive.
};

// Applications by day of the week (Monday first) and hour of the day, as the location's clock had it.
using HourGrid = std::array<std::array<std::int64_t, 24>, 7>;

struct PlanShare {
    Id id;  // Empty: standard terms.
    std::string name;
    PlanKind kind = PlanKind::standard;
    std::int32_t months = 0;
    std::int64_t gross_cents = 0;
    std::int64_t sales = 0;
    Figure mix = {};
};

struct FactLine {
    Day day = 0;     // Of the event.
    Day posted = 0;  // Of money, whose figures go by it; 0 for applications.
    FactKind kind = FactKind::application;
    FactStatus status = FactStatus::none;
    bool duplicate = false;
    bool is_known = true;   // False while its page is being asked for.
    std::string plan_name;  // Empty: standard terms.
    std::string location_name;
    std::string practice_name;
    std::string reference;
    FactChannel channel = FactChannel::in_office;
    std::int64_t cents = 0;  // Requested of applications, settled of money.
};

// A value of a column and how many rows have it, whatever the column's own filter says.
struct ColumnValue {
    Id id;                    // Of plan and location.
    std::int64_t number = 0;  // Of kind, status and channel: the enum's value.
    std::string name;         // Of plan and location.
    std::int64_t rows = 0;
};

// A window of the single facts behind the figures.
struct FactRows {
    enum class State : std::uint8_t { here, from_server, asking, choose_practice, refused, unreachable };
    State state = State::here;
    std::int64_t total = 0;
    std::int64_t offset = 0;  // Of the window's first line.
    std::vector<FactLine> lines;
    InstantMs as_of_ms = 0;
    std::vector<ColumnValue> values;  // Of the column that the query counts, the most frequent first.
};

struct PeerLine {
    Figure own;  // Of the same period.
    std::optional<std::int64_t> peers;
    PeerReason reason = PeerReason::none;
};

// A practice beside those of its kind, which the server alone can tell.
struct PeersPart {
    enum class State : std::uint8_t { told, too_few, asking, choose_practice, refused, unreachable };
    State state = State::asking;
    bool same_size = false;      // The peers are of its size as well.
    std::int64_t practices = 0;  // This one among them.
    Day from = 0, until = 0;
    InstantMs as_of_ms = 0;
    std::vector<PeerLine> lines;
};

// What the forecast among the figures is of, and what it was learned from.
struct ForecastFooting {
    enum class Cohort : std::uint8_t { learned_from, nobody_else, several_practices };
    MonthIndex month = 0;
    Day counted_until = 0;  // The last day whose money is in it.
    std::int64_t business_days_elapsed = 0;
    std::int64_t business_days = 0;
    std::int64_t own_months = 0;
    Cohort cohort = Cohort::nobody_else;
    std::int64_t cohort_practices = 0;
    Specialty specialty = Specialty::dental;
    std::string size;
};

// A practice that has too few applications (rules/volume_baseline), up to the last closed business day.
struct VolumeAlarmLine {
    Id practice;
    std::string practice_name;
    Day since = 0, until = 0;
    std::int64_t business_days = 0;
    std::int64_t actual = 0;
    std::int64_t usual = 0;
};

struct FinancingPart {
    FinancingQuery query;  // With the defaults filled in.
    InstantMs as_of_ms = 0;
    Day closed_until = 0;
    std::int64_t fact_count = 0;
    // Daily sums stand for the facts of some places: those know no cardholders, amounts, hours and single rows.
    bool has_daily_sums_alone = false;
    std::vector<Figure> figures;
    std::vector<std::int64_t> sale_quantiles;           // Median and 90th percentile, with the average's passport.
    std::optional<std::int64_t> distinct_applications;  // With the passport of applications.
    std::vector<Figure> totals;                         // What the rows are made of beside the figures.
    ForecastFooting forecast;
    std::vector<VolumeAlarmLine> alarms;  // Of the practices that are looked at.
    PlanShare largest_plan;               // What the plan mix among the figures is of.
    std::vector<FinancingRow> rows;       // Oldest first.
    std::vector<FinancingRow> compared;   // Same buckets of the period that the query compares with.
    std::vector<FinancingStack> stacks;   // Empty unless the query splits.
    std::vector<ChangePart> change;
    Figure net_change;  // What the parts add up to.
    std::vector<PlanShare> plans;
    std::vector<Figure> funnel;                       // Of days that are matured. Daily sums do not tell `used`.
    FigureReason funnel_reason = FigureReason::none;  // Why there is no funnel: filtered_out or not_matured.
    Day matured_until = 0;                            // The last matured day of the period.
    HourGrid hours{};
    bool ranks_locations = false;
    std::vector<RankedPlace> ranking;  // Most net first.
    std::vector<PlaceChoice> practice_choices;
    std::vector<PlaceChoice> location_choices;
    std::vector<PlaceChoice> plan_choices;
    bool may_see_rows = false;
    std::vector<SavedView> saved_views;  // With the rows alone.
    std::optional<FactRows> fact_rows;
    PeersPart peers;
};

}  // namespace portal::vm
