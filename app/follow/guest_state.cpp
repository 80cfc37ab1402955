#include "app/follow/guest_state.hpp"

#include <algorithm>

#include "app/platform/transport_answer.hpp"
#include "shared/base/limits.hpp"
#include "shared/base/retry_delay.hpp"

namespace portal::follow {

using vm::GuestPhase;

bool GuestState::is_over() const {
    return m_phase == GuestPhase::ended || m_phase == GuestPhase::link_wrong || m_phase == GuestPhase::crowded;
}

GuestTask GuestState::next(DurationMs now_ms) const {
    if (is_over() || m_running != GuestTask::none) return GuestTask::none;
    if (m_retry_at_ms && now_ms < *m_retry_at_ms) return GuestTask::none;
    if (m_has_token) return GuestTask::redeem;
    if (m_wants_session) return GuestTask::ask_session;
    return m_is_joined ? GuestTask::none : GuestTask::join;
}

void GuestState::begin(GuestTask task) {
    m_retry_at_ms.reset();
    if (task == GuestTask::join) {
        m_is_joined = true;
        return;
    }
    m_running = task;
    if (task == GuestTask::ask_session) m_wants_session = false;
}

void GuestState::end(GuestPhase phase) {
    m_phase = phase;
    m_running = GuestTask::none;
    m_is_joined = m_is_session_known = m_wants_session = false;
    m_greeted.reset();
    m_retry_at_ms.reset();
    ++m_generation;
}

void GuestState::retry_later(DurationMs now_ms, RandomSource& random) {
    m_retry_at_ms = now_ms + retry_delay_ms(m_failures++, limits::share_retry_ms_max, random);
}

void GuestState::on_redeemed(int status, DurationMs retry_after_ms, DurationMs now_ms, RandomSource& random) {
    m_running = GuestTask::none;
    if (status == platform::http_no_content) {
        m_has_token = false;
        m_failures = 0;
        m_phase = GuestPhase::opening;
    } else if (status == platform::http_too_many) {
        m_phase = GuestPhase::throttled;
        m_retry_at_ms = now_ms + std::max(retry_after_ms, limits::share_throttle_ms_min);
    } else if (status == platform::http_precondition_failed) {
        end(GuestPhase::crowded);
    } else if (status >= platform::http_bad_request && status < platform::http_server_error) {
        end(GuestPhase::link_wrong);
    } else {
        m_phase = GuestPhase::away;
        retry_later(now_ms, random);
    }
}

void GuestState::on_session(int status, DurationMs now_ms, RandomSource& random) {
    m_running = GuestTask::none;
    if (status == platform::http_ok) {
        m_is_session_known = true;
        if (m_greeted) m_phase = *m_greeted;
        return;
    }
    if (status == platform::http_unauthorized) return end(GuestPhase::ended);
    m_wants_session = true;
    m_phase = GuestPhase::away;
    retry_later(now_ms, random);
}

void GuestState::on_dataset_refused(int status, DurationMs now_ms, RandomSource& random) {
    if (status == platform::http_unauthorized) return end(GuestPhase::ended);
    // Paused meanwhile: the stream says so.
    if (status == platform::http_precondition_failed) return;
    // No longer shared, or no answer: what is shared is asked anew, and the datasets after it.
    m_wants_session = true;
    m_is_session_known = false;
    retry_later(now_ms, random);
}

void GuestState::on_event(std::string_view event) {
    if (is_over()) return;
    if (event == "end") return end(GuestPhase::ended);
    const bool is_paused = event == "paused";
    if (!is_paused && event != "changed") return;
    m_failures = 0;
    m_greeted = m_phase = is_paused ? GuestPhase::paused : GuestPhase::live;
    // Whatever is on its way was asked for before.
    ++m_generation;
    m_wants_session = true;
}

void GuestState::on_stream_ended(DurationMs now_ms, RandomSource& random) {
    if (is_over()) return;
    m_is_joined = false;
    m_greeted.reset();
    // An ended share refuses the stream; only a question is told why.
    m_wants_session = true;
    if (m_phase == GuestPhase::live || m_phase == GuestPhase::paused) m_phase = GuestPhase::away;
    retry_later(now_ms, random);
}

}  // namespace portal::follow
