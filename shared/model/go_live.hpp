// What happens to an integration on its way from the kick-off to live, as a pitch tells it.
#pragma once

#include <cstdint>

namespace portal {

enum class GoLiveMoment : std::uint8_t {
    kickoff,
    sandbox,
    build,
    blocked,
    unblocked,
    certification,
    run_failed,  // A run of the certification; it has counts of calls, and so have the next.
    run_passed,
    pilot,
    pilot_day,
    gate_met,  // Of all of the pilot's days.
    live,
};

}  // namespace portal
