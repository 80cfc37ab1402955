#include "app/follow/recorder.hpp"

#include <algorithm>

#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"
#include "shared/wire/share_json.hpp"

namespace portal::follow {

using vm::RecordingPhase;

void Recorder::start(const ShareListing& share, InstantMs server_now_ms) {
    if (m_part.phase != RecordingPhase::none || share.scope.practices.empty()) return;
    m_part = {.phase = RecordingPhase::running, .share = share.id, .started_ms = server_now_ms};
    m_writer = wire::RecordingWriter(server_now_ms);
    m_started_ms = m_clock.monotonic_ms();
    m_may_ask = false;
    m_has.clear();
    m_views = share.scope.views;
    m_practice = share.scope.practices.front();
    listen();
    m_changed();
}

void Recorder::listen() {
    m_retry_at_ms.reset();
    m_stream = m_transport.subscribe(
        path() + "recording",
        [this, alive = std::weak_ptr<int>(m_alive)](std::string_view event, std::string_view data) {
            if (!alive.expired()) on_event(event, data);
        },
        [this, alive = std::weak_ptr<int>(m_alive)](const Status&) {
            if (alive.expired()) return;
            m_stream = 0;
            m_may_ask = false;
            m_retry_at_ms = now_ms() + limits::share_recording_retry_ms;
            m_changed();
        });
}

void Recorder::on_event(std::string_view event, std::string_view data) {
    if (m_part.phase != RecordingPhase::running) return;
    if (event == "changed") return on_turn(RecordedTurn::changed);
    if (event == "paused") return on_turn(RecordedTurn::paused);
    if (event == "end") {
        on_turn(RecordedTurn::ended);
        return finish(RecordingEnd::ended);
    }
    if (event != "state" && event != "ptr") return;
    const auto show = wire::decode_share_show(data);
    if (!show) return;
    keep(m_writer.add(now_ms(), wire::RecordedPart::show, data));
    if (!show->state || show->state->away) return;
    for (const ShareFilter& filter : show->state->filters)
        if (filter.name == "practice" && filter.values.size() == 1) m_practice = filter.values.front();
    ask_next();
}

// Whatever was asked before is old.
void Recorder::on_turn(RecordedTurn turn) {
    keep(m_writer.add(now_ms(), turn));
    m_has.clear();
    ++m_generation;
    m_may_ask = turn == RecordedTurn::changed;
    ask_next();
}

std::optional<Recorder::Question> Recorder::next_question() const {
    using wire::RecordedPart;
    if (!m_has.contains("session")) return Question{"session", RecordedPart::session, limits::share_session_bytes_max};
    for (const ShareView view : m_views) {
        std::string path = "dataset?view=" + std::string(text_of(view)) + "&practice=" + m_practice;
        if (!m_has.contains(path))
            return Question{std::move(path), RecordedPart::dataset, limits::share_dataset_bytes_max};
    }
    return std::nullopt;
}

void Recorder::ask_next() {
    if (m_request != 0 || !m_may_ask || m_retry_at_ms || m_part.phase != RecordingPhase::running) return;
    auto question = next_question();
    if (!question) return;
    platform::TransportRequest request;
    request.method = "GET";
    request.path = path() + question->path;
    const std::size_t bytes_max = question->bytes_max;
    m_request = platform::ask(m_transport, std::move(request), bytes_max,
                              [this, alive = std::weak_ptr<int>(m_alive), question = std::move(*question),
                               generation = m_generation](const platform::HttpAnswer& answer) {
                                  if (alive.expired()) return;
                                  m_request = 0;
                                  on_answer(question, generation, answer);
                              });
}

// What comes during a pause was asked for before it, and no guest keeps it.
void Recorder::on_answer(const Question& question, std::int64_t generation, const platform::HttpAnswer& answer) {
    if (m_part.phase != RecordingPhase::running || !m_may_ask) return;
    const bool is_line = answer.status == platform::http_ok && answer.body.find('\n') == std::string::npos;
    if (is_line) keep(m_writer.add(now_ms(), question.part, answer.body));
    // A practice that is no longer reached is not asked for again before something has changed.
    if (is_line || answer.status == platform::http_forbidden) {
        if (generation == m_generation) m_has.insert(question.path);
    } else {
        m_retry_at_ms = now_ms() + limits::share_recording_retry_ms;
    }
    ask_next();
    m_changed();
}

void Recorder::keep(bool was_added) {
    if (!was_added) return finish(RecordingEnd::full);
    m_part.bytes = static_cast<std::int64_t>(m_writer.text().size());
}

void Recorder::finish(RecordingEnd end) {
    if (m_part.phase != RecordingPhase::running) return;
    hang_up();
    m_part.phase = RecordingPhase::over;
    m_part.end = end;
    m_part.length_ms = std::min(now_ms(), limits::share_recording_ms_max);
    m_writer.finish(m_part.length_ms, end);
    m_part.bytes = static_cast<std::int64_t>(m_writer.text().size());
    m_changed();
}

void Recorder::clear() {
    hang_up();
    m_part = {};
    m_writer = wire::RecordingWriter(0);
}

void Recorder::hang_up() {
    if (m_stream != 0) m_transport.unsubscribe(std::exchange(m_stream, 0));
    if (m_request != 0) m_transport.cancel(std::exchange(m_request, 0));
    m_retry_at_ms.reset();
    m_may_ask = false;
    m_has.clear();
}

std::optional<DurationMs> Recorder::step() {
    if (m_part.phase != RecordingPhase::running) return std::nullopt;
    m_part.length_ms = now_ms();
    if (m_part.length_ms >= limits::share_recording_ms_max) {
        finish(RecordingEnd::full);
        return std::nullopt;
    }
    if (m_retry_at_ms && now_ms() >= *m_retry_at_ms) {
        m_retry_at_ms.reset();
        if (m_stream == 0) listen();
        ask_next();
    }
    // The time that is shown.
    return second_ms - m_part.length_ms % second_ms;
}

}  // namespace portal::follow
