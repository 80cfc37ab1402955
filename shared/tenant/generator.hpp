// The synthetic demo tenant: every row and fact of it, from (seed, today, scale) alone. The server seeds it, the
// browser demo runs it. All names are invented; nothing stands for a person or a patient.
//
// Rows come after the rows they name; facts come one location and month at a time, so that neither side ever holds the
// whole. The same parameters give the same bytes on every platform: no clock, thread, or unordered iteration inside.
// Everything happened before `today`: facts and checks are told up to the day before, no instant lies after its first
// millisecond (except what is due later), so the tenant is never ahead of the clock that seeds it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "shared/model/records.hpp"
#include "shared/tenant/stories.hpp"

namespace portal::tenant {

enum class Scale : std::uint8_t {
    small,  // About 1/20, with a practice for each story. For tests.
    full,
};

struct DemoOptions {
    std::uint64_t seed = 1;
    Day today = 0;  // The first day that is not told yet.
    Scale scale = Scale::full;
};

class TenantSink {
  public:
    virtual ~TenantSink() = default;
    virtual void on_row(const Row& row) = 0;
    // All facts of the location whose event day is in the month, oldest first; once per (location, month) with facts,
    // after the location's row. closed_until is the source's closing date.
    virtual void on_facts(const Id& practice, const Id& location, MonthIndex month, Day closed_until,
                          std::span<const FinancingFact> facts) = 0;
    // The facts of every location are most of the work; a practice's may be left out.
    virtual bool wants_facts_of(const Id&) { return true; }
    // Return false to stop early; generate() then returns at once.
    virtual bool wants_more() { return true; }
};

void generate(const DemoOptions& options, TenantSink& sink);

// The stories with their places, without generating the facts.
std::vector<Story> stories(const DemoOptions& options);

}  // namespace portal::tenant
