#include "shared/rules/business_time.hpp"

#include <date/tz.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "shared/base/durations.hpp"

namespace portal {
namespace {

using Milliseconds = std::chrono::milliseconds;

constexpr int minutes_of_day = 24 * 60;
constexpr Day days_searched_max = 3'660;

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t start = 0;;) {
        const std::size_t end = text.find(separator, start);
        parts.push_back(text.substr(start, end - start));
        if (end == std::string_view::npos) return parts;
        start = end + 1;
    }
}

// "09:30" to minutes, or -1; "24:00" is the day's end.
int parse_minute(std::string_view text) {
    const auto digit = [&](std::size_t index) {
        return text[index] >= '0' && text[index] <= '9' ? text[index] - '0' : -99;
    };
    if (text.size() != 5 || text[2] != ':') return -1;
    const int hour = digit(0) * 10 + digit(1), minute = digit(3) * 10 + digit(4);
    const int total = hour * 60 + minute;
    return hour >= 0 && minute >= 0 && minute < 60 && total <= minutes_of_day ? total : -1;
}

Result<std::vector<OpenInterval>> parse_day(std::string_view text) {
    std::vector<OpenInterval> intervals;
    if (text.empty()) return intervals;
    for (const std::string_view part : split(text, ',')) {
        const std::size_t dash = part.find('-');
        OpenInterval interval{-1, -1};
        if (dash != std::string_view::npos)
            interval = {parse_minute(part.substr(0, dash)), parse_minute(part.substr(dash + 1))};
        const int earliest = intervals.empty() ? 0 : intervals.back().until_minute;
        if (interval.from_minute < earliest || interval.until_minute <= interval.from_minute)
            return fail(ErrorCode::invalid_argument,
                        "hours \"" + std::string(part) + "\" are not in order like 09:00-12:00,13:00-17:00");
        intervals.push_back(interval);
    }
    return intervals;
}

}  // namespace

Result<TimeZone> TimeZone::find(std::string_view name) {
    try {
        return TimeZone(*date::locate_zone(std::string(name)));
    } catch (const std::runtime_error&) {
        return fail(ErrorCode::not_found, "\"" + std::string(name) + "\" is not a known time zone");
    }
}

void TimeZone::read_all() {
    for (const date::time_zone& zone : date::get_tzdb().zones)
        (void)zone.get_info(date::sys_seconds{});
}

std::string TimeZone::name() const {
    return m_zone->name();
}

LocalTime TimeZone::local(InstantMs instant_ms) const {
    const date::sys_time<Milliseconds> instant{Milliseconds{instant_ms}};
    const date::sys_info info = m_zone->get_info(instant);
    const auto local = instant.time_since_epoch() + info.offset;
    const auto day = std::chrono::floor<date::days>(local);
    const auto seconds = std::chrono::floor<std::chrono::seconds>(local - day).count();
    LocalTime time;
    time.day = static_cast<Day>(day.count());
    time.minute = static_cast<int>(seconds / 60);
    time.second = static_cast<int>(seconds % 60);
    time.offset_minutes = static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(info.offset).count());
    time.abbreviation = info.abbrev;
    return time;
}

Day TimeZone::day_of(InstantMs instant_ms) const {
    return local(instant_ms).day;
}

InstantMs TimeZone::instant_of(Day day, int minute) const {
    const date::local_time<Milliseconds> local{date::days{day} + std::chrono::minutes{minute}};
    return m_zone->to_sys(local, date::choose::earliest).time_since_epoch().count();
}

InstantMs TimeZone::instant_of(Day day, int minute, const SteadyTime& steady) const {
    const InstantMs instant_ms = day * day_ms + minute * minute_ms - steady.offset_ms;
    return instant_ms >= steady.from_ms && instant_ms < steady.until_ms ? instant_ms : instant_of(day, minute);
}

