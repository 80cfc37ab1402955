// Daily check rollups and incidents of the integrations.
#include <algorithm>
#include <array>

#include "shared/base/durations.hpp"
#include "shared/tenant/blueprint_parts.hpp"
#include "shared/tenant/parts.hpp"

namespace portal::tenant {
namespace {

constexpr Day check_days = 198;

// Shares in hundredths of a per cent.
struct Quality {
    std::int64_t success = 9'900, match = 9'850, acknowledged = 6'000, latency_ms = 1'000;
};

Quality quality_of(CheckMood mood, SeededRandom& random) {
    switch (mood) {
        case CheckMood::excellent:
            return {9'985, 9'980, 9'500, 620};
        case CheckMood::slow:
            return {9'870, 9'800, 5'500, 2'900};
        case CheckMood::flaky:
            return {9'250, 9'620, 4'000, 1'700};
        // Before its upgrade this one scores 92.
        case CheckMood::story_one:
            return {9'890, 9'850, 6'000, 1'095};
        default:
            return {random.between(9'840, 9'950), random.between(9'760, 9'960), random.between(5'000, 9'500),
                    random.between(650, 1'500)};
    }
}

// `share` of `whole`, to the nearest: quality stories must not depend on luck.
std::int64_t part_of(std::int64_t whole, std::int64_t share) {
    return (whole * share + 5'000) / 10'000;
}

class ChecksOfIntegration {
  public:
    ChecksOfIntegration(const Blueprint& blueprint, std::size_t index)
        : m_blueprint(blueprint),
          m_plan(blueprint.integrations[index]),
          m_practice(blueprint.practices[m_plan.practice]),
          m_random(random_for(blueprint.options, "checks", index)),
          m_quality(quality_of(m_plan.mood, m_random)) {
        for (const std::size_t location : m_practice.locations)
            m_weight += blueprint.locations[location].weight;
    }

    void tell(TenantSink& sink) {
        const Day first = std::max(m_plan.live_since, m_blueprint.options.today - check_days);
        for (Day day = first; day <= m_blueprint.last_day; ++day)
            sink.on_row(to_row(rollup(day)));
    }

  private:
    CheckRollup rollup(Day day) {
        CheckRollup row;
        row.id = id_for(m_blueprint.options, "check:" + m_plan.row.id, static_cast<std::uint64_t>(day));
        row.external_key = m_plan.row.external_key + "-" + iso_day(day);
        row.integration = m_plan.row.id;
        row.day = day;
        row.closed = !is_open(m_practice.hours, day);
        const auto jitter = static_cast<std::int64_t>(m_random.between(85, 115));
        if (row.closed || is_silent(day)) return row;
        row.calls = static_cast<std::int64_t>(30 + m_weight * 22) * jitter / 100;
        row.ledger_rows = row.calls * 6 / 10;
        row.calls_succeeded = part_of(row.calls, m_quality.success);
        row.ledger_matched = part_of(row.ledger_rows, m_quality.match);
        row.latency_p95_ms = m_quality.latency_ms * m_random.between(96, 104) / 100;
        apply_plot(row);
        row.errors = row.calls - row.calls_succeeded + (row.ledger_rows - row.ledger_matched) / 4;
        row.errors_acknowledged = part_of(row.errors, m_quality.acknowledged);
        if (row.calls_succeeded > 0)
            row.last_success_ms = local_instant(m_practice.zone, day, 14 * 60 + static_cast<int>(m_random.below(45)));
        return row;
    }

    bool is_silent(Day day) const {
        if (m_plan.mood == CheckMood::no_checks) return true;
        return m_plan.mood == CheckMood::silent && day > m_blueprint.options.today - 19;
    }

    void apply_plot(CheckRollup& row) const {
        const Day today = m_blueprint.options.today;
        if (m_plan.mood == CheckMood::story_one && row.day >= ledger_break_day(m_blueprint)) {
            row.ledger_matched = part_of(row.ledger_rows, 7'120);
            row.note = "Ledger ids changed format after the upgrade to 9.4; new entries find no partner";
        }
        if (m_plan.mood == CheckMood::recovered && recovered_break(m_blueprint).contains(row.day)) {
            row.ledger_matched = part_of(row.ledger_rows, 7'480);
            row.note = "Ledger ids changed format after the upgrade to 9.4; new entries find no partner";
        }
        if (m_plan.mood == CheckMood::credentials_fail && row.day >= open_day_before(m_practice.hours, today, 2)) {
            row.credentials_valid = false;
            row.calls_succeeded = 0;
            row.ledger_matched = 0;
            row.ledger_rows = 0;
            row.note = "The API key expired";
        }
    }

    const Blueprint& m_blueprint;
    const IntegrationPlan& m_plan;
    const PracticePlan& m_practice;
    SeededRandom m_random;
    Quality m_quality;
    double m_weight = 0;
};

class Incidents {
  public:
    Incidents(const Blueprint& blueprint, TenantSink& sink) : m_blueprint(blueprint), m_sink(sink) {}

    void add(const IntegrationPlan& plan, std::string_view title, IncidentSeverity severity, InstantMs started_ms,
             std::optional<InstantMs> ended_ms) {
        Incident incident;
        incident.id = id_for(m_blueprint.options, "incident", m_count);
        incident.external_key = numbered_key("N", ++m_count, 4);
        incident.integration = plan.row.id;
        incident.title = title;
        incident.severity = severity;
        incident.started_ms = started_ms;
        incident.ended_ms = ended_ms;
        m_sink.on_row(to_row(incident));
    }

  private:
    const Blueprint& m_blueprint;
    TenantSink& m_sink;
    std::uint64_t m_count = 0;
};

void add_ordinary(const Blueprint& blueprint, Incidents& incidents) {
    constexpr std::array<std::string_view, 5> titles = {
        "Calls time out in the morning hour", "Duplicate postings after a retry", "Sandbox key used in production",
        "Nightly ledger export was empty", "Certificate renewed late"};
    for (std::size_t index = 0; index < blueprint.integrations.size(); ++index) {
        const IntegrationPlan& plan = blueprint.integrations[index];
        SeededRandom random = random_for(blueprint.options, "incident of", index);
        if (plan.live_since > blueprint.last_day - 40 || plan.mood == CheckMood::excellent || !random.chance(0.35))
            continue;
        const Day day = std::max(plan.live_since, blueprint.last_day - static_cast<Day>(random.between(35, 170)));
        const Zone zone = blueprint.practices[plan.practice].zone;
        const InstantMs started_ms = local_instant(zone, day, 8 * 60 + static_cast<int>(random.below(480)));
        // One draw per statement: compilers order the arguments of a call as they like.
        const std::string_view title = titles[random.below(titles.size())];
        const IncidentSeverity severity = random.chance(0.8) ? IncidentSeverity::minor : IncidentSeverity::major;
        incidents.add(plan, title, severity, started_ms, started_ms + random.between(40, 2'600) * minute_ms);
    }
}

}  // namespace

void tell_checks(const Blueprint& blueprint, TenantSink& sink) {
    for (std::size_t index = 0; index < blueprint.integrations.size() && sink.wants_more(); ++index)
        ChecksOfIntegration(blueprint, index).tell(sink);
}

void tell_incidents(const Blueprint& blueprint, TenantSink& sink) {
    Incidents incidents(blueprint, sink);
    constexpr std::string_view ledger_title = "Ledger match broke after the upgrade to 9.4";
    for (const auto& plan : blueprint.integrations) {
        const Zone zone = blueprint.practices[plan.practice].zone;
        if (plan.mood == CheckMood::story_one)
            incidents.add(plan, ledger_title, IncidentSeverity::major,
                          local_instant(zone, ledger_break_day(blueprint), 9 * 60 + 12), std::nullopt);
        if (plan.mood == CheckMood::recovered)
            incidents.add(plan, ledger_title, IncidentSeverity::major,
                          local_instant(zone, recovered_break(blueprint).first, 8 * 60 + 40),
                          local_instant(zone, recovered_break(blueprint).last, 17 * 60 + 5));
        if (plan.mood == CheckMood::credentials_fail)
            incidents.add(
                plan, "The API key expired", IncidentSeverity::critical,
                local_instant(zone, open_day_before(OfficeHours::weekdays, blueprint.options.today, 2), 7 * 60 + 58),
                std::nullopt);
    }
    add_ordinary(blueprint, incidents);
}

}  // namespace portal::tenant
