// How one more integration goes from its kick-off to live: the eight weeks of a project as a minute of a pitch. Made of
// the same (seed, today, scale) as the tenant, and its days lie before `today` as all of the tenant's do. Whoever plays
// it moves stages and the blocker by the rules; the rest comes as rows, as sources tell them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/base/clock.hpp"
#include "shared/model/go_live.hpp"
#include "shared/model/records.hpp"
#include "shared/tenant/generator.hpp"

namespace portal::tenant {

struct GoLiveEvent {
    DurationMs at_ms = 0;  // Of the minute.
    GoLiveMoment moment = GoLiveMoment::kickoff;
    InstantMs when_ms = 0;                       // Of the project.
    std::optional<IntegrationStage> stage = {};  // It moves there.
    std::optional<bool> blocked = {};
    std::vector<Row> told = {};        // By the integration's sources.
    std::int64_t part = 0, whole = 0;  // Calls that succeeded, and all of them, where the moment is about calls.
};

struct GoLive {
    Integration kickoff;  // As it stands at the beginning.
    std::vector<Grant> engineer_grants;
    std::string blocked_reason;
    std::vector<GoLiveEvent> events;  // In order; the first is the kick-off, which changes nothing.
    DurationMs length_ms = 0;
};

GoLive go_live(const DemoOptions& options);

}  // namespace portal::tenant
