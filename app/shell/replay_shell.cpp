#include "app/shell/replay_shell.hpp"

namespace portal::shell {

using vm::Word;

ReplayShell::~ReplayShell() {
    m_executor->stop();
}

void ReplayShell::start() {
    m_executor->start([this] {
        if (!m_replay.part().is_playing) return store::StepResult{};
        m_window.wake(1);
        return store::StepResult{false, m_replay.due_ms()};
    });
    open();
    m_window.set_title(vm::say(m_preferences.language, Word::replay_title));
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
    follow_theme();
    pass_time();
    // Whatever is told of time is as it was then.
    const vm::Format format = format_at(m_replay.guest().server_now_ms);
    obey(views::replay_view(context_of(format), m_view, m_replay.part(), m_replay.guest()));
}

}  // namespace portal::shell
