#include "shared/rules/sla.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/base/durations.hpp"

namespace portal {
namespace {

// Wednesday 2026-03-04, 10:00 in Los Angeles.
constexpr InstantMs start = 1'772'647'200'000;

Location location_in(std::string_view zone) {
    Location location;
    location.time_zone = zone;
    return location;
}

Calendar weekdays() {
    Calendar calendar;
    calendar.hours = "09:00-17:00|09:00-17:00|09:00-17:00|09:00-17:00|09:00-17:00||";
    calendar.holidays = "2026-03-05";
    return calendar;
}

TEST_CASE("the promise by priority, in open hours and in plain ones") {
    const auto hours = working_hours_of(location_in("America/Los_Angeles"), weekdays());
    REQUIRE(hours);
    const struct {
        TicketPriority priority;
        DurationMs open, plain;
    } cases[] = {
        {TicketPriority::urgent, 4 * hour_ms, 4 * hour_ms},
        // Seven hours today, Thursday is a holiday, one hour_ms on Friday.
        {TicketPriority::high, 48 * hour_ms, 8 * hour_ms},
        // Seven today, eight on Friday and Monday, one on Tuesday; summer time began on Sunday.
        {TicketPriority::normal, (6 * 24 - 1) * hour_ms, 24 * hour_ms},
    };
    for (const auto& [priority, open, plain] : cases) {
        INFO(text_of(priority));
        CHECK(due_of(priority, start, hours) == start + open);
        CHECK(due_of(priority, start, std::nullopt) == start + plain);
    }
    CHECK(due_of(TicketPriority::low, start, std::nullopt) == start + 72 * hour_ms);
    CHECK(open_time_between(hours, start, start + 48 * hour_ms) == 8 * hour_ms);
    CHECK(open_time_between(std::nullopt, start, start + 48 * hour_ms) == 48 * hour_ms);
}

TEST_CASE("hours that cannot be read leave plain time") {
    Calendar broken = weekdays();
    broken.hours = "whenever";
    CHECK_FALSE(working_hours_of(location_in("America/Los_Angeles"), broken));
    CHECK_FALSE(working_hours_of(location_in("Nowhere/Land"), weekdays()));
    CHECK_FALSE(working_hours_of(location_in(""), weekdays()));
}

}  // namespace
}  // namespace portal
