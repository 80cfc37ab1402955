#include "app/store/volume_watch.hpp"

#include "app/store/build_context.hpp"
#include "app/store/builders.hpp"

namespace portal::store {
namespace {

using CountByDay = std::map<Day, std::int64_t>;

std::map<Id, CountByDay> applications_by_practice(const BuildContext& context, DayRange days) {
    FactFilter filter;
    filter.days = days;
    const auto answers = context.records.financing().answer(
        {{filter, FactKey::practice, FactKey::day, {}, measure(&FactSums::applications)}});
    std::map<Id, CountByDay> counts;
    for (const FactGroup& group : answers[0])
        counts[group.id][static_cast<Day>(group.second_number)] = group.sums.applications;
    return counts;
}

vm::VolumeAlarmLine alarm_line(const BuildContext& context, const Id& practice, const VolumeAlarm& alarm) {
    vm::VolumeAlarmLine line;
    line.practice = practice;
    line.practice_name = context.records.practice_name(practice);
    line.since = alarm.since;
    line.until = alarm.until;
    line.business_days = alarm.business_days;
    line.actual = alarm.actual;
    line.usual = alarm.usual;
    return line;
}

}  // namespace

const std::map<Id, VolumeAlarm>& VolumeWatch::alarms(const BuildContext& context) {
    const std::int64_t version = context.records.volume_version();
    if (m_version == version) return m_alarms;
    m_version = version;
    m_alarms.clear();
    const Day until = context.records.financing().closed_until({}).value_or(0);
    if (until == 0) return m_alarms;
    const Day first = first_day_of_month(month_of_day(until) - baseline_months);
    const auto counts = applications_by_practice(context, {first, until});
    const RecordsById<Id>& locations = context.first_locations();
    for (const auto& [practice, by_day] : counts) {
        // A practice's days begin with its first application: before, there was none to count.
        const auto location = locations.find(practice);
        if (location == locations.end() || by_day.empty()) continue;
        const auto days = context.business_days_between(location->second, by_day.begin()->first, until);
        if (const auto alarm = volume_alarm(business_day_counts(by_day, days))) m_alarms[practice] = *alarm;
    }
    return m_alarms;
}

std::vector<vm::VolumeAlarmLine> volume_alarms(const BuildContext& context) {
    std::vector<vm::VolumeAlarmLine> lines;
    if (!context.sees_financing()) return lines;
    for (const auto& [practice, alarm] : context.volume_watch->alarms(context))
        if (context.places.has_practice(practice)) lines.push_back(alarm_line(context, practice, alarm));
    return lines;
}

}  // namespace portal::store
