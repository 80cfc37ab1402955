#include "shared/rules/business_time.hpp"

#include <catch2/catch_test_macros.hpp>

namespace portal {
namespace {

constexpr DurationMs minute = 60'000, hour = 60 * minute;
constexpr std::string_view split_week =
    "09:00-12:00,13:00-17:00|09:00-12:00,13:00-17:00|09:00-12:00,13:00-17:00|09:00-12:00,13:00-17:00|"
    "09:00-12:00,13:00-17:00||";
constexpr std::string_view always =
    "00:00-24:00|00:00-24:00|00:00-24:00|00:00-24:00|00:00-24:00|00:00-24:00|00:00-24:00";

Day day_of_text(std::string_view text) {
    return parse_iso_day(text).value();
}

WorkingHours hours_of(std::string_view week, std::string_view zone, std::string_view holidays = {}) {
    return {BusinessCalendar::parse(week, holidays).value(), TimeZone::find(zone).value()};
}

// "2026-03-04 09:30" in the zone.
InstantMs at(const TimeZone& zone, std::string_view text) {
    const int hours = (text[11] - '0') * 10 + (text[12] - '0'), minutes = (text[14] - '0') * 10 + (text[15] - '0');
    return zone.instant_of(day_of_text(text.substr(0, 10)), hours * 60 + minutes);
}

TEST_CASE("instants fall on local days, summer time and half-hour zones included") {
    const struct {
        std::string_view zone;
        InstantMs instant;
        std::string_view day;
        int minute;
        int offset;
        std::string_view abbreviation;
    } cases[] = {
        {"UTC", 0, "1970-01-01", 0, 0, "UTC"},
        {"UTC", -1, "1969-12-31", 1439, 0, "UTC"},
        {"America/Los_Angeles", 1'772'582'399'000, "2026-03-03", 15 * 60 + 59, -480, "PST"},
        // 2026-03-08 10:00 UTC is the moment at which 02:00 becomes 03:00.
        {"America/Los_Angeles", 1'772'963'999'000, "2026-03-08", 119, -480, "PST"},
        {"America/Los_Angeles", 1'772'964'000'000, "2026-03-08", 180, -420, "PDT"},
        {"America/New_York", 1'767'243'600'000, "2026-01-01", 0, -300, "EST"},
        {"America/New_York", 1'767'243'599'000, "2025-12-31", 1439, -300, "EST"},
        {"America/Phoenix", 1'783'000'000'000, "2026-07-02", 6 * 60 + 46, -420, "MST"},
        {"Pacific/Honolulu", 1'783'000'000'000, "2026-07-02", 3 * 60 + 46, -600, "HST"},
    };
    for (const auto& [zone_name, instant, day, minute_of_day, offset, abbreviation] : cases) {
        const TimeZone zone = TimeZone::find(zone_name).value();
        const LocalTime local = zone.local(instant);
        INFO(zone_name << " " << instant);
        CHECK(iso_day(local.day) == day);
        CHECK(local.minute == minute_of_day);
        CHECK(local.offset_minutes == offset);
        CHECK(local.abbreviation == abbreviation);
        CHECK(zone.day_of(instant) == local.day);
    }
}

TEST_CASE("a zone that is not known is an error") {
    for (const std::string_view name : {"", "Mars/Olympus", "../../etc/passwd", "america/los_angeles "}) {
        INFO(name);
        const Result<TimeZone> zone = TimeZone::find(name);
        REQUIRE_FALSE(zone);
        CHECK(zone.error().code == ErrorCode::not_found);
    }
    CHECK(TimeZone::find("America/Chicago").value().name() == "America/Chicago");
}

TEST_CASE("local times that a clock change skips or repeats") {
    const TimeZone zone = TimeZone::find("America/Los_Angeles").value();
    CHECK(at(zone, "2026-03-08 02:30") == 1'772'964'000'000);
    CHECK(at(zone, "2026-03-08 03:00") == 1'772'964'000'000);
    CHECK(at(zone, "2026-03-08 01:59") == 1'772'964'000'000 - minute);
    // 2026-11-01 01:30 happens twice; the first is PDT, 08:30 UTC.
    CHECK(at(zone, "2026-11-01 01:30") == 1'793'521'800'000);
    CHECK(zone.instant_of(day_of_text("2026-11-01"), 1440) == at(zone, "2026-11-02 00:00"));
    CHECK(at(zone, "2026-11-02 00:00") - at(zone, "2026-11-01 00:00") == 25 * hour);
    CHECK(at(zone, "2026-03-09 00:00") - at(zone, "2026-03-08 00:00") == 23 * hour);
}

TEST_CASE("calendars that are refused") {
    const struct {
        std::string_view hours, holidays;
    } cases[] = {
        {"", ""},
        {"||||||", ""},
        {"09:00-17:00", ""},
        {"09:00-17:00|||||||", ""},
        {"9:00-17:00||||||", ""},
        {"09:00-17:60||||||", ""},
        {"09:00-24:01||||||", ""},
        {"17:00-09:00||||||", ""},
        {"09:00-09:00||||||", ""},
        {"09:00||||||", ""},
        {"09:00-12:00,11:00-17:00||||||", ""},
        {"13:00-17:00,09:00-12:00||||||", ""},
        {"09:00-12:00,||||||", ""},
        {"09:00-12:00 ||||||", ""},
        {"-9:00-12:00||||||", ""},
        {split_week, "2026-02-30"},
        {split_week, "2026-01-01,"},
        {split_week, "New Year"},
    };
    for (const auto& [hours, holidays] : cases) {
        INFO(hours << " / " << holidays);
        const auto calendar = BusinessCalendar::parse(hours, holidays);
        REQUIRE_FALSE(calendar);
        CHECK(calendar.error().code == ErrorCode::invalid_argument);
    }
}

TEST_CASE("business days leave out weekends and holidays") {
    const BusinessCalendar calendar = BusinessCalendar::parse(split_week, "2026-05-25,2026-01-01").value();
    const auto day = [](std::string_view text) { return day_of_text(text); };
    CHECK(calendar.is_business_day(day("2026-05-22")));
    CHECK_FALSE(calendar.is_business_day(day("2026-05-23")));
    CHECK_FALSE(calendar.is_business_day(day("2026-05-25")));
    CHECK(calendar.business_days(day("2026-05-01"), day("2026-06-01")) == 20);
    CHECK(calendar.business_days(day("2026-05-22"), day("2026-05-26")) == 1);
    CHECK(calendar.business_days(day("2026-05-22"), day("2026-05-22")) == 0);
    CHECK(calendar.business_days(day("2026-05-26"), day("2026-05-22")) == 0);
    CHECK(calendar.last_closed_business_day(day("2026-05-26")) == day("2026-05-22"));
    CHECK(calendar.last_closed_business_day(day("2026-05-28")) == day("2026-05-27"));
    CHECK(calendar.intervals_of(day("2026-05-22")).size() == 2);
    CHECK(calendar.intervals_of(day("2026-05-22"))[1] == OpenInterval{13 * 60, 17 * 60});
}

TEST_CASE("open time between two instants") {
    const struct {
        std::string_view from, until;
        DurationMs open;
    } cases[] = {
        {"2026-03-04 09:00", "2026-03-04 17:00", 7 * hour}, {"2026-03-04 11:30", "2026-03-04 13:15", 45 * minute},
        {"2026-03-04 12:10", "2026-03-04 12:50", 0},        {"2026-03-04 16:00", "2026-03-05 10:00", 2 * hour},
        {"2026-03-06 16:00", "2026-03-09 10:00", 2 * hour},  // Over a weekend and the change to summer time.
        {"2026-05-22 16:00", "2026-05-26 10:00", 2 * hour},  // Over a holiday.
        {"2026-03-04 00:00", "2026-03-04 08:59", 0},        {"2026-03-04 10:00", "2026-03-04 10:00", 0},
    };
    const WorkingHours hours = hours_of(split_week, "America/Los_Angeles", "2026-05-25");
    for (const auto& [from, until, open] : cases) {
        INFO(from << " to " << until);
        const InstantMs start = at(hours.zone, from), end = at(hours.zone, until);
        CHECK(business_time_between(hours, start, end) == open);
        CHECK(business_time_between(hours, end, start) == -open);
    }
}

TEST_CASE("the instant at which open time has passed") {
    const struct {
        std::string_view from;
        DurationMs duration;
        std::string_view end;
    } cases[] = {
        {"2026-03-04 10:00", 0, "2026-03-04 10:00"},
        {"2026-03-04 10:00", 2 * hour, "2026-03-04 12:00"},
        {"2026-03-04 10:00", 2 * hour + minute, "2026-03-04 13:01"},
        {"2026-03-04 07:00", hour, "2026-03-04 10:00"},
        {"2026-03-04 16:30", hour, "2026-03-05 09:30"},
        {"2026-03-06 16:30", hour, "2026-03-09 09:30"},
        {"2026-05-22 16:30", hour, "2026-05-26 09:30"},
        {"2026-03-04 09:00", 24 * hour, "2026-03-09 12:00"},
    };
    const WorkingHours hours = hours_of(split_week, "America/Los_Angeles", "2026-05-25");
    for (const auto& [from, duration, end] : cases) {
        INFO(from);
        CHECK(add_business_time(hours, at(hours.zone, from), duration).value() == at(hours.zone, end));
    }
}

TEST_CASE("around the clock, open time is real time through both clock changes") {
    const WorkingHours hours = hours_of(always, "America/Los_Angeles");
    for (const std::string_view day : {"2026-03-07 12:00", "2026-10-31 12:00"}) {
        const InstantMs start = at(hours.zone, day);
        CHECK(business_time_between(hours, start, start + 48 * hour) == 48 * hour);
        CHECK(add_business_time(hours, start, 48 * hour).value() == start + 48 * hour);
    }
}

TEST_CASE("a steady time tells the same instants as the zone itself, and no others") {
    for (const std::string_view name : {"America/New_York", "America/Phoenix", "Europe/Madrid", "UTC"}) {
        const TimeZone zone = TimeZone::find(name).value();
        const Day first = day_of_text("2025-12-01"), last = day_of_text("2027-02-01");
        for (Day about = first; about < last; about += 61) {
            const SteadyTime steady = zone.steady_time(zone.instant_of(about, 720));
            for (Day day = first; day < last; ++day)
                for (const int minute_of_day : {0, 119, 120, 150, 180, 1440})
                    REQUIRE(zone.instant_of(day, minute_of_day, steady) == zone.instant_of(day, minute_of_day));
        }
    }
}

TEST_CASE("adding and measuring agree") {
    const WorkingHours hours = hours_of(split_week, "America/New_York", "2026-03-09,2026-11-02");
    for (const std::string_view from : {"2026-03-05 15:17", "2026-10-30 08:00", "2026-12-31 23:59"})
        for (DurationMs duration = minute; duration < 200 * hour; duration = duration * 3 + 7 * minute) {
            const InstantMs start = at(hours.zone, from);
            CHECK(business_time_between(hours, start, add_business_time(hours, start, duration).value()) == duration);
        }
}

TEST_CASE("a duration beyond every horizon is an error and not a hang") {
    const WorkingHours hours = hours_of(split_week, "America/New_York");
    const auto end = add_business_time(hours, at(hours.zone, "2026-03-05 09:00"), 1'000'000 * hour);
    REQUIRE_FALSE(end);
    CHECK(end.error().code == ErrorCode::resource_exhausted);
}

}  // namespace
}  // namespace portal
