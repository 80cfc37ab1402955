// When the page is told of the mirror. Laying a screenful of rows out for assistive software costs the page as much as
// drawing it: while something scrolls, a frame does one of them. Thread: the UI's.
#pragma once

#include <optional>

namespace portal::platform {

class MirrorPace {
  public:
    // The wheel turned, or a key moves by more than a row.
    void note_scrolling() { m_is_asked_to_scroll = true; }
    // After a frame that drew a new picture: the mirror is told in a later one. What never rests is told ten times a
    // second.
    bool may_wait(double now_ms);
    void note_told() { m_waits_since_ms.reset(); }

  private:
    bool m_is_asked_to_scroll = false;
    double m_scrolls_until_ms = 0;
    std::optional<double> m_waits_since_ms;
};

}  // namespace portal::platform
