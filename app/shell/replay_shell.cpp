#include "app/shell/replay_shell.hpp"

#include "app/shell/appearance.hpp"

namespace portal::shell {

using vm::Word;

ReplayShell::ReplayShell(platform::Window& window, std::unique_ptr<store::Executor> executor, const Clock& clock)
    : m_window(window), m_executor(std::move(executor)), m_clock(clock) {}

ReplayShell::~ReplayShell() {
    m_executor->stop();
}

void ReplayShell::start() {
    m_executor->start([this] {
        if (!m_replay.part().is_playing) return store::StepResult{};
        m_window.wake(1);
        return store::StepResult{false, m_replay.due_ms()};
    });
    m_preferences = open_canvas(m_window, *this, m_mirror);
    m_window.set_title(vm::say(m_preferences.language, Word::replay_title));
}

void ReplayShell::environment_changed(const platform::Environment&) {
    m_theme_is_stale = true;
    m_window.wake(2);
}

void ReplayShell::file_opened(std::string_view, std::span<const std::uint8_t> bytes) {
    m_replay.open({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    m_view = {};
    const vm::ReplayPart& part = m_replay.part();
    m_window.announce(vm::say(m_preferences.language,
                              part.phase == vm::ReplayPhase::ready ? Word::replay_opened : Word::replay_broken_title),
                      false);
    m_window.wake(2);
}

void ReplayShell::pass_time() {
    const DurationMs now_ms = m_clock.monotonic_ms();
    m_replay.pass(now_ms - std::exchange(m_passed_ms, now_ms));
}

void ReplayShell::obey(const views::ReplayWishes& wishes) {
    if (wishes.choose) m_window.choose_file(".ndjson");
    if (wishes.play_or_stand) m_replay.play_or_stand();
    if (wishes.change_speed) m_replay.change_speed();
    if (wishes.seek) m_replay.seek(*wishes.seek);
    if (wishes.play_or_stand || wishes.change_speed || wishes.seek) m_window.wake(2);
    if (m_replay.part().is_playing) m_executor->wake();
}

void ReplayShell::draw_frame() {
    if (m_theme_is_stale) ui::apply_theme(theme_of(m_window.environment(), m_preferences));
    m_theme_is_stale = false;
    pass_time();
    // Whatever is told of time is as it was then.
    const InstantMs then_ms = m_replay.guest().server_now_ms;
    const vm::Format format = format_in_zone(m_preferences.language, then_ms, m_window.environment().time_zone);
    const views::ViewContext context{m_nothing, format, *this, m_preferences, m_page, m_lost_copy};
    obey(views::replay_view(context, m_view, m_replay.part(), m_replay.guest()));
}

}  // namespace portal::shell
