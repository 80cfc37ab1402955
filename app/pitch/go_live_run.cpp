#include "app/pitch/go_live_run.hpp"

#include <algorithm>

namespace portal::pitch {
namespace {

constexpr int faster_times = 4;

}  // namespace

GoLiveRun::GoLiveRun(tenant::GoLive script, std::shared_ptr<LatestValue<GoLivePosition>> position)
    : m_script(std::move(script)), m_position(std::move(position)) {}

int GoLiveRun::speed() const {
    return m_is_faster ? faster_times : 1;
}

DurationMs GoLiveRun::position_ms(DurationMs now_ms) const {
    if (m_state != State::running) return m_from_ms;
    return std::min(m_script.length_ms, m_from_ms + (now_ms - m_since_ms) * speed());
}

void GoLiveRun::hold(State state, DurationMs now_ms) {
    m_from_ms = position_ms(now_ms);
    m_since_ms = now_ms;
    m_state = state;
}

void GoLiveRun::pause(DurationMs now_ms) {
    if (m_state == State::running) hold(State::paused, now_ms);
}

void GoLiveRun::ask(vm::PitchWish wish, DurationMs now_ms) {
    if (wish == vm::PitchWish::go_live_play) {
        if (m_state == State::running)
            pause(now_ms);
        else if (m_state != State::over)
            hold(State::running, now_ms);
    } else if (wish == vm::PitchWish::go_live_faster) {
        hold(m_state, now_ms);
        m_is_faster = !m_is_faster;
    } else if (wish == vm::PitchWish::go_live_again && (m_state != State::waiting || m_is_faster)) {
        m_state = State::waiting;
        m_is_faster = false;
        m_from_ms = 0;
        m_told = 0;
        ++m_run;
    }
}

std::size_t GoLiveRun::due(DurationMs now_ms) const {
    const DurationMs at_ms = position_ms(now_ms);
    std::size_t count = 1;
    while (count < m_script.events.size() && m_script.events[count].at_ms <= at_ms)
        ++count;
    return count;
}

bool GoLiveRun::follow(DurationMs now_ms) {
    const std::size_t count = due(now_ms);
    if (m_state == State::running && position_ms(now_ms) == m_script.length_ms) hold(State::over, now_ms);
    if (count == m_told) return false;
    m_told = count;
    if (m_position)
        m_position->publish(std::make_shared<GoLivePosition>(GoLivePosition{m_run, m_script.events[m_told - 1].at_ms}));
    return true;
}

std::optional<DurationMs> GoLiveRun::wait_ms(DurationMs now_ms) const {
    const std::size_t next = due(now_ms);
    if (m_state != State::running || next >= m_script.events.size()) return std::nullopt;
    return (m_script.events[next].at_ms - position_ms(now_ms) + speed() - 1) / speed();
}

vm::GoLivePart GoLiveRun::part(DurationMs now_ms) const {
    const std::size_t latest = due(now_ms) - 1;
    const tenant::GoLiveEvent& event = m_script.events[latest];
    vm::GoLivePart part{.state = m_state,
                        .is_faster = m_is_faster,
                        .at_ms = position_ms(now_ms),
                        .length_ms = m_script.length_ms,
                        .moment = event.moment,
                        .part = event.part,
                        .whole = event.whole};
    part.number =
        std::count_if(m_script.events.begin(), m_script.events.begin() + static_cast<std::ptrdiff_t>(latest) + 1,
                      [&](const tenant::GoLiveEvent& one) { return one.moment == event.moment; });
    return part;
}

}  // namespace portal::pitch
