#include "app/platform/window_pace.hpp"

#include <utility>

namespace portal::platform {
namespace {

constexpr double scroll_rests_after_ms = 200;
constexpr double wait_ms_max = 100;

}  // namespace

bool MirrorPace::may_wait(double now_ms) {
    if (std::exchange(m_is_asked_to_scroll, false)) m_scrolls_until_ms = now_ms + scroll_rests_after_ms;
    if (now_ms > m_scrolls_until_ms) return false;
    if (!m_waits_since_ms) m_waits_since_ms = now_ms;
    return now_ms - *m_waits_since_ms < wait_ms_max;
}

}  // namespace portal::platform
