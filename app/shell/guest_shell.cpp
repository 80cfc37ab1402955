#include "app/shell/guest_shell.hpp"

#include "app/shell/appearance.hpp"

namespace portal::shell {

using vm::Word;

GuestShell::GuestShell(platform::Window& window, GuestShellOptions options)
    : m_window(window),
      m_clock(*options.clock),
      m_random(std::move(options.random)),
      m_transport(std::move(options.transport)),
      m_executor(std::move(options.executor)),
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
    m_preferences = open_canvas(m_window, *this, m_mirror);
}

void GuestShell::environment_changed(const platform::Environment& environment) {
    m_theme_is_stale = true;
    if (environment.online) m_loop.try_now();
    m_window.wake(2);
}

void GuestShell::visibility_changed(bool visible) {
    if (visible) m_window.wake(2);
}

void GuestShell::apply_theme() {
    m_theme_is_stale = false;
    ui::apply_theme(theme_of(m_window.environment(), m_preferences));
}

vm::Format GuestShell::make_format() const {
    const InstantMs now_ms =
        m_server_now_ms > 0 ? m_server_now_ms + (m_clock.monotonic_ms() - m_told_ms) : m_clock.now_ms();
    return format_in_zone(m_preferences.language, now_ms, m_window.environment().time_zone);
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
    if (m_theme_is_stale) apply_theme();
    const vm::GuestPart& part = m_loop.part();
    if (part.server_now_ms != m_server_now_ms) {
        m_server_now_ms = part.server_now_ms;
        m_told_ms = m_clock.monotonic_ms();
    }
    const vm::Format format = make_format();
    const views::ViewContext context{m_nothing, format, *this, m_preferences, m_page, m_lost_copy};
    views::SharedViewWishes wishes = views::shared_view(context, m_view, part);
    if (wishes.try_again) m_loop.try_now();
    if (wishes.name) m_loop.say_name(std::move(*wishes.name));
    if (wishes.reaction) m_loop.react(*wishes.reaction);
    m_loop.look_at(m_view.view, m_view.practice);
    update_title();
}

}  // namespace portal::shell
