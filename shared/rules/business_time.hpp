// Business days and hours of a location: its calendar (several intervals a day, holidays) in its IANA time zone.
//
// Zones come from the system's database natively and from the embedded one in the browser. Thread: any.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/calendar_day.hpp"
#include "shared/base/clock.hpp"
#include "shared/base/result.hpp"

namespace date {
class time_zone;
}

namespace portal {

struct LocalTime {
    Day day = 0;
    int minute = 0;  // Of the day, 0-1439.
    int second = 0;
    int offset_minutes = 0;    // East of UTC is positive.
    std::string abbreviation;  // "PDT"
};

// A time without a clock change: local time is UTC and the offset. Both ends keep a day's distance from the changes.
struct SteadyTime {
    InstantMs from_ms = 0, until_ms = 0;
    DurationMs offset_ms = 0;
};

class TimeZone {
  public:
    // not_found for a name that the database does not have.
    static Result<TimeZone> find(std::string_view name);

    // Reads the whole database now; otherwise each zone is read when it is first asked.
    static void read_all();

    std::string name() const;
    LocalTime local(InstantMs instant_ms) const;
    Day day_of(InstantMs instant_ms) const;
    // The minute of the day may be 1440, the day's end. A time that a clock change skips is the moment of the change;
    // one that it repeats is the first.
    InstantMs instant_of(Day day, int minute) const;
    // The same, at once within `steady`: for who asks about many days of one time.
    InstantMs instant_of(Day day, int minute, const SteadyTime& steady) const;
    SteadyTime steady_time(InstantMs instant_ms) const;

  private:
    explicit TimeZone(const date::time_zone& zone) : m_zone(&zone) {}
    const date::time_zone* m_zone;
};

struct OpenInterval {
    int from_minute = 0;
    int until_minute = 0;  // Exclusive; up to 1440.

    friend bool operator==(const OpenInterval&, const OpenInterval&) = default;
};

class BusinessCalendar {
  public:
    // The texts of model/records' Calendar. invalid_argument names what is wrong; a week without an open minute is.
    static Result<BusinessCalendar> parse(std::string_view hours, std::string_view holidays);

    std::span<const OpenInterval> intervals_of(Day day) const;  // In order; none on a closed day.
    bool is_business_day(Day day) const { return !intervals_of(day).empty(); }
    // Business days in [from, until).
    int business_days(Day from, Day until) const;
    // The last business day that is over: before `today`. Nothing open in the last year gives `today - 1`.
    Day last_closed_business_day(Day today) const;

  private:
    std::vector<OpenInterval> m_week[7];  // Monday first.
    std::vector<Day> m_holidays;          // Sorted.
};

struct WorkingHours {
    BusinessCalendar calendar;
    TimeZone zone;
};

// Open time between two instants, in real milliseconds; negative when `until` comes first.
DurationMs business_time_between(const WorkingHours& hours, InstantMs from_ms, InstantMs until_ms);

// The instant at which `duration_ms` (not negative) of open time has passed. resource_exhausted when that is more than
// ten years away.
Result<InstantMs> add_business_time(const WorkingHours& hours, InstantMs from_ms, DurationMs duration_ms);

}  // namespace portal
