// Time as a parameter. Only system_clock_source.cpp reads the machine's clocks.
//
// Instants are UTC milliseconds since 1970; durations are milliseconds. Monotonic time has an arbitrary zero and never
// goes back. Thread: any; implementations are stateless or synchronised.
#pragma once

#include <cstdint>

namespace portal {

using InstantMs = std::int64_t;
using DurationMs = std::int64_t;

class Clock {
  public:
    virtual ~Clock() = default;
    virtual InstantMs now_ms() const = 0;
    virtual DurationMs monotonic_ms() const = 0;
};

// The machine's clocks.
const Clock& system_clock();

// A clock that tests move by hand.
class ManualClock final : public Clock {
  public:
    explicit ManualClock(InstantMs now_ms = 1'700'000'000'000) : m_now_ms(now_ms) {}
    InstantMs now_ms() const override { return m_now_ms; }
    DurationMs monotonic_ms() const override { return m_monotonic_ms; }
    void advance(DurationMs duration_ms) {
        m_now_ms += duration_ms;
        m_monotonic_ms += duration_ms;
    }
    // A skew moves the wall clock alone.
    void skew(DurationMs duration_ms) { m_now_ms += duration_ms; }

  private:
    InstantMs m_now_ms;
    DurationMs m_monotonic_ms = 0;
};

}  // namespace portal
