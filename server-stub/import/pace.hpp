// How much bulk work fits between two people's edits: grows while jobs are quick, shrinks when they
// are slow.
#pragma once

#include <algorithm>
#include <cstdint>

#include "shared/base/clock.hpp"

namespace portal::import {

class Pace {
  public:
    // Never below `first`: on a busy machine smaller jobs would wait for the disk more often and end later for
    // everybody.
    Pace(std::int64_t first, std::int64_t max) : m_size(first), m_min(first), m_max(max) {}

    std::int64_t size() const { return m_size; }
    // After a job of size(): how long the writer was busy with it.
    void note(DurationMs duration_ms) {
        if (duration_ms > slow_ms) m_size = std::max(m_min, m_size / 2);
        if (duration_ms < quick_ms) m_size = std::min(m_max, m_size * 2);
    }

  private:
    // An edit that waits this long behind an import still feels prompt.
    static constexpr DurationMs slow_ms = 60;
    static constexpr DurationMs quick_ms = 25;
    std::int64_t m_size;
    std::int64_t m_min;
    std::int64_t m_max;
};

}  // namespace portal::import
