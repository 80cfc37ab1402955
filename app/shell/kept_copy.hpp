// Whether the copy of the rows on this device is still the one that was there at the last visit. Outside of it, and for
// each user apart, the page remembers which copy it was, how many edits waited in it and when the server had last been
// heard: when the browser removes the copy, that is left to tell the user what has happened.
//
// Thread: the UI thread.
#pragma once

#include <optional>
#include <string>

#include "app/platform/window.hpp"
#include "app/views/view.hpp"

namespace portal::shell {

class KeptCopy {
  public:
    // The window outlives it.
    explicit KeptCopy(platform::Window& window) : m_window(window) {}

    // With each snapshot: remembers what it shows. True when it has found that the copy remembered so far was lost.
    bool look(const vm::Snapshot& snapshot);
    // The user has signed out, and nothing is kept any more.
    void forget();
    // Until the end of the visit.
    const std::optional<views::LostCopy>& lost() const { return m_lost; }

  private:
    std::string key() const;
    void remember(std::string text);

    platform::Window& m_window;
    Id m_user;  // Whose copy it is; empty before that is known.
    std::string m_remembered;
    bool m_is_compared = false;  // The copy of this visit with what was remembered of the last one.
    std::optional<views::LostCopy> m_lost;
};

}  // namespace portal::shell
