// Alarms over the whole demo tenant: the story whose volume falls, and nobody else, whatever the season.
#include <catch2/catch_test_macros.hpp>

#include <map>

#include "shared/rules/business_time.hpp"
#include "shared/rules/volume_baseline.hpp"
#include "tests/tenant/recorded_tenant.hpp"

using namespace portal;

namespace {

// By the practice's name.
std::map<std::string, VolumeAlarm> alarms_of(const RecordedTenant& tenant) {
    std::map<Id, std::map<Day, std::int64_t>> applications;
    for (const RecordedSegment& segment : tenant.segments)
        for (const FinancingFact& fact : segment.facts)
            if (fact.kind == FactKind::application && !fact.duplicate) ++applications[segment.practice][fact.event_day];
    std::map<Id, Calendar> calendars;
    for (const Calendar& calendar : tenant.all<Calendar>())
        calendars[calendar.id] = calendar;
    std::map<Id, Id> calendar_of;
    for (const Location& location : tenant.all<Location>())
        calendar_of.try_emplace(location.practice, location.calendar);
    const Day last = tenant.options.today - 1;
    std::map<std::string, VolumeAlarm> alarms;
    for (const Practice& practice : tenant.all<Practice>()) {
        const Calendar& row = calendars[calendar_of[practice.id]];
        const auto calendar = BusinessCalendar::parse(row.hours, row.holidays);
        REQUIRE(calendar.has_value());
        const auto& counts = applications[practice.id];
        if (counts.empty()) continue;
        std::vector<Day> days;
        for (Day day = counts.begin()->first; day <= last; ++day)
            if (calendar->is_business_day(day)) days.push_back(day);
        if (const auto alarm = volume_alarm(business_day_counts(counts, days))) alarms[practice.name] = *alarm;
    }
    return alarms;
}

}  // namespace

TEST_CASE("story 1 alarms since its ledger broke, and no season does, the dip of story 9 included", "[tenant][slow]") {
    // Of several seasons: a dip that comes each year lies in each of them at another place.
    for (const CivilDate date : {CivilDate{2026, 11, 21}, CivilDate{2027, 1, 16}, CivilDate{2026, 7, 11}}) {
        INFO(date.year << "-" << date.month << "-" << date.day);
        const tenant::DemoOptions options{1, day_from_civil(date), tenant::Scale::full};
        const auto alarms = alarms_of(record_tenant(options));
        for (const auto& [name, alarm] : alarms)
            UNSCOPED_INFO(name << " since " << iso_day(alarm.since) << ": " << alarm.actual << " of " << alarm.usual);
        REQUIRE(alarms.size() == 1);
        const auto& [name, alarm] = *alarms.begin();
        CHECK(name == "Willow Creek Animal Hospital");
        CHECK(alarm.since == tenant::stories(options).front().day);
        CHECK(alarm.business_days == 7);
        CHECK(alarm.actual * 100 > alarm.usual * 55);
        CHECK(alarm.actual * 100 < alarm.usual * 75);
    }
}
