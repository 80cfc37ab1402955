#include "app/sync/sync_state.hpp"

#include <algorithm>

#include "shared/base/check.hpp"
#include "shared/base/limits.hpp"
#include "shared/base/retry_delay.hpp"

namespace portal::sync {

Phase SyncState::phase() const {
    if (m_stopped) return Phase::stopped;
    if (m_reload_needed || m_pulls_refused) return Phase::reload_needed;
    if (m_signed_out) return Phase::signed_out;
    if (m_forced_offline) return Phase::offline;
    if (m_running == Running::pull) return Phase::pulling;
    if (m_running == Running::push) return Phase::pushing;
    if (m_wait_until_ms) return Phase::waiting;
    return Phase::idle;
}

Act SyncState::next(DurationMs now_ms) {
    if (m_stopped || m_reload_needed || m_signed_out || m_forced_offline) return Act::none;
    if (m_running != Running::nothing) return Act::none;
    if (m_wait_until_ms) {
        if (now_ms < *m_wait_until_ms) return Act::none;
        m_wait_until_ms.reset();
    }
    if (m_pull_at_ms && now_ms >= *m_pull_at_ms) {
        m_pull_at_ms.reset();
        m_wants_pull = true;
    }
    // What is here is pushed all the same: the server reads the edits of older builds for a while.
    m_wants_pull &= !m_pulls_refused;
    if (m_wants_push && !(m_pull_first && m_wants_pull)) {
        m_running = Running::push;
        m_edit_while_pushing = false;
        return Act::push;
    }
    if (m_wants_pull) {
        m_running = Running::pull;
        m_pull_first = false;
        m_hint_while_pulling = false;
        return Act::pull;
    }
    return Act::none;
}

std::optional<DurationMs> SyncState::due_ms() const {
    if (m_stopped || m_reload_needed || m_signed_out || m_forced_offline) return std::nullopt;
    if (m_running != Running::nothing) return std::nullopt;
    if (m_wait_until_ms) return m_wait_until_ms;
    if (m_wants_push || (m_wants_pull && !m_pulls_refused)) return 0;
    return m_pulls_refused ? std::nullopt : m_pull_at_ms;
}

void SyncState::on_local_edit(DurationMs) {
    m_wants_push = true;
    m_edit_while_pushing = true;
}

void SyncState::on_hint(DurationMs) {
    m_wants_pull = true;
    m_hint_while_pulling = true;
}

void SyncState::on_wish(DurationMs now_ms) {
    m_wait_until_ms.reset();
    m_failures = 0;
    on_hint(now_ms);
}

void SyncState::on_online(bool online, DurationMs now_ms) {
    // The browser's flag is a hint: "offline" is believed only for showing, and retries go on.
    if (online && m_link == Link::down) m_link = Link::unknown;
    if (!online) m_link = Link::down;
    if (online) on_wish(now_ms);
}

void SyncState::on_forced_offline(bool offline, DurationMs now_ms) {
    m_forced_offline = offline;
    if (offline) {
        // What runs is cancelled by the loop; its end is not reported.
        if (m_running == Running::push) m_wants_push = true;
        if (m_running == Running::pull) m_wants_pull = true;
        m_running = Running::nothing;
        return;
    }
    on_wish(now_ms);
}

void SyncState::on_visibility(Visibility visibility, DurationMs now_ms) {
    if (m_visibility == Visibility::hidden && visibility == Visibility::visible) on_wish(now_ms);
    m_visibility = visibility;
}

void SyncState::pull_by(DurationMs at_ms) {
    m_pull_at_ms = std::min(m_pull_at_ms.value_or(at_ms), at_ms);
}

DurationMs SyncState::pull_period_ms() const {
    if (m_visibility == Visibility::hidden) return limits::pull_period_hidden_ms;
    return m_live ? limits::pull_period_live_ms : limits::pull_period_ms;
}

void SyncState::on_nothing_to_push() {
    check(m_running == Running::push, "no push was running");
    m_running = Running::nothing;
    m_wants_push = false;
}

void SyncState::on_exchange_end(ExchangeEnd end, DurationMs now_ms, DurationMs retry_after_ms) {
    const Running ran = m_running;
    check(ran != Running::nothing, "no exchange was running");
    m_running = Running::nothing;
    switch (end) {
        case ExchangeEnd::done:
            m_failures = 0;
            m_link = Link::up;
            if (ran == Running::push) {
                m_wants_push = m_edit_while_pushing;
                m_wants_pull = true;  // A completed pull lets the overlay go.
            } else {
                m_wants_pull = m_hint_while_pulling;
                m_pull_at_ms = now_ms + pull_period_ms();
            }
            return;
        case ExchangeEnd::more:
            m_failures = 0;
            m_link = Link::up;
            (ran == Running::push ? m_wants_push : m_wants_pull) = true;
            return;
        case ExchangeEnd::signed_out:
            m_link = Link::up;
            m_signed_out = true;
            (ran == Running::push ? m_wants_push : m_wants_pull) = true;
            return;
        case ExchangeEnd::reload_needed:
            m_link = Link::up;
            (ran == Running::push ? m_reload_needed : m_pulls_refused) = true;
            return;
        case ExchangeEnd::transient:
        case ExchangeEnd::unsaved:
        case ExchangeEnd::refused: {
            m_link = end == ExchangeEnd::transient && retry_after_ms == 0 ? Link::down : Link::up;
            (ran == Running::push ? m_wants_push : m_wants_pull) = true;
            m_pull_first = ran == Running::push;
            const std::int64_t failures = end == ExchangeEnd::refused ? doublings_max : m_failures;
            ++m_failures;
            m_wait_until_ms =
                now_ms + std::max(retry_after_ms, retry_delay_ms(failures, limits::retry_delay_ms_max, m_random));
            return;
        }
    }
}

}  // namespace portal::sync