SteadyTime TimeZone::steady_time(InstantMs instant_ms) const {
    const date::sys_info info = m_zone->get_info(date::sys_time<Milliseconds>{Milliseconds{instant_ms}});
    // A zone's first and last times have ends that no count of milliseconds reaches.
    const auto ms_of = [](date::sys_seconds time) {
        const std::int64_t seconds_max = std::numeric_limits<std::int64_t>::max() / 2'000;
        return std::clamp<std::int64_t>(time.time_since_epoch().count(), -seconds_max, seconds_max) * 1'000;
    };
    return {ms_of(info.begin) + day_ms, ms_of(info.end) - day_ms, Milliseconds(info.offset).count()};
}

Result<BusinessCalendar> BusinessCalendar::parse(std::string_view hours, std::string_view holidays) {
    BusinessCalendar calendar;
    const auto days = split(hours, '|');
    if (days.size() != 7)
        return fail(ErrorCode::invalid_argument, "hours need seven days, Monday to Sunday, separated by |");
    bool open = false;
    for (std::size_t index = 0; index < days.size(); ++index) {
        PORTAL_TRY_ASSIGN(intervals, parse_day(days[index]));
        open = open || !intervals.empty();
        calendar.m_week[index] = std::move(intervals);
    }
    if (!open) return fail(ErrorCode::invalid_argument, "hours leave no day of the week open");
    if (!holidays.empty()) {
        for (const std::string_view text : split(holidays, ',')) {
            PORTAL_TRY_ASSIGN(day, parse_iso_day(text));
            calendar.m_holidays.push_back(day);
        }
    }
    std::sort(calendar.m_holidays.begin(), calendar.m_holidays.end());
    return calendar;
}

std::span<const OpenInterval> BusinessCalendar::intervals_of(Day day) const {
    if (std::binary_search(m_holidays.begin(), m_holidays.end(), day)) return {};
    return m_week[weekday_of_day(day)];
}

int BusinessCalendar::business_days(Day from, Day until) const {
    int count = 0;
    for (Day day = from; day < until; ++day)
        count += is_business_day(day) ? 1 : 0;
    return count;
}

Day BusinessCalendar::last_closed_business_day(Day today) const {
    for (Day day = today - 1; day > today - 366; --day)
        if (is_business_day(day)) return day;
    return today - 1;
}

DurationMs business_time_between(const WorkingHours& hours, InstantMs from_ms, InstantMs until_ms) {
    if (until_ms < from_ms) return -business_time_between(hours, until_ms, from_ms);
    DurationMs total = 0;
    const SteadyTime steady = hours.zone.steady_time(from_ms);
    const Day last = hours.zone.day_of(until_ms);
    for (Day day = hours.zone.day_of(from_ms); day <= last; ++day)
        for (const OpenInterval& interval : hours.calendar.intervals_of(day)) {
            const InstantMs start = std::max(from_ms, hours.zone.instant_of(day, interval.from_minute, steady));
            const InstantMs end = std::min(until_ms, hours.zone.instant_of(day, interval.until_minute, steady));
            total += std::max<DurationMs>(0, end - start);
        }
    return total;
}

Result<InstantMs> add_business_time(const WorkingHours& hours, InstantMs from_ms, DurationMs duration_ms) {
    const SteadyTime steady = hours.zone.steady_time(from_ms);
    const Day first = hours.zone.day_of(from_ms);
    DurationMs left = duration_ms;
    for (Day day = first; day < first + days_searched_max; ++day)
        for (const OpenInterval& interval : hours.calendar.intervals_of(day)) {
            const InstantMs start = std::max(from_ms, hours.zone.instant_of(day, interval.from_minute, steady));
            const InstantMs end = hours.zone.instant_of(day, interval.until_minute, steady);
            if (end <= start) continue;
            if (left <= end - start) return start + left;
            left -= end - start;
        }
    return fail(ErrorCode::resource_exhausted, "the calendar has no open time left for that duration");
}

}  // namespace portal
