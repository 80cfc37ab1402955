#include "app/shell/storeless_shell.hpp"

#include "app/shell/appearance.hpp"

namespace portal::shell {

void StorelessShell::environment_changed(const platform::Environment&) {
    m_theme_is_stale = true;
    m_window.wake(2);
}

void StorelessShell::visibility_changed(bool visible) {
    if (visible) m_window.wake(2);
}

void StorelessShell::open() {
    m_preferences = open_canvas(m_window, *this, m_mirror);
}

void StorelessShell::follow_theme() {
    if (m_theme_is_stale) ui::apply_theme(theme_of(m_window.environment(), m_preferences));
    m_theme_is_stale = false;
}

vm::Format StorelessShell::format_at(InstantMs now_ms) const {
    return format_in_zone(m_preferences.language, now_ms, m_window.environment().time_zone);
}

}  // namespace portal::shell
