// Records a shared view in its presenter's page: hears what its guests hear, asks for what they are given, and keeps
// both as they came. Guests are told by the server, while this listens.
//
//   none --start--> running --stopped, shared view ended, full--> over --saved, discarded--> none
//
// A stream that breaks is taken up again; what guests were told meanwhile is not in the recording.
//
// Thread: one, the transport's; `changed` is called on it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "app/platform/transport.hpp"
#include "app/platform/transport_answer.hpp"
#include "app/vm/sharing_part.hpp"
#include "shared/base/clock.hpp"
#include "shared/wire/share_recording.hpp"

namespace portal::follow {

class Recorder {
  public:
    // All outlive it.
    Recorder(platform::Transport& transport, const Clock& clock, std::function<void()> changed)
        : m_transport(transport), m_clock(clock), m_changed(std::move(changed)) {}
    ~Recorder() { hang_up(); }
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    void start(const ShareListing& share, InstantMs server_now_ms);
    void finish(RecordingEnd end);
    // What was recorded is forgotten: it is saved, or nobody wants it.
    void clear();

    // Does what is due; after how long to call again.
    std::optional<DurationMs> step();

    const vm::RecordingPart& part() const { return m_part; }
    const std::string& text() const { return m_writer.text(); }

  private:
    // What is asked of the server: the session, or the dataset of a view of the practice that is looked at.
    struct Question {
        std::string path;  // Below the share's.
        wire::RecordedPart part;
        std::size_t bytes_max;
    };

    void listen();
    void on_event(std::string_view event, std::string_view data);
    void on_turn(RecordedTurn turn);
    std::optional<Question> next_question() const;
    void ask_next();
    void on_answer(const Question& question, std::int64_t generation, const platform::HttpAnswer& answer);
    void keep(bool was_added);
    void hang_up();
    DurationMs now_ms() const { return m_clock.monotonic_ms() - m_started_ms; }
    std::string path() const { return "/api/v1/shares/" + m_part.share + "/"; }

    platform::Transport& m_transport;
    const Clock& m_clock;
    std::function<void()> m_changed;
    std::shared_ptr<int> m_alive = std::make_shared<int>(0);
    vm::RecordingPart m_part;
    wire::RecordingWriter m_writer{0};
    DurationMs m_started_ms = 0;
    std::vector<ShareView> m_views;
    Id m_practice;                // That is looked at.
    bool m_may_ask = false;       // Not before the stream has greeted, nor during a pause.
    std::set<std::string> m_has;  // Paths of what is as of the last change.
    std::int64_t m_generation = 0;
    platform::RequestId m_stream = 0, m_request = 0;
    std::optional<DurationMs> m_retry_at_ms;
};

}  // namespace portal::follow
