#include "app/follow/replay.hpp"

#include <algorithm>

#include "shared/base/durations.hpp"
#include "shared/wire/share_recording.hpp"

namespace portal::follow {

using vm::GuestPhase;
using vm::ReplayPhase;

namespace {

constexpr int speed_max = 4;
// More often nobody sees a pointer move.
constexpr DurationMs replay_frame_ms = 16;

bool is_same_view(const ShareViewState& left, const ShareViewState& right) {
    const auto practice_of = [](const ShareViewState& state) {
        const auto found = std::ranges::find(state.filters, "practice", &ShareFilter::name);
        return found == state.filters.end() ? std::vector<std::string>() : found->values;
    };
    return left.away == right.away && left.route == right.route && practice_of(left) == practice_of(right);
}

}  // namespace

void Replay::open(std::string_view file) {
    m_part = {};
    m_recording = {};
    auto recording = wire::read_share_recording(file);
    if (!recording) {
        m_part.phase = ReplayPhase::refused;
        m_part.fault = std::move(recording).error();
        return;
    }
    m_recording = std::move(*recording);
    m_part.phase = ReplayPhase::ready;
    m_part.started_ms = m_recording.started_ms;
    m_part.length_ms = m_recording.length_ms;
    m_part.end = m_recording.end;
    m_part.is_altered = m_recording.is_altered;
    m_part.marks = marks();
    const auto first = std::ranges::find_if(m_recording.moments, [](const RecordedMoment& moment) {
        return std::holds_alternative<std::shared_ptr<const ShareDataset>>(moment.what);
    });
    m_first_ms = first == m_recording.moments.end() ? 0 : first->at_ms;
    m_part.at_ms = 1;
    seek(0);
}

std::vector<DurationMs> Replay::marks() const {
    std::vector<DurationMs> marks;
    const ShareViewState* former = nullptr;
    for (const RecordedMoment& moment : m_recording.moments) {
        const auto* state = std::get_if<ShareViewState>(&moment.what);
        const auto* turn = std::get_if<RecordedTurn>(&moment.what);
        if ((state && former && !is_same_view(*state, *former)) || (turn && *turn == RecordedTurn::paused))
            marks.push_back(moment.at_ms);
        if (state) former = state;
    }
    return marks;
}

void Replay::play_or_stand() {
    if (m_part.phase != ReplayPhase::ready) return;
    m_part.is_playing = !m_part.is_playing;
    if (m_part.is_playing && m_part.at_ms >= m_part.length_ms) seek(0);
}

void Replay::change_speed() {
    m_part.speed = m_part.speed >= speed_max ? 1 : m_part.speed * 2;
}

// Back is from the beginning again: what was there is what the moments up to it have left.
void Replay::seek(DurationMs at_ms) {
    at_ms = std::clamp<DurationMs>(at_ms, 0, m_part.length_ms);
    if (at_ms < m_part.at_ms) {
        m_next = 0;
        m_part.seen.reset();
        m_guest = {};
        m_guest.phase = GuestPhase::live;
        m_guest.recorded_ms = m_recording.started_ms;
    }
    m_part.at_ms = at_ms;
    const std::vector<RecordedMoment>& moments = m_recording.moments;
    for (; m_next < moments.size() && moments[m_next].at_ms <= std::max(at_ms, m_first_ms); ++m_next)
        take(moments[m_next]);
    m_guest.server_now_ms = m_recording.started_ms + at_ms;
}

void Replay::take(const RecordedMoment& moment) {
    if (const auto* session = std::get_if<std::shared_ptr<const ShareGuestSession>>(&moment.what)) {
        m_guest.session = *session;
    } else if (const auto* dataset = std::get_if<std::shared_ptr<const ShareDataset>>(&moment.what)) {
        std::erase_if(m_guest.datasets, [&](const auto& known) {
            return known->view == (*dataset)->view && known->practice == (*dataset)->practice;
        });
        m_guest.datasets.push_back(*dataset);
    } else if (const auto* state = std::get_if<ShareViewState>(&moment.what)) {
        m_guest.shown = *state;
        if (!state->away) m_part.seen = *state;
    } else if (const auto* pointer = std::get_if<SharePointer>(&moment.what)) {
        m_guest.pointer = *pointer;
    } else {
        take(std::get<RecordedTurn>(moment.what));
    }
}

// A guest forgets at a pause. At the end what was last shown stays, because it is looked at afterwards.
void Replay::take(RecordedTurn turn) {
    if (turn == RecordedTurn::changed) m_guest.phase = GuestPhase::live;
    if (turn != RecordedTurn::paused) return;
    m_guest.phase = GuestPhase::paused;
    m_guest.datasets.clear();
    m_guest.shown.reset();
    m_guest.pointer.reset();
}

void Replay::pass(DurationMs passed_ms) {
    if (!m_part.is_playing) return;
    seek(m_part.at_ms + passed_ms * m_part.speed);
    m_part.is_playing = m_part.at_ms < m_part.length_ms;
}

std::optional<DurationMs> Replay::due_ms() const {
    if (!m_part.is_playing) return std::nullopt;
    DurationMs next_ms = std::min(m_part.length_ms, (m_part.at_ms / second_ms + 1) * second_ms);
    if (m_next < m_recording.moments.size()) next_ms = std::min(next_ms, m_recording.moments[m_next].at_ms);
    return std::max(replay_frame_ms, (next_ms - m_part.at_ms + m_part.speed - 1) / m_part.speed);
}

}  // namespace portal::follow
