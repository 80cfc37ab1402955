#include "app/sync/tab_follower.hpp"

#include <algorithm>
#include <utility>

#include "shared/base/limits.hpp"

namespace portal::sync {

TabFollower::TabFollower(platform::Tabs& tabs, Id own_name, store::Viewer& viewer, const Clock& clock, Look looks)
    : m_tabs(tabs), m_own_name(std::move(own_name)), m_viewer(viewer), m_clock(clock), m_look(std::move(looks)) {
    say_where();
}

void TabFollower::tell(const Id& name, decltype(TabMessage::what) what) {
    m_tabs.send(name, encode({m_own_name, std::move(what)}));
}

// To all: nobody knows who owns until they answer. An owner that had let us go has not taken what we wished meanwhile;
// any other knows the wishes by their numbers.
void TabFollower::say_where() {
    const DurationMs now_ms = m_clock.monotonic_ms();
    if (!m_asked_ms) m_asked_ms = m_tick_ms = now_ms;
    m_word_due_ms = now_ms + limits::tab_word_period_ms;
    tell({}, m_look);
    tell_wishes();
}

void TabFollower::tell_wishes() {
    if (m_owner.empty()) return;
    for (const Wish& wish : m_wishes)
        tell(m_owner, wish);
}

DurationMs TabFollower::due_ms() const {
    if (!m_asked_ms) return m_word_due_ms;
    if (m_look.is_visible) return std::min(m_word_due_ms, m_tick_ms + limits::tab_tick_ms);
    return m_sync_before_silence ? m_word_due_ms : std::min(m_word_due_ms, *m_asked_ms + limits::tab_answer_ms_max);
}

void TabFollower::step() {
    const DurationMs now_ms = m_clock.monotonic_ms();
    if (now_ms >= m_word_due_ms) say_where();
    if (m_asked_ms && now_ms - *m_asked_ms >= limits::tab_answer_ms_max) note_silence();
    count_silence();
}

// What passed since the last tick and is longer than one passed while we slept, when nobody could have answered us.
void TabFollower::count_silence() {
    const DurationMs passed_ms = m_clock.monotonic_ms() - std::exchange(m_tick_ms, m_clock.monotonic_ms());
    if (m_asked_ms && m_look.is_visible) m_silent_ms += std::min(passed_ms, limits::tab_tick_ms);
}

bool TabFollower::take_patience_end() {
    if (m_silent_ms < limits::tab_takeover_ms) return false;
    m_silent_ms = 0;
    return true;
}

void TabFollower::note_silence() {
    if (m_sync_before_silence) return;
    const auto snapshot = m_viewer.snapshot();
    m_sync_before_silence = snapshot->sync;
    auto part = std::make_shared<vm::SyncPart>(*snapshot->sync);
    part->phase = snapshot->session ? vm::SyncPhase::offline : vm::SyncPhase::failed;
    part->problem = vm::LocalProblem::other_tab;
    m_viewer.set_sync(std::move(part));
    m_viewer.publish(snapshot->server_now_ms);
}

void TabFollower::note_answer() {
    m_asked_ms.reset();
    m_silent_ms = 0;
    if (!m_sync_before_silence) return;
    m_viewer.set_sync(std::exchange(m_sync_before_silence, nullptr));
    m_viewer.publish(m_viewer.snapshot()->server_now_ms);
}

void TabFollower::look(const Look& looks) {
    m_look = looks;
    say_where();
}

bool TabFollower::wish(vm::Intent intent) {
    if (m_wishes.size() >= limits::intent_queue_max) return false;
    m_wishes.push_back({++m_last_number, std::move(intent)});
    if (!m_owner.empty()) tell(m_owner, m_wishes.back());
    return true;
}

std::deque<vm::Intent> TabFollower::take_wishes() {
    std::deque<vm::Intent> intents;
    for (Wish& wish : m_wishes)
        intents.push_back(std::move(wish.intent));
    m_wishes.clear();
    return intents;
}

// A new owner knows nothing of us: where we look, and what its predecessor may have left undone.
void TabFollower::follow(const Id& owner) {
    m_owner = owner;
    tell(owner, m_look);
    tell_wishes();
}

bool TabFollower::is_outdated(const Here& here) const {
    if (here.generation != m_generation) return here.generation < m_generation;
    const vm::SyncPart& shown = *m_viewer.snapshot()->sync;
    return here.client == shown.client && here.epoch == shown.epoch && here.cursor < shown.cursor;
}

void TabFollower::hear(TabMessage message) {
    if (const auto* here = std::get_if<Here>(&message.what)) {
        if (message.from != m_owner) {
            if (is_outdated(*here)) return;
            m_generation = here->generation;
            follow(message.from);
        }
        return note_answer();
    }
    if (message.from != m_owner) return;
    note_answer();
    if (auto* shown = std::get_if<Shown>(&message.what)) {
        m_viewer.take(std::move(shown->change));
    } else if (const auto* stored = std::get_if<Stored>(&message.what)) {
        while (!m_wishes.empty() && m_wishes.front().number <= stored->number)
            m_wishes.pop_front();
    }
}

}  // namespace portal::sync
