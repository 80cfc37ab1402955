#include "shared/rules/health.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "shared/base/durations.hpp"

namespace portal {
namespace {

constexpr Day window_days = 7;
constexpr std::int64_t calls_min = 20;
constexpr std::int64_t ledger_rows_min = 10;
constexpr std::int64_t day_calls_min = 5;
constexpr std::array<std::int32_t, 5> weights = {3'500, 2'500, 1'500, 1'500, 1'000};
constexpr int ledger_cap_days = 3;
constexpr std::int32_t hard_cap = 40, soft_cap = 50;

// A curve's score in hundredths: 100 at `best`, 0 at `worst`, a straight line between; either may be the larger.
std::int32_t on_line(double value, double best, double worst) {
    const double share = (value - worst) / (best - worst);
    return static_cast<std::int32_t>(std::clamp(share, 0.0, 1.0) * 100.0 + 0.5);
}

double share_of(std::int64_t part, std::int64_t whole) {
    return static_cast<double>(part) / static_cast<double>(whole);
}

// The window's days in order, one rollup each, none after today.
std::vector<CheckRollup> sorted_days(std::span<const CheckRollup> rollups, Day today) {
    std::vector<CheckRollup> days;
    for (const auto& rollup : rollups)
        if (rollup.day <= today) days.push_back(rollup);
    std::stable_sort(days.begin(), days.end(), [](const auto& a, const auto& b) { return a.day < b.day; });
    return days;
}

struct Window {
    std::int64_t calls = 0, succeeded = 0, rows = 0, matched = 0, errors = 0, acknowledged = 0;
    double latency_sum_ms = 0;
};

// The last day of the window: today once it reports, yesterday before.
Day window_end(const std::vector<CheckRollup>& days, Day today) {
    return !days.empty() && days.back().day == today ? today : today - 1;
}

Window sum_window(const std::vector<CheckRollup>& days, Day end) {
    Window sum;
    for (const auto& day : days) {
        if (day.day <= end - window_days) continue;
        sum.calls += day.calls;
        sum.succeeded += day.calls_succeeded;
        sum.rows += day.ledger_rows;
        sum.matched += day.ledger_matched;
        sum.errors += day.errors;
        sum.acknowledged += day.errors_acknowledged;
        sum.latency_sum_ms += static_cast<double>(day.latency_p95_ms) * static_cast<double>(day.calls);
    }
    return sum;
}

// Hours since the last success without those of closed days: a weekend makes nothing stale.
std::int64_t open_hours_since(InstantMs success_ms, InstantMs as_of_ms, const std::vector<CheckRollup>& days) {
    std::int64_t hours = std::max<std::int64_t>(0, as_of_ms - success_ms) / hour_ms;
    const auto success_day = static_cast<Day>(success_ms / day_ms);
    for (const auto& day : days)
        if (day.closed && day.day > success_day && day.day * day_ms < as_of_ms) hours -= 24;
    return std::max<std::int64_t>(0, hours);
}

std::array<HealthPartScore, 5> score_parts(const Window& window, std::optional<InstantMs> last_success_ms,
                                           InstantMs as_of_ms, const std::vector<CheckRollup>& days) {
    std::array<HealthPartScore, 5> parts;
    for (std::size_t index = 0; index < parts.size(); ++index)
        parts[index].kind = static_cast<HealthPartKind>(index);
    auto& [calls, ledger, freshness, latency, errors] = parts;

    calls.numerator = window.succeeded;
    calls.denominator = window.calls;
    if (window.calls >= calls_min) calls.score = on_line(share_of(window.succeeded, window.calls), 0.995, 0.80);

    ledger.numerator = window.matched;
    ledger.denominator = window.rows;
    if (window.rows >= ledger_rows_min) ledger.score = on_line(share_of(window.matched, window.rows), 0.995, 0.85);

    if (last_success_ms) {
        freshness.numerator = open_hours_since(*last_success_ms, as_of_ms, days);
        freshness.denominator = 1;
        freshness.score = on_line(static_cast<double>(freshness.numerator), 24, 96);
    }
    if (window.calls >= calls_min) {
        const double mean_ms = window.latency_sum_ms / static_cast<double>(window.calls);
        latency.numerator = static_cast<std::int64_t>(mean_ms + 0.5);
        latency.denominator = 1;
        latency.score = on_line(mean_ms, 800, 4'000);
    }
    errors.numerator = window.acknowledged;
    errors.denominator = window.errors;
    if (window.errors > 0) errors.score = on_line(share_of(window.acknowledged, window.errors), 1.0, 0.0);
    return parts;
}

// Scales the weights of the parts that are there to 100% and gives the weighted score; nothing when none is there.
std::optional<std::int32_t> weigh(std::array<HealthPartScore, 5>& parts) {
    std::int32_t present = 0;
    for (std::size_t index = 0; index < parts.size(); ++index)
        present += parts[index].score ? weights[index] : 0;
    if (present == 0) return std::nullopt;
    std::int64_t sum = 0;
    for (std::size_t index = 0; index < parts.size(); ++index) {
        if (!parts[index].score) continue;
        parts[index].weight_basis_points = (weights[index] * 10'000 + present / 2) / present;
        sum += static_cast<std::int64_t>(weights[index]) * *parts[index].score;
    }
    return static_cast<std::int32_t>((sum + present / 2) / present);
}

// The ledger matched under 90% on each of the last three open days.
bool ledger_fails(const std::vector<CheckRollup>& days) {
    int failing = 0;
    for (auto day = days.rbegin(); day != days.rend() && failing < ledger_cap_days; ++day) {
        if (day->closed) continue;
        const bool enough = day->ledger_rows >= ledger_rows_min;
        if (!enough || share_of(day->ledger_matched, day->ledger_rows) >= 0.90) return false;
        ++failing;
    }
    return failing == ledger_cap_days;
}

// Nothing succeeded on the last open day that is over. (The present day is judged by the shares alone.)
bool has_no_success(const std::vector<CheckRollup>& days, Day today) {
    const auto last = std::find_if(days.rbegin(), days.rend(),
                                   [&](const CheckRollup& day) { return !day.closed && day.day < today; });
    return last != days.rend() && last->calls >= day_calls_min && last->calls_succeeded == 0;
}

struct Cap {
    std::int32_t score = 100;
    FigureReason reason = FigureReason::none;
};

Cap cap_of(const std::vector<CheckRollup>& days, Day today) {
    if (!days.empty() && !days.back().credentials_valid) return {hard_cap, FigureReason::credentials_fail};
    if (ledger_fails(days)) return {hard_cap, FigureReason::ledger_mismatch};
    if (has_no_success(days, today)) return {soft_cap, FigureReason::no_success_for_a_day};
    return {};
}

HealthTone tone_of(std::int32_t score) {
    if (score >= health_good_min) return HealthTone::good;
    return score >= health_warn_min ? HealthTone::warn : HealthTone::bad;
}

}  // namespace

HealthDay health_of_day(const CheckRollup& rollup) {
    if (rollup.closed) return HealthDay::closed;
    if (!rollup.credentials_valid) return HealthDay::bad;
    HealthDay worst = HealthDay::no_data;
    const auto worsen = [&](double share, double good_min, double warn_min) {
        const HealthDay day = share >= good_min   ? HealthDay::good
                              : share >= warn_min ? HealthDay::warn
                                                  : HealthDay::bad;
        if (worst == HealthDay::no_data || day > worst) worst = day;
    };
    if (rollup.calls >= day_calls_min) worsen(share_of(rollup.calls_succeeded, rollup.calls), 0.97, 0.90);
    if (rollup.ledger_rows >= ledger_rows_min) worsen(share_of(rollup.ledger_matched, rollup.ledger_rows), 0.97, 0.90);
    return worst;
}

HealthReport integration_health(std::span<const CheckRollup> rollups, Day today, InstantMs as_of_ms) {
    const std::vector<CheckRollup> days = sorted_days(rollups, today);
    HealthReport report;
    report.figure.id = FigureId::integration_health;
    report.figure.unit = FigureUnit::score;
    report.figure.basis = FigureBasis::now;
    report.figure.as_of_ms = as_of_ms;
    report.figure.denominator = 100;
    report.days.fill(HealthDay::no_data);
    const Day end = window_end(days, today);
    for (const auto& day : days) {
        if (day.day > end - window_days)
            report.days[static_cast<std::size_t>(day.day - (end - window_days + 1))] = health_of_day(day);
        if (day.last_success_ms && day.last_success_ms > report.last_success_ms)
            report.last_success_ms = day.last_success_ms;
    }
    if (!days.empty()) {
        report.last_check_day = days.back().day;
        report.figure.closed_until = days.back().day;
    }

    const Window window = sum_window(days, end);
    report.parts = score_parts(window, report.last_success_ms, as_of_ms, days);
    const Cap cap = cap_of(days, today);
    // Without calls there is nothing to score; refused credentials are the exception, because they are the cause.
    const bool silent = window.calls == 0 && cap.reason != FigureReason::credentials_fail;
    const std::optional<std::int32_t> score = silent ? std::nullopt : weigh(report.parts);
    if (!score) {
        report.figure.reason = silent ? FigureReason::no_recent_calls : FigureReason::too_few_cases;
        return report;
    }
    report.uncapped = *score;
    const std::int32_t shown = std::min(*score, cap.score);
    report.figure.reason = cap.reason;
    report.figure.value = shown;
    report.figure.numerator = shown;
    report.tone = tone_of(shown);
    return report;
}

}  // namespace portal
