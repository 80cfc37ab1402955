#include "server-stub/live/hub.hpp"

#include <algorithm>
#include <utility>

#include "shared/base/check.hpp"
#include "shared/base/limits.hpp"

namespace portal::server {
namespace {

// Beyond it the known streams are forgotten: that costs one needless question per connection, never
// a lost hint.
constexpr std::size_t known_streams_max = 200'000;

// "id: 57" and so on, within limits::live_hint_bytes_max.
std::string hint_event(std::int64_t seq) {
    const std::string number = std::to_string(seq);
    std::string event = "id: " + number + "\nevent: hint\ndata: {\"seq\":" + number + "}\n\n";
    check(event.size() <= limits::live_hint_bytes_max, "a hint outgrew its cap");
    return event;
}

const std::string resync_event = "event: resync\ndata: {}\n\n";

}  // namespace

Result<LiveConnectionId> LiveHub::open(LiveListener listener) {
    std::vector<StreamId> streams = m_streams_of_session(listener.session);
    if (streams.empty()) return fail(ErrorCode::unauthenticated, "The sign-in has ended.");
    std::lock_guard lock(m_mutex);
    std::size_t& count = m_connections_by_user[listener.user];
    if (count >= limits::live_connections_per_user_max)
        return fail(ErrorCode::resource_exhausted, "Too many live connections of one user.");
    ++count;
    const LiveConnectionId id = m_next_id++;
    Connection& connection = m_connections[id];
    connection.listener = std::move(listener);
    connection.hint_seq = m_seq;
    index(id, connection, std::move(streams));
    return id;
}

void LiveHub::close(LiveConnectionId id) {
    std::lock_guard lock(m_mutex);
    const auto found = m_connections.find(id);
    if (found == m_connections.end()) return;
    unindex(id, found->second);
    const auto count = m_connections_by_user.find(found->second.listener.user);
    if (--count->second == 0) m_connections_by_user.erase(count);
    m_connections.erase(found);
}

void LiveHub::start_from(std::int64_t seq) {
    std::lock_guard lock(m_mutex);
    m_seq = std::max(m_seq, seq);
}

void LiveHub::publish(const CommitNotice& notice) {
    std::vector<std::function<void()>> wakes;
    {
        std::lock_guard lock(m_mutex);
        m_seq = std::max(m_seq, notice.seq);
        std::vector<LiveConnectionId> touched;
        for (const StreamId& stream : notice.streams) {
            if (m_known_streams.size() >= known_streams_max) m_known_streams.clear();
            const bool is_new = m_known_streams.insert(stream).second;
            const auto followers = m_followers.find(stream);
            if (followers != m_followers.end()) {
                for (const LiveConnectionId id : followers->second) {
                    note_hint(m_connections.at(id), notice.seq, stream);
                    touched.push_back(id);
                }
            } else if (is_new) {
                note_everybody(notice.seq, stream, touched);
            }
        }
        // Whose streams changed is found out as each one takes its hint.
        if (notice.scopes_changed) note_everybody(notice.seq, notice.streams.front(), touched);
        std::sort(touched.begin(), touched.end());
        touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
        wakes.reserve(touched.size());
        for (const LiveConnectionId id : touched)
            wakes.push_back(m_connections.at(id).listener.wake);
    }
    for (const auto& wake : wakes)
        wake();
}

void LiveHub::note_everybody(std::int64_t seq, const StreamId& stream, std::vector<LiveConnectionId>& touched) {
    for (auto& [id, connection] : m_connections) {
        note_hint(connection, seq, stream);
        touched.push_back(id);
    }
}

void LiveHub::note_hint(Connection& connection, std::int64_t seq, const StreamId& stream) {
    const bool about_anything = connection.hint_seq > 0 && connection.pending.empty();
    connection.hint_seq = std::max(connection.hint_seq, seq);
    if (about_anything || connection.pending_overflow) return;
    if (connection.pending.size() >= limits::live_pending_streams_max) {
        connection.pending_overflow = true;
        return;
    }
    if (std::find(connection.pending.begin(), connection.pending.end(), stream) == connection.pending.end())
        connection.pending.push_back(stream);
}

bool LiveHub::send(LiveConnectionId id, std::string_view key, std::string_view event, std::string_view data) {
    std::function<void()> wake;
    {
        std::lock_guard lock(m_mutex);
        const auto found = m_connections.find(id);
        if (found == m_connections.end()) return false;
        Connection& connection = found->second;
        wake = connection.listener.wake;
        if (!connection.overflowed) {
            std::erase_if(connection.events, [&](const QueuedEvent& queued) {
                if (queued.key != key) return false;
                connection.bytes -= queued.bytes.size();
                return true;
            });
            std::string bytes = "event: " + std::string(event) + "\ndata: " + std::string(data) + "\n\n";
            connection.bytes += bytes.size();
            connection.events.push_back({std::string(key), std::move(bytes)});
            if (connection.bytes > limits::live_connection_bytes_max) {
                connection.overflowed = true;
                connection.events.clear();
                connection.bytes = 0;
            }
        }
    }
    wake();
    return true;
}

LiveOutput LiveHub::take(LiveConnectionId id) {
    std::string session;
    {
        std::lock_guard lock(m_mutex);
        const auto found = m_connections.find(id);
        if (found == m_connections.end()) return {{}, LiveOutput::Next::close};
        const Connection& connection = found->second;
        if (connection.hint_seq == 0 && connection.events.empty() && !connection.overflowed) return {};
        session = connection.listener.session;
    }
    const std::vector<StreamId> allowed = m_streams_of_session(session);
    std::lock_guard lock(m_mutex);
    const auto found = m_connections.find(id);
    if (found == m_connections.end() || allowed.empty()) return {{}, LiveOutput::Next::close};
    return drain(id, found->second, allowed);
}

LiveOutput LiveHub::drain(LiveConnectionId id, Connection& connection, const std::vector<StreamId>& allowed) {
    LiveOutput output;
    if (connection.overflowed) return {resync_event, LiveOutput::Next::close};
    if (connection.hint_seq > 0) {
        const bool visible =
            connection.pending.empty() || connection.pending_overflow || connection.streams != allowed ||
            std::any_of(connection.pending.begin(), connection.pending.end(), [&](const StreamId& stream) {
                return std::binary_search(allowed.begin(), allowed.end(), stream);
            });
        if (visible) output.bytes += hint_event(connection.hint_seq);
        connection.hint_seq = 0;
        connection.pending.clear();
        connection.pending_overflow = false;
    }
    for (const QueuedEvent& event : connection.events)
        output.bytes += event.bytes;
    connection.events.clear();
    connection.bytes = 0;
    if (connection.streams != allowed) {
        unindex(id, connection);
        index(id, connection, allowed);
    }
    return output;
}

LiveOutput LiveHub::heartbeat(LiveConnectionId id) {
    std::string session;
    {
        std::lock_guard lock(m_mutex);
        const auto found = m_connections.find(id);
        if (found == m_connections.end()) return {{}, LiveOutput::Next::close};
        session = found->second.listener.session;
    }
    if (m_streams_of_session(session).empty()) return {{}, LiveOutput::Next::close};
    return {":\n\n", LiveOutput::Next::go_on};
}

std::size_t LiveHub::connection_count() const {
    std::lock_guard lock(m_mutex);
    return m_connections.size();
}

void LiveHub::index(LiveConnectionId id, Connection& connection, std::vector<StreamId> streams) {
    for (const StreamId& stream : streams) {
        m_followers[stream].insert(id);
        m_known_streams.insert(stream);
    }
    connection.streams = std::move(streams);
}

void LiveHub::unindex(LiveConnectionId id, const Connection& connection) {
    for (const StreamId& stream : connection.streams) {
        const auto followers = m_followers.find(stream);
        if (followers == m_followers.end()) continue;
        followers->second.erase(id);
        if (followers->second.empty()) m_followers.erase(followers);
    }
}

}  // namespace portal::server
