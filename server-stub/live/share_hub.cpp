#include "server-stub/live/share_hub.hpp"

#include <algorithm>

#include "shared/base/check.hpp"
#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"
#include "shared/wire/share_json.hpp"

namespace portal::server {
namespace {

using Stand = ShareFollowing::Stand;

std::string event_text(std::string_view event, std::string_view data) {
    return std::string("event: ").append(event).append("\ndata: ").append(data).append("\n\n");
}

LiveOutput ending() {
    return {event_text("end", "{}"), LiveOutput::Next::close};
}

bool are_touched(const std::vector<StreamId>& sorted_streams, const std::vector<StreamId>& sorted_touched) {
    return std::any_of(sorted_streams.begin(), sorted_streams.end(), [&](const StreamId& stream) {
        return std::binary_search(sorted_touched.begin(), sorted_touched.end(), stream);
    });
}

// Before many a pointer moves less often: it is one write for each of them.
DurationMs pointer_period_ms(std::size_t followers) {
    return std::max(limits::share_pointer_period_ms,
                    static_cast<DurationMs>(followers) * second_ms / limits::share_pointers_per_s_max);
}

}  // namespace

Result<LiveConnectionId> ShareHub::open(ShareListener listener) {
    {
        std::lock_guard lock(m_mutex);
        m_rooms.try_emplace(listener.share);
    }
    const auto answer = answer_about(listener.share);
    std::lock_guard lock(m_mutex);
    const auto room = m_rooms.try_emplace(listener.share).first;
    auto& followers = room->second.followers;
    const auto same = std::count_if(followers.begin(), followers.end(),
                                    [&](const auto& entry) { return entry.second.listener.guest == listener.guest; });
    const bool has_ended = answer->following.stand == Stand::ended;
    if (has_ended || static_cast<std::size_t>(same) >= limits::live_connections_per_user_max) {
        if (followers.empty() && room->second.q < 0) m_rooms.erase(room);
        if (has_ended) return fail(ErrorCode::unauthenticated, "This shared view has ended.");
        return fail(ErrorCode::resource_exhausted, "Too many live connections of one guest.");
    }
    room->second.company.join(listener.guest);
    const LiveConnectionId id = m_next_id++;
    followers[id].listener = std::move(listener);
    m_connections.emplace(id, room);
    return id;
}

void ShareHub::close(LiveConnectionId id) {
    std::lock_guard lock(m_mutex);
    const auto found = m_connections.find(id);
    if (found == m_connections.end()) return;
    const auto room = found->second;
    m_connections.erase(found);
    room->second.followers.erase(id);
    // What was shown stays for those who come later.
    if (room->second.followers.empty() && room->second.q < 0) m_rooms.erase(room);
}

ShareHub::Room& ShareHub::room_to_show(const Id& share) {
    if (m_rooms.size() >= limits::share_shows_max && !m_rooms.contains(share)) {
        auto oldest = m_rooms.end();
        for (auto room = m_rooms.begin(); room != m_rooms.end(); ++room)
            if (room->second.followers.empty() &&
                (oldest == m_rooms.end() || room->second.told_ms < oldest->second.told_ms))
                oldest = room;
        if (oldest != m_rooms.end()) m_rooms.erase(oldest);
    }
    Room& room = m_rooms[share];
    room.told_ms = m_clock.monotonic_ms();
    return room;
}

std::int64_t ShareHub::tell_state(const Id& share, const ShareViewState& state) {
    Wakes wakes;
    {
        std::lock_guard lock(m_mutex);
        Room& room = room_to_show(share);
        if (room.q >= state.q) return room.q;
        room.q = state.q;
        room.state = state;
        room.state_event = event_text("state", wire::encode(state));
        for (const auto& [id, connection] : room.followers)
            wakes.push_back(connection.listener.wake);
    }
    for (const auto& wake : wakes)
        wake();
    return state.q;
}

void ShareHub::tell_pointer(const Id& share, const SharePointer& pointer) {
    Wakes wakes;
    {
        std::lock_guard lock(m_mutex);
        Room& room = room_to_show(share);
        room.pointer_event = event_text("ptr", wire::encode(pointer));
        ++room.pointers;
        // The others' turn comes with a tick.
        for (const auto& [id, connection] : room.followers)
            if (is_pointer_due(room, connection)) wakes.push_back(connection.listener.wake);
    }
    for (const auto& wake : wakes)
        wake();
}

void ShareHub::share_changed(const Id& share) {
    Wakes wakes;
    {
        std::lock_guard lock(m_mutex);
        const auto room = m_rooms.find(share);
        if (room == m_rooms.end()) return;
        ++room->second.changes;
        for (const auto& [id, connection] : room->second.followers)
            wakes.push_back(connection.listener.wake);
    }
    for (const auto& wake : wakes)
        wake();
}

void ShareHub::publish(const CommitNotice& notice) {
    Wakes wakes;
    {
        std::lock_guard lock(m_mutex);
        for (auto& [share, room] : m_rooms) {
            if (!room.answer || !are_touched(room.answer->following.streams, notice.streams)) continue;
            ++room.changes;
            for (const auto& [id, connection] : room.followers)
                wakes.push_back(connection.listener.wake);
        }
    }
    for (const auto& wake : wakes)
        wake();
}

// The first one need not wait.
bool ShareHub::is_pointer_due(const Room& room, const Connection& connection) const {
    return room.pointers > connection.pointers &&
           (connection.pointers == 0 ||
            m_clock.monotonic_ms() - connection.pointer_ms >= pointer_period_ms(room.followers.size()));
}

// Whether the standing may be another than it was, and has not been asked for a while.
bool ShareHub::is_look_due(const Room& room) const {
    if (!room.answer) return true;
    const bool may_differ =
        room.answer->commits != m_count_commits() || m_clock.now_ms() >= room.answer->following.expires_ms;
    return may_differ && m_clock.monotonic_ms() - room.answer->asked_ms >= limits::share_check_ms;
}

void ShareHub::tick() {
    Wakes wakes;
    const DurationMs now_ms = m_clock.monotonic_ms();
    {
        std::lock_guard lock(m_mutex);
        for (const auto& [share, room] : m_rooms) {
            const bool wakes_all = !room.followers.empty() && is_look_due(room);
            for (const auto& [id, connection] : room.followers)
                if (wakes_all || is_pointer_due(room, connection) ||
                    (room.q >= 0 && now_ms - connection.state_ms >= limits::share_state_period_ms))
                    wakes.push_back(connection.listener.wake);
        }
    }
    for (const auto& wake : wakes)
        wake();
}

bool ShareHub::is_valid(const Room& room) const {
    if (!room.answer) return false;
    const Answer& answer = *room.answer;
    return answer.commits == m_count_commits() && answer.q == room.q &&
           m_clock.now_ms() < answer.following.expires_ms &&
           m_clock.monotonic_ms() - answer.asked_ms < limits::share_check_ms;
}

std::shared_ptr<const ShareHub::Answer> ShareHub::answer_about(const Id& share) {
    ShareViewState state;
    auto answer = std::make_shared<Answer>();
    {
        std::lock_guard lock(m_mutex);
        if (const auto room = m_rooms.find(share); room != m_rooms.end()) {
            if (is_valid(room->second)) return room->second.answer;
            answer->q = room->second.q;
            state = room->second.state;
        }
    }
    // Counted before it is asked: a commit meanwhile makes the answer one of before.
    answer->commits = m_count_commits();
    answer->asked_ms = m_clock.monotonic_ms();
    answer->following = m_ask(share, answer->q >= 0 ? &state : nullptr);
    Wakes wakes;
    std::shared_ptr<const Answer> newest = answer;
    {
        std::lock_guard lock(m_mutex);
        if (const auto room = m_rooms.find(share); room != m_rooms.end())
            newest = keep(room->second, std::move(answer), wakes);
    }
    for (const auto& wake : wakes)
        wake();
    return newest;
}

// Whoever finds out that the standing is another one tells all: nobody has to wait for their own turn.
std::shared_ptr<const ShareHub::Answer> ShareHub::keep(Room& room, std::shared_ptr<const Answer> answer, Wakes& wakes) {
    if (room.answer && room.answer->commits > answer->commits) return room.answer;
    const std::shared_ptr<const Answer> former = std::exchange(room.answer, std::move(answer));
    const ShareFollowing& now = room.answer->following;
    if (!former || now.streams != former->following.streams) ++room.reach;
    if (former && (now.stand != former->following.stand || now.streams != former->following.streams))
        for (const auto& [id, connection] : room.followers)
            wakes.push_back(connection.listener.wake);
    return room.answer;
}

std::optional<Id> ShareHub::share_of(LiveConnectionId id) const {
    std::lock_guard lock(m_mutex);
    const auto found = m_connections.find(id);
    return found == m_connections.end() ? std::nullopt : std::optional<Id>(found->second->first);
}

LiveOutput ShareHub::take(LiveConnectionId id) {
    const auto share = share_of(id);
    if (!share) return {{}, LiveOutput::Next::close};
    const auto answer = answer_about(*share);
    std::lock_guard lock(m_mutex);
    const auto found = m_connections.find(id);
    if (found == m_connections.end()) return {{}, LiveOutput::Next::close};
    Room& room = found->second->second;
    return tell(room, room.followers.at(id), *answer);
}

LiveOutput ShareHub::tell(Room& room, Connection& connection, const Answer& answer) {
    if (answer.following.stand == Stand::ended) return ending();
    LiveOutput output;
    const bool is_paused = answer.following.stand == Stand::paused;
    if (is_paused && !connection.is_paused) output.bytes += event_text("paused", "{}");
    // Whoever joins or comes back from a pause reads everything again, as does one whose share has become another.
    const bool is_anew = !connection.is_greeted || connection.is_paused || connection.reach != room.reach;
    connection.is_paused = is_paused;
    if (is_paused) return output;
    if (is_anew) connection.q = -1;
    if (is_anew || connection.changes != room.changes) output.bytes += event_text("changed", "{}");
    connection.reach = room.reach;
    connection.changes = room.changes;
    connection.is_greeted = true;
    append_show(output.bytes, room, connection, answer);
    check(output.bytes.size() <= limits::share_connection_bytes_max, "a guest's events outgrew their cap");
    return output;
}

void ShareHub::append_show(std::string& bytes, const Room& room, Connection& connection, const Answer& answer) {
    const DurationMs now_ms = m_clock.monotonic_ms();
    // A state that came after the question has a turn of its own.
    const bool may_tell = room.q >= 0 && answer.q == room.q && answer.following.state_fits;
    if (may_tell && (room.q > connection.q || now_ms - connection.state_ms >= limits::share_state_period_ms)) {
        bytes += room.state_event;
        connection.q = room.q;
        connection.state_ms = now_ms;
    }
    if (!is_pointer_due(room, connection)) return;
    bytes += room.pointer_event;
    connection.pointers = room.pointers;
    connection.pointer_ms = now_ms;
}

LiveOutput ShareHub::heartbeat(LiveConnectionId id) {
    const auto share = share_of(id);
    if (!share) return {{}, LiveOutput::Next::close};
    if (answer_about(*share)->following.stand == Stand::ended) return ending();
    return {":\n\n", LiveOutput::Next::go_on};
}

void ShareHub::name_guest(const Id& share, const std::string& guest, const std::string& name) {
    std::lock_guard lock(m_mutex);
    if (const auto room = m_rooms.find(share); room != m_rooms.end()) room->second.company.name(guest, name);
}

void ShareHub::react(const Id& share, ShareReaction reaction) {
    std::lock_guard lock(m_mutex);
    if (const auto room = m_rooms.find(share); room != m_rooms.end())
        room->second.company.react(reaction, m_clock.monotonic_ms());
}

std::vector<ShareFollower> ShareHub::people(const Id& share) const {
    std::lock_guard lock(m_mutex);
    const auto room = m_rooms.find(share);
    if (room == m_rooms.end()) return {};
    std::set<std::string> present;
    for (const auto& [id, connection] : room->second.followers)
        present.insert(connection.listener.guest);
    return room->second.company.people(present);
}

std::vector<ShareReactionCount> ShareHub::reactions(const Id& share) const {
    std::lock_guard lock(m_mutex);
    const auto room = m_rooms.find(share);
    return room == m_rooms.end() ? std::vector<ShareReactionCount>()
                                 : room->second.company.reactions(m_clock.monotonic_ms());
}

std::size_t ShareHub::follower_count(const Id& share) const {
    std::lock_guard lock(m_mutex);
    const auto room = m_rooms.find(share);
    return room == m_rooms.end() ? 0 : room->second.followers.size();
}

std::size_t ShareHub::connection_count() const {
    std::lock_guard lock(m_mutex);
    return m_connections.size();
}

}  // namespace portal::server
