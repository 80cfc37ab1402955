#include "app/shell/guest_shell.hpp"

namespace portal::shell {

using vm::Word;

GuestShell::GuestShell(platform::Window& window, GuestShellOptions options)
    : StorelessShell(window, std::move(options.executor), *options.clock),
      m_random(std::move(options.random)),
      m_transport(std::move(options.transport)),
      m_loop({.token = std::move(options.token),
              .transport = m_transport.get(),
              .clock = options.clock,
              .random = m_random.get(),
              .changed =
                  [this] {
                      m_executor->wake();
                      m_window.wake(2);
                  },
              .trouble = [&window](std::string_view what,
                                   const std::string& detail) { window.log_trouble(what, detail); }}) {}

GuestShell::~GuestShell() {
    m_executor->stop();
}

void GuestShell::start() {
    m_executor->start([this] { return store::StepResult{false, m_loop.step()}; });
    m_executor->wake();
    open();
}

void GuestShell::environment_changed(const platform::Environment& environment) {
    if (environment.online) m_loop.try_now();
    StorelessShell::environment_changed(environment);
}

InstantMs GuestShell::now_ms() const {
    return m_server_now_ms > 0 ? m_server_now_ms + (m_clock.monotonic_ms() - m_told_ms) : m_clock.now_ms();
}

void GuestShell::update_title() {
    const auto& session = m_loop.part().session;
    const std::string what = session ? session->presenter + " - " : std::string();
    std::string title = what + std::string(vm::say(m_preferences.language, Word::shared_title));
    if (title == m_title) return;
    m_title = std::move(title);
    m_window.set_title(m_title);
}

void GuestShell::draw_frame() {
    follow_theme();
    const vm::GuestPart& part = m_loop.part();
    if (part.server_now_ms != m_server_now_ms) {
        m_server_now_ms = part.server_now_ms;
        m_told_ms = m_clock.monotonic_ms();
    }
    const vm::Format format = format_at(now_ms());
    views::SharedViewWishes wishes = views::shared_view(context_of(format), m_view, part);
    if (wishes.try_again) m_loop.try_now();
    if (wishes.name) m_loop.say_name(std::move(*wishes.name));
    if (wishes.reaction) m_loop.react(*wishes.reaction);
    m_loop.look_at(m_view.view, m_view.practice);
    update_title();
}

}  // namespace portal::shell
