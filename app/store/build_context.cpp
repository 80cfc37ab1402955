#include "app/store/build_context.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "app/store/store.hpp"
#include "shared/base/durations.hpp"
#include "shared/rules/business_time.hpp"
#include "shared/rules/figures/period.hpp"

namespace portal::store {
namespace {

constexpr int saturday = 5;

// UTC for a zone that the database does not have: a figure a few hours off beats none.
Day local_day(InstantMs now_ms, const std::string& zone_name) {
    const auto zone = TimeZone::find(zone_name);
    return zone ? zone->day_of(now_ms) : static_cast<Day>(now_ms / day_ms);
}

}  // namespace

PlaceSet::PlaceSet(const RecordsInMemory& records, const vm::Scope& scope) {
    m_everything = scope.practices.empty() && scope.locations.empty();
    m_by_location = !scope.locations.empty();
    for (const Id& practice : scope.practices)
        m_practices.insert(practice);
    for (const Id& location : scope.locations) {
        m_locations.insert(location);
        if (const auto found = records.locations().find(location); found != records.locations().end())
            m_practices.insert(found->second.practice);
    }
    if (m_by_location) return;
    for (const auto& [id, location] : records.locations())
        if (m_practices.contains(location.practice)) m_locations.insert(id);
}

void PlaceSet::restrict(FactFilter& filter) const {
    if (m_everything) return;
    if (m_by_location)
        filter.locations.assign(m_locations.begin(), m_locations.end());
    else
        filter.practices.assign(m_practices.begin(), m_practices.end());
}

Id BuildContext::first_location() const {
    for (const auto& [id, location] : records.locations())
        if (places.has_location(id)) return id;
    return {};
}

const RecordsById<Id>& BuildContext::first_locations() const {
    if (first_locations_kept) return *first_locations_kept;
    auto& first = first_locations_kept.emplace();
    for (const auto& [id, location] : records.locations())
        first.try_emplace(location.practice, id);
    return first;
}

Id BuildContext::first_location_of(const Id& practice) const {
    const auto found = first_locations().find(practice);
    return found == first_locations().end() ? Id() : found->second;
}

std::string BuildContext::time_zone_of(const Id& location) const {
    const auto found = records.locations().find(location);
    return found == records.locations().end() || found->second.time_zone.empty() ? "UTC" : found->second.time_zone;
}

Day BuildContext::today(const Id& location) const {
    if (demo == Demo::yes && records.last_rollup_day() > 0) return records.last_rollup_day() + 1;
    return local_day(now_ms, time_zone_of(location));
}

Day BuildContext::today() const {
    return today(first_location());
}

figures::BusinessDays BuildContext::business_days(const Id& location, Day first, Day last, Day until) const {
    const std::vector<Day> all = business_days_between(location, first, last);
    return {std::upper_bound(all.begin(), all.end(), until) - all.begin(), static_cast<std::int64_t>(all.size())};
}

std::vector<Day> BuildContext::business_days_between(const Id& location, Day first, Day last) const {
    std::optional<BusinessCalendar> calendar;
    if (const auto place = records.locations().find(location); place != records.locations().end()) {
        const auto found = records.calendars().find(place->second.calendar);
        if (found != records.calendars().end()) {
            auto parsed = BusinessCalendar::parse(found->second.hours, found->second.holidays);
            if (parsed) calendar = std::move(*parsed);
        }
    }
    std::vector<Day> days;
    // Without a calendar: Monday to Friday.
    for (Day day = first; day <= last; ++day)
        if (calendar ? calendar->is_business_day(day) : weekday_of_day(day) < saturday) days.push_back(day);
    return days;
}

DayRange BuildContext::equal_elapsed(const Id& location, DayRange now, DayRange former) const {
    const auto business = [&](DayRange days) { return business_days_between(location, days.first, days.last); };
    return portal::equal_elapsed(now, former, business(elapsed_of_last_month(now)),
                                 business(last_month_of_former(former)));
}

bool BuildContext::sees_financing() const {
    for (const Role role : {Role::practice_user, Role::practice_admin, Role::account_manager, Role::lead,
                            Role::operations, Role::auditor})
        if (caller.has_role(role)) return true;
    return false;
}

bool may_read_single_facts(const Caller& caller) {
    return std::ranges::any_of(caller.grants, role_may_read_facts, &Grant::role);
}

bool BuildContext::sees_integration(const Integration& integration) const {
    return places.has_practice(integration.practice);
}

bool BuildContext::sees_ticket(const Ticket& ticket) const {
    return ticket.location.empty() ? places.has_practice(ticket.practice) : places.has_location(ticket.location);
}

void read_time_zones() {
    TimeZone::read_all();
}

}  // namespace portal::store
