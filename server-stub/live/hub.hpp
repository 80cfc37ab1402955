// Who follows what, and what each live connection is to be told next. No socket and no thread in
// here: the transport (or the simulator) opens a connection, is woken, and takes the bytes to
// write.
//
//   open() -> following --take()--> bytes ...        --session ended, or too far behind--> closing
//
// Events are hints: "something you may see has changed up to seq". They carry no row, and the
// grants are asked again just before one is written. A connection's unsent bytes are bounded: what
// has a newer version is replaced (coalesced); past the bound everything unsent becomes one
// `resync`, after which the connection ends.
//
// Thread: any; one lock, never held while the grants are asked or while waking.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "server-stub/live/live_channel.hpp"
#include "server-stub/repo/repository.hpp"
#include "shared/base/clock.hpp"

namespace portal::server {

struct LiveListener {
    std::string session;  // Hash of the session's token; names it to `StreamsOfSession`.
    Id user;
    std::function<void()> wake;  // There may be something to take(). Any thread; must not wait or call the hub.
};

class LiveHub final : public LiveChannel {
  public:
    // The streams a session may follow now; empty when it has ended.
    using StreamsOfSession = std::function<std::vector<StreamId>(const std::string& session)>;

    explicit LiveHub(StreamsOfSession streams_of_session) : m_streams_of_session(std::move(streams_of_session)) {}

    // The first take() greets with a hint at the newest seq. Errors: unauthenticated (the session
    // has ended), resource_exhausted (limits::live_connections_per_user_max).
    Result<LiveConnectionId> open(LiveListener listener);
    void close(LiveConnectionId id) override;

    // After a commit. Wakes the connections that follow a touched stream, and all when it moved what grants are about:
    // who gains a practice follows none of its streams yet.
    void publish(const CommitNotice& notice);
    // The newest seq before the first publish().
    void start_from(std::int64_t seq);

    // An event other than a hint; one with the same key that is still unsent is replaced. False:
    // unknown connection.
    bool send(LiveConnectionId id, std::string_view key, std::string_view event, std::string_view data);

    LiveOutput take(LiveConnectionId id) override;
    LiveOutput heartbeat(LiveConnectionId id) override;

    std::size_t connection_count() const;

  private:
    struct QueuedEvent {
        std::string key;
        std::string bytes;
    };
    struct Connection {
        LiveListener listener;
        std::vector<StreamId> streams;  // Indexed ones; sorted.
        std::int64_t hint_seq = 0;      // 0: no hint is due.
        std::vector<StreamId> pending;  // Streams the hint is about; empty with hint_seq: about anything.
        bool pending_overflow = false;
        std::deque<QueuedEvent> events;
        std::size_t bytes = 0;
        bool overflowed = false;
    };

    void index(LiveConnectionId id, Connection& connection, std::vector<StreamId> streams);
    void unindex(LiveConnectionId id, const Connection& connection);
    void note_everybody(std::int64_t seq, const StreamId& stream, std::vector<LiveConnectionId>& touched);
    void note_hint(Connection& connection, std::int64_t seq, const StreamId& stream);
    LiveOutput drain(LiveConnectionId id, Connection& connection, const std::vector<StreamId>& allowed);

    const StreamsOfSession m_streams_of_session;
    mutable std::mutex m_mutex;
    std::unordered_map<LiveConnectionId, Connection> m_connections;
    std::unordered_map<StreamId, std::unordered_set<LiveConnectionId>> m_followers;
    std::unordered_map<Id, std::size_t> m_connections_by_user;
    // Streams told of before: one that is new may belong to anybody, so everybody's grants are
    // asked once.
    std::unordered_set<StreamId> m_known_streams;
    LiveConnectionId m_next_id = 1;
    std::int64_t m_seq = 0;
};

}  // namespace portal::server
