#include "server-stub/live/share_hub.hpp"

#include <algorithm>

#include "shared/base/check.hpp"
#include "shared/base/limits.hpp"
#include "shared/wire/share_json.hpp"

namespace portal::server {
namespace {

using Stand = ShareFollowing::Stand;

void append_event(std::string& bytes, std::string_view event, std::string_view data) {
    bytes.append("event: ").append(event).append("\ndata: ").append(data).append("\n\n");
}

LiveOutput ending() {
    LiveOutput output;
    append_event(output.bytes, "end", "{}");
    output.next = LiveOutput::Next::close;
    return output;
}

bool are_touched(const std::vector<StreamId>& sorted_streams, const std::vector<StreamId>& sorted_touched) {
    return std::any_of(sorted_streams.begin(), sorted_streams.end(), [&](const StreamId& stream) {
        return std::binary_search(sorted_touched.begin(), sorted_touched.end(), stream);
    });
}

}  // namespace

Result<LiveConnectionId> ShareHub::open(ShareListener listener) {
    ShareFollowing following = m_ask(listener.guest, nullptr);
    if (following.stand == Stand::ended) return fail(ErrorCode::unauthenticated, "This shared view has ended.");
    std::lock_guard lock(m_mutex);
    const auto same = std::count_if(m_connections.begin(), m_connections.end(),
                                    [&](const auto& entry) { return entry.second.listener.guest == listener.guest; });
    if (static_cast<std::size_t>(same) >= limits::live_connections_per_user_max)
        return fail(ErrorCode::resource_exhausted, "Too many live connections of one guest.");
    const LiveConnectionId id = m_next_id++;
    Connection& connection = m_connections[id];
    connection.listener = std::move(listener);
    connection.streams = std::move(following.streams);
    return id;
}

void ShareHub::close(LiveConnectionId id) {
    std::lock_guard lock(m_mutex);
    m_connections.erase(id);
}

ShareHub::Show& ShareHub::show_of(const Id& share) {
    if (m_shows.size() >= limits::share_shows_max && !m_shows.contains(share)) {
        const auto oldest = std::min_element(m_shows.begin(), m_shows.end(), [](const auto& left, const auto& right) {
            return left.second.told_ms < right.second.told_ms;
        });
        m_shows.erase(oldest);
    }
    Show& show = m_shows[share];
    show.told_ms = m_clock.monotonic_ms();
    return show;
}

std::int64_t ShareHub::tell_state(const Id& share, const ShareViewState& state) {
    {
        std::lock_guard lock(m_mutex);
        Show& show = show_of(share);
        if (show.state && show.state->q >= state.q) return show.state->q;
        show.state = state;
    }
    wake_share(share);
    return state.q;
}

void ShareHub::tell_pointer(const Id& share, const SharePointer& pointer) {
    {
        std::lock_guard lock(m_mutex);
        Show& show = show_of(share);
        show.pointer = pointer;
        ++show.pointers;
    }
    wake_share(share);
}

void ShareHub::share_changed(const Id& share) {
    wake_share(share);
}

void ShareHub::wake_share(const Id& share) {
    std::vector<std::function<void()>> wakes;
    {
        std::lock_guard lock(m_mutex);
        for (const auto& [id, connection] : m_connections)
            if (connection.listener.share == share) wakes.push_back(connection.listener.wake);
    }
    for (const auto& wake : wakes)
        wake();
}

void ShareHub::publish(const CommitNotice& notice) {
    std::vector<std::function<void()>> wakes;
    {
        std::lock_guard lock(m_mutex);
        for (auto& [id, connection] : m_connections) {
            if (!are_touched(connection.streams, notice.streams)) continue;
            connection.is_changed = true;
            wakes.push_back(connection.listener.wake);
        }
    }
    for (const auto& wake : wakes)
        wake();
}

void ShareHub::tick() {
    std::vector<std::function<void()>> wakes;
    const DurationMs now_ms = m_clock.monotonic_ms();
    {
        std::lock_guard lock(m_mutex);
        for (const auto& [id, connection] : m_connections) {
            const auto show = m_shows.find(connection.listener.share);
            const bool has_pointer = show != m_shows.end() && show->second.pointers > connection.pointers &&
                                     now_ms - connection.pointer_ms >= limits::share_pointer_period_ms;
            // A state's turn comes at one of these looks too.
            const bool is_look_due = now_ms - connection.checked_ms >= limits::share_check_ms;
            if (has_pointer || is_look_due) wakes.push_back(connection.listener.wake);
        }
    }
    for (const auto& wake : wakes)
        wake();
}

LiveOutput ShareHub::take(LiveConnectionId id) {
    std::string guest;
    std::optional<ShareViewState> state;
    {
        std::lock_guard lock(m_mutex);
        const auto found = m_connections.find(id);
        if (found == m_connections.end()) return {{}, LiveOutput::Next::close};
        Connection& connection = found->second;
        guest = connection.listener.guest;
        if (const auto show = m_shows.find(connection.listener.share); show != m_shows.end())
            state = show->second.state;
        connection.checked_ms = m_clock.monotonic_ms();
    }
    const ShareFollowing following = m_ask(guest, state ? &*state : nullptr);
    std::lock_guard lock(m_mutex);
    const auto found = m_connections.find(id);
    if (found == m_connections.end()) return {{}, LiveOutput::Next::close};
    return tell(found->second, following, state);
}

LiveOutput ShareHub::tell(Connection& connection, const ShareFollowing& following,
                          const std::optional<ShareViewState>& state) {
    if (following.stand == Stand::ended) return ending();
    LiveOutput output;
    const bool is_paused = following.stand == Stand::paused;
    if (is_paused && !connection.is_paused) append_event(output.bytes, "paused", "{}");
    // Whoever joins or comes back from a pause reads everything again, as does one whose share has become another.
    const bool is_anew = !connection.is_greeted || connection.is_paused || connection.streams != following.streams;
    connection.is_paused = is_paused;
    connection.streams = following.streams;
    if (is_paused) return output;
    if (is_anew) connection.q = -1;
    if (connection.is_changed || is_anew) append_event(output.bytes, "changed", "{}");
    connection.is_changed = false;
    connection.is_greeted = true;
    append_show(output.bytes, connection, following, state);
    check(output.bytes.size() <= limits::share_connection_bytes_max, "a guest's events outgrew their cap");
    return output;
}

void ShareHub::append_show(std::string& bytes, Connection& connection, const ShareFollowing& following,
                           const std::optional<ShareViewState>& state) {
    const DurationMs now_ms = m_clock.monotonic_ms();
    const bool is_newer = state && state->q > connection.q;
    if (state && following.state_fits && (is_newer || now_ms - connection.state_ms >= limits::share_state_period_ms)) {
        append_event(bytes, "state", wire::encode(*state));
        connection.q = state->q;
        connection.state_ms = now_ms;
    }
    const auto show = m_shows.find(connection.listener.share);
    if (show == m_shows.end() || !show->second.pointer || show->second.pointers <= connection.pointers) return;
    // The first one need not wait.
    if (connection.pointers > 0 && now_ms - connection.pointer_ms < limits::share_pointer_period_ms) return;
    append_event(bytes, "ptr", wire::encode(*show->second.pointer));
    connection.pointers = show->second.pointers;
    connection.pointer_ms = now_ms;
}

LiveOutput ShareHub::heartbeat(LiveConnectionId id) {
    std::string guest;
    {
        std::lock_guard lock(m_mutex);
        const auto found = m_connections.find(id);
        if (found == m_connections.end()) return {{}, LiveOutput::Next::close};
        guest = found->second.listener.guest;
    }
    if (m_ask(guest, nullptr).stand == Stand::ended) return ending();
    return {":\n\n", LiveOutput::Next::go_on};
}

std::size_t ShareHub::follower_count(const Id& share) const {
    std::lock_guard lock(m_mutex);
    return static_cast<std::size_t>(std::count_if(m_connections.begin(), m_connections.end(), [&](const auto& entry) {
        return entry.second.listener.share == share;
    }));
}

std::size_t ShareHub::connection_count() const {
    std::lock_guard lock(m_mutex);
    return m_connections.size();
}

}  // namespace portal::server
