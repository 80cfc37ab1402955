// What every snapshot builder reads: the records, who looks, from where, and when.
//
// `now` and "today" are the server's: its time at the last pull plus the time since. In the demo tenant, whose days
// move by whole weeks, today is the day after the last one its sources reported, so that it looks the same all week.
// Thread: the store's; lives for one build.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "app/store/outbox.hpp"
#include "app/store/records_in_memory.hpp"
#include "app/store/replica.hpp"
#include "app/vm/snapshot.hpp"
#include "shared/facts/fact_table.hpp"
#include "shared/rules/caller.hpp"
#include "shared/rules/figures/financing.hpp"

namespace portal::store {

struct ServerTold;
class SqlRunner;
class VolumeWatch;

enum class Demo : std::uint8_t { no, yes };

// Places that the user chose, resolved. Empty choice: everything the user may see.
class PlaceSet {
  public:
    PlaceSet(const RecordsInMemory& records, const vm::Scope& scope);
    bool has_practice(const Id& practice) const { return m_everything || m_practices.contains(practice); }
    bool has_location(const Id& location) const { return m_everything || m_locations.contains(location); }
    bool is_everything() const { return m_everything; }
    const std::set<Id>& practices() const { return m_practices; }
    const std::set<Id>& locations() const { return m_locations; }
    // A chosen location restricts facts below the practice.
    void restrict(FactFilter& filter) const;

  private:
    bool m_everything = true;
    bool m_by_location = false;
    std::set<Id> m_practices;  // Also the practices of chosen locations.
    std::set<Id> m_locations;
};

// Single facts, not only figures of them.
bool may_read_single_facts(const Caller& caller);

struct BuildContext {
    const RecordsInMemory& records;
    Replica& replica;
    Outbox& outbox;
    const Caller& caller;
    const vm::Scope& scope;
    const PlaceSet& places;
    InstantMs now_ms = 0;
    InstantMs as_of_ms = 0;  // Server time of the last completed pull.
    Demo demo = Demo::no;
    // Never null where a screen is built.
    ServerTold* server_told = nullptr;
    VolumeWatch* volume_watch = nullptr;
    const SqlRunner* sql_runner = nullptr;
    std::string language = {};  // Of what is written here, as files are; empty: the caller's.
    // Of tickets_in_scope(), which several parts of a screen ask for.
    mutable std::optional<std::vector<const Ticket*>> tickets_kept = {};
    // Of first_locations(), for the same reason.
    mutable std::optional<RecordsById<Id>> first_locations_kept = {};

    // The business date of a location (empty: UTC).
    Day today(const Id& location) const;
    // Of the first location in scope.
    Day today() const;
    Id first_location() const;
    // Of each practice with one, whatever the scope: its calendar counts the practice's business days.
    const RecordsById<Id>& first_locations() const;
    // Empty for a practice without any.
    Id first_location_of(const Id& practice) const;
    std::string time_zone_of(const Id& location) const;
    // Business days of the days [first, last] that a practice's calendar has, up to `until` and in all.
    figures::BusinessDays business_days(const Id& location, Day first, Day last, Day until) const;
    // The same days one by one, in order.
    std::vector<Day> business_days_between(const Id& location, Day first, Day last) const;
    // `former`, a period of months, up to as many elapsed business days of its last month as `now` has.
    DayRange equal_elapsed(const Id& location, DayRange now, DayRange former) const;

    bool sees_financing() const;
    bool may_read_facts() const { return may_read_single_facts(caller); }
    bool sees_integration(const Integration& integration) const;
    bool sees_ticket(const Ticket& ticket) const;
    // A pending edit stands behind the row.
    bool is_pending(Entity entity, const Id& id) const { return replica.is_in_overlay(entity, id); }
    figures::Freshness freshness(Day closed_until) const { return {as_of_ms, closed_until}; }
};

}  // namespace portal::store
