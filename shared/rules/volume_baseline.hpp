// How many applications a practice's business day usually brings, and when too few have come to be chance.
//
// A day's usual number is the level of the weeks before, times what its weekday and its month of the year usually have
// over the others: a season that came before is no alarm. The month's factor comes from the same month a year and two
// years ago, so a practice needs more than a year. An alarm is a run of days, up to the last closed one, that lacks a
// quarter of what is usual and far more than the practice's own days differ by. Applications tell a fall at once; money
// follows with the settlement's delay, and single large sales hide it. Thread: any.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "shared/base/calendar_day.hpp"

namespace portal {

inline constexpr MonthIndex baseline_months = 24;       // Of history that is looked at.
inline constexpr MonthIndex baseline_months_min = 13;   // Before the present month; fewer have no season.
inline constexpr std::size_t baseline_level_days = 40;  // Business days that tell the level...
inline constexpr std::size_t alarm_days_max = 20;       // ...before those that an alarm can be of.
inline constexpr std::size_t alarm_days_min = 4;        // Fewer may be a long weekend.
inline constexpr double alarm_drop_min = 0.25;          // Of the run and of its last days; half of it on its first.
inline constexpr double alarm_deviations_min = 3.5;     // Of chance, for the practice's own spread.

// A business day with the applications of it and of the closed days before it.
struct BusinessDayCount {
    Day day = 0;
    std::int64_t count = 0;
};
std::vector<BusinessDayCount> business_day_counts(const std::map<Day, std::int64_t>& count_by_day,
                                                  const std::vector<Day>& business_days);

struct VolumeBaseline {
    double level = 0;                        // Of a business day without weekday and season.
    std::array<double, 7> weekday{};         // Monday first; 1 is as the others.
    std::array<double, 12> month_of_year{};  // January first; only those of the last three months are learned.
    double spread = 0;                       // Of one business day, over its usual number.
    double season_days = 0;                  // Business days that the present month's factor was learned from.
    double usual(Day day) const;
};

// `days` in order, ending with the last closed business day; nothing while too little is known.
std::optional<VolumeBaseline> learn_baseline(std::span<const BusinessDayCount> days);

struct VolumeAlarm {
    Day since = 0, until = 0;  // The run of days, both included.
    std::int64_t business_days = 0;
    std::int64_t actual = 0;
    std::int64_t usual = 0;
    friend bool operator==(const VolumeAlarm&, const VolumeAlarm&) = default;
};
// The run that chance explains least; nothing when none is far enough off. Version 1.
std::optional<VolumeAlarm> volume_alarm(std::span<const BusinessDayCount> days);

}  // namespace portal
