// What people write in the demo's tickets: invented conversations without any person's or patient's data. Internal to
// shared/tenant.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "shared/model/states.hpp"

namespace portal::tenant {

// Who speaks, and to whom.
enum class Voice : std::uint8_t { practice, agent, agent_internal, vendor, automatic };

struct Line {
    Voice voice = Voice::agent;
    std::string_view text;  // {practice}, {product}, {agent} and {requester} are filled in.
};

struct Thread {
    TicketCategory category = TicketCategory::other;
    TicketPriority priority = TicketPriority::normal;
    bool about_integration = false;
    std::string_view labels;
    std::string_view subject;
    std::string_view description;
    std::array<Line, 6> lines{};  // Empty texts end it.
};

std::span<const Thread> english_threads();
std::span<const Thread> spanish_threads();
const Thread& recovered_thread();  // Story 1's ticket, from break to recovery.
const Thread& clash_thread();      // Story 8.
const Thread& owner_thread();      // Waits for the owner's answer.

}  // namespace portal::tenant
