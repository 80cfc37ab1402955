#include "shared/tenant/go_live.hpp"

#include <array>

#include "shared/base/durations.hpp"
#include "shared/tenant/blueprint_parts.hpp"

namespace portal::tenant {
namespace {

constexpr DurationMs script_length_ms = minute_ms;
constexpr std::int64_t open_hour = 15;  // Of UTC: all of the tenant's places are at work.

// When the project reaches a moment: so many open days before it goes live, and when the minute tells it.
struct GoLiveStop {
    GoLiveMoment moment;
    DurationMs at_ms;
    int open_days_before;
    std::optional<IntegrationStage> stage = {};
    std::optional<bool> blocked = {};
};
using Stage = IntegrationStage;
constexpr auto go_live_stops = std::to_array<GoLiveStop>({
    {GoLiveMoment::kickoff, 0, 41},
    {GoLiveMoment::sandbox, 4'000, 33, Stage::sandbox},
    {GoLiveMoment::build, 9'000, 28, Stage::build},
    {GoLiveMoment::blocked, 14'000, 24, {}, true},
    {GoLiveMoment::unblocked, 20'000, 19, {}, false},
    {GoLiveMoment::certification, 25'000, 13, Stage::certification},
    {GoLiveMoment::run_failed, 29'000, 12},
    {GoLiveMoment::run_passed, 34'000, 9},
    {GoLiveMoment::pilot, 38'000, 6, Stage::pilot},
    {GoLiveMoment::pilot_day, 41'000, 6},
    {GoLiveMoment::pilot_day, 44'000, 5},
    {GoLiveMoment::pilot_day, 46'500, 4},
    {GoLiveMoment::pilot_day, 49'000, 3},
    {GoLiveMoment::pilot_day, 51'500, 2},
    {GoLiveMoment::pilot_day, 54'000, 1},
    {GoLiveMoment::gate_met, 57'000, 1},
    {GoLiveMoment::live, script_length_ms, 1, Stage::live},
});

// What the checks of a day count, of which nothing is left to luck.
struct CountedDay {
    std::int64_t calls, succeeded, rows, matched, latency_p95_ms;
};
constexpr CountedDay failed_run = {40, 34, 24, 21, 1'900}, passed_run = {40, 40, 24, 24, 1'150};
constexpr auto pilot_days = std::to_array<CountedDay>({{48, 45, 30, 28, 1'700},
                                                       {66, 64, 40, 39, 1'300},
                                                       {81, 80, 48, 47, 1'020},
                                                       {96, 96, 58, 58, 900},
                                                       {104, 104, 62, 62, 840},
                                                       {118, 118, 70, 70, 810}});

class GoLiveScript {
  public:
    explicit GoLiveScript(const DemoOptions& options)
        : m_blueprint(make_blueprint(options)),
          m_practice(place()),
          m_last(open_day_before(m_practice.hours, options.today, 1)) {}

    GoLive tell() {
        m_script.length_ms = script_length_ms;
        m_script.blocked_reason = "The test merchant number has not been issued yet";
        set_kickoff();
        for (const Grant& grant : m_blueprint.grants)
            if (grant.user == m_script.kickoff.engineer) m_script.engineer_grants.push_back(grant);
        for (const GoLiveStop& stop : go_live_stops)
            add(stop);
        return std::move(m_script);
    }

  private:
    // Who still files by hand; in a small tenant everybody has an integration, and the last one gets another.
    const PracticePlan& place() const {
        for (const PracticePlan& practice : m_blueprint.practices)
            if (practice.integrations.empty()) return practice;
        return m_blueprint.practices.back();
    }

    Day day_of(const GoLiveStop& stop) const {
        return open_day_before(m_practice.hours, m_blueprint.options.today, stop.open_days_before);
    }

    void set_kickoff() {
        const DemoOptions& options = m_blueprint.options;
        const Vendor& vendor = m_blueprint.vendors[m_practice.vendor];
        Integration& row = m_script.kickoff;
        row.id = id_for(options, "going live", 0);
        row.external_key = numbered_key("I", m_blueprint.practices.size() + 1, 4);
        row.practice = m_practice.row.id;
        row.vendor = vendor.id;
        row.name = vendor.product + " at " + m_practice.row.name;
        row.stage = Stage::kickoff;
        row.stage_since = day_of(go_live_stops.front());
        row.stage_history = "discovery:" + std::to_string(row.stage_since - 33) +
                            ",contracted:" + std::to_string(row.stage_since - 12) +
                            ",kickoff:" + std::to_string(row.stage_since);
        row.go_live_p50 = m_last + 3;
        row.go_live_p80 = m_last + 12;
        row.engineer = m_blueprint.users[m_blueprint.engineers.front()].id;
    }

    CheckRollup rollup_on(Day day) const {
        CheckRollup row;
        row.id = id_for(m_blueprint.options, "going live check", static_cast<std::uint64_t>(day));
        row.external_key = m_script.kickoff.external_key + "-" + iso_day(day);
        row.integration = m_script.kickoff.id;
        row.day = day;
        row.closed = !is_open(m_practice.hours, day);
        return row;
    }

    // Closed days since the last count are told with the next, so that they do not look like days without a report.
    void count(GoLiveEvent& event, Day day, const CountedDay& counted, std::string_view note = {}) {
        for (Day closed = m_told_until + 1; closed < day; ++closed)
            if (!is_open(m_practice.hours, closed)) event.told.push_back(to_row(rollup_on(closed)));
        CheckRollup row = rollup_on(day);
        row.calls = counted.calls;
        row.calls_succeeded = counted.succeeded;
        row.ledger_rows = counted.rows;
        row.ledger_matched = counted.matched;
        row.latency_p95_ms = counted.latency_p95_ms;
        row.errors = counted.calls - counted.succeeded;
        row.errors_acknowledged = row.errors;
        row.last_success_ms = local_instant(m_practice.zone, day, 14 * 60 + 20);
        row.note = note;
        event.part = row.calls_succeeded;
        event.whole = row.calls;
        event.told.push_back(to_row(row));
        m_told_until = day;
    }

    Row incident(InstantMs started_ms, std::optional<InstantMs> ended_ms) const {
        Incident row;
        row.id = id_for(m_blueprint.options, "going live incident", 0);
        row.external_key = numbered_key("N", 9'999, 4);
        row.integration = m_script.kickoff.id;
        row.title = "Refunds are posted twice in the certification run";
        row.started_ms = started_ms;
        row.ended_ms = ended_ms;
        return to_row(row);
    }

    void add(const GoLiveStop& stop) {
        const Day day = day_of(stop);
        GoLiveEvent event{.at_ms = stop.at_ms,
                          .moment = stop.moment,
                          .when_ms = day * day_ms + open_hour * hour_ms,
                          .stage = stop.stage,
                          .blocked = stop.blocked};
        if (stop.moment == GoLiveMoment::run_failed) {
            m_told_until = day - 1;
            m_incident_ms = event.when_ms;
            count(event, day, failed_run, "Refunds are posted twice");
            event.told.push_back(incident(m_incident_ms, std::nullopt));
        } else if (stop.moment == GoLiveMoment::run_passed) {
            count(event, day, passed_run);
            event.told.push_back(incident(m_incident_ms, event.when_ms));
        } else if (stop.moment == GoLiveMoment::pilot_day) {
            count(event, day, pilot_days[m_pilot_day++]);
            m_pilot_calls += event.whole;
            m_pilot_succeeded += event.part;
        } else if (stop.moment == GoLiveMoment::gate_met) {
            event.part = m_pilot_succeeded;
            event.whole = m_pilot_calls;
            // The closed days up to now are known, too.
            for (Day closed = m_last + 1; closed < m_blueprint.options.today; ++closed)
                event.told.push_back(to_row(rollup_on(closed)));
        }
        m_script.events.push_back(std::move(event));
    }

    Blueprint m_blueprint;
    const PracticePlan& m_practice;
    GoLive m_script;
    Day m_last = 0;  // The last open day: it goes live then.
    Day m_told_until = 0;
    InstantMs m_incident_ms = 0;
    std::size_t m_pilot_day = 0;
    std::int64_t m_pilot_calls = 0, m_pilot_succeeded = 0;
};

}  // namespace

GoLive go_live(const DemoOptions& options) {
    return GoLiveScript(options).tell();
}

}  // namespace portal::tenant
