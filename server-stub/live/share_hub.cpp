#include "server-stub/live/share_hub.hpp"

#include <algorithm>

#include "shared/base/check.hpp"
#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"
#include "shared/rules/share.hpp"
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

void call_all(const std::vector<std::function<void()>>& wakes) {
    for (const auto& wake : wakes)
        wake();
}

}  // namespace

Result<LiveConnectionId> ShareHub::open(ShareListener listener) {
    {
        std::lock_guard lock(m_mutex);
        m_rooms.try_emplace(listener.share);
    }
    const bool is_guest = listener.user.empty();
    const ShareFollowing own = is_guest ? ShareFollowing() : m_ask_follower(listener, nullptr);
    const bool has_ended =
        answer_about(listener.share)->following.stand == Stand::ended || (!is_guest && own.stand == Stand::ended);
    std::unique_lock lock(m_mutex);
    const auto room = m_rooms.try_emplace(listener.share).first;
    Status status = check_room(room->second, listener);
    if (has_ended)
        status = fail(is_guest ? ErrorCode::unauthenticated : ErrorCode::not_found, "This shared view has ended.");
    if (!status) {
        drop_if_empty(room);
        return fail(status.error());
    }
    const bool is_recording = listener.purpose == ShareListener::Purpose::recording;
    if (!is_guest)
        room->second.company.join_user(listener.guest, listener.user, own.name);
    else if (!is_recording)
        room->second.company.join(listener.guest);
    const LiveConnectionId id = m_next_id++;
    const Wakes wakes = is_recording && room->second.recordings++ == 0 ? wakes_of(room->second) : Wakes();
    room->second.followers[id].listener = std::move(listener);
    m_connections.emplace(id, room);
    lock.unlock();
    call_all(wakes);
    return id;
}

Status ShareHub::check_room(const Room& room, const ShareListener& listener) const {
    const auto same = std::ranges::count_if(
        room.followers, [&](const auto& entry) { return entry.second.listener.guest == listener.guest; });
    if (static_cast<std::size_t>(same) < limits::live_connections_per_user_max) return {};
    return fail(ErrorCode::resource_exhausted, "Too many live connections of one follower.");
}

// What was shown stays for those who come later.
void ShareHub::drop_if_empty(Rooms::iterator room) {
    if (room->second.followers.empty() && room->second.q < 0) m_rooms.erase(room);
}

void ShareHub::close(LiveConnectionId id) {
    Wakes wakes;
    {
        std::lock_guard lock(m_mutex);
        const auto found = m_connections.find(id);
        if (found == m_connections.end()) return;
        const auto room = found->second;
        const auto purpose = room->second.followers.at(id).listener.purpose;
        m_connections.erase(found);
        room->second.followers.erase(id);
        if (purpose == ShareListener::Purpose::recording && --room->second.recordings == 0)
            wakes = wakes_of(room->second);
        drop_if_empty(room);
    }
    call_all(wakes);
}

template <class IsDue>
void ShareHub::add_wakes(const Room& room, const IsDue& is_due, Wakes& wakes) {
    for (const auto& [id, connection] : room.followers)
        if (is_due(connection)) wakes.push_back(connection.listener.wake);
}

ShareHub::Wakes ShareHub::wakes_of(const Room& room) {
    Wakes wakes;
    add_wakes(room, [](const Connection&) { return true; }, wakes);
    return wakes;
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
        wakes = wakes_of(room);
    }
    call_all(wakes);
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
        add_wakes(room, [&](const Connection& connection) { return is_pointer_due(room, connection); }, wakes);
    }
    call_all(wakes);
}

void ShareHub::share_changed(const Id& share) {
    Wakes wakes;
    {
        std::lock_guard lock(m_mutex);
        const auto room = m_rooms.find(share);
        if (room == m_rooms.end()) return;
        ++room->second.changes;
        wakes = wakes_of(room->second);
    }
    call_all(wakes);
}

void ShareHub::publish(const CommitNotice& notice) {
    Wakes wakes;
    {
        std::lock_guard lock(m_mutex);
        for (auto& [share, room] : m_rooms) {
            if (!room.answer || !are_touched(room.answer->following.streams, notice.streams)) continue;
            ++room.changes;
            add_wakes(room, [](const Connection&) { return true; }, wakes);
        }
    }
    call_all(wakes);
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
            const auto is_due = [&](const Connection& connection) {
                return wakes_all || is_pointer_due(room, connection) ||
                       (room.q >= 0 && now_ms - connection.state_ms >= limits::share_state_period_ms);
            };
            add_wakes(room, is_due, wakes);
        }
    }
    call_all(wakes);
}

bool ShareHub::is_valid(const Answer* answer, std::int64_t q) const {
    return answer && answer->commits == m_count_commits() && answer->q == q &&
           m_clock.now_ms() < answer->following.expires_ms &&
           m_clock.monotonic_ms() - answer->asked_ms < limits::share_check_ms;
}

ShareHub::Answer ShareHub::ask(const std::function<ShareFollowing()>& question, std::int64_t q) const {
    Answer answer;
    answer.q = q;
    // Counted before it is asked: a commit meanwhile makes the answer one of before.
    answer.commits = m_count_commits();
    answer.asked_ms = m_clock.monotonic_ms();
    answer.following = question();
    return answer;
}

std::shared_ptr<const ShareHub::Answer> ShareHub::answer_about(const Id& share) {
    ShareViewState state;
    std::int64_t q = -1;
    {
        std::lock_guard lock(m_mutex);
        if (const auto room = m_rooms.find(share); room != m_rooms.end()) {
            if (is_valid(room->second.answer.get(), room->second.q)) return room->second.answer;
            q = room->second.q;
            state = room->second.state;
        }
    }
    auto answer = std::make_shared<const Answer>(ask([&] { return m_ask(share, q >= 0 ? &state : nullptr); }, q));
    Wakes wakes;
    std::shared_ptr<const Answer> newest = answer;
    {
        std::lock_guard lock(m_mutex);
        if (const auto room = m_rooms.find(share); room != m_rooms.end())
            newest = keep(room->second, std::move(answer), wakes);
    }
    call_all(wakes);
    return newest;
}

// Whoever finds out that the standing is another one tells all: nobody has to wait for their own turn.
std::shared_ptr<const ShareHub::Answer> ShareHub::keep(Room& room, std::shared_ptr<const Answer> answer, Wakes& wakes) {
    if (room.answer && room.answer->commits > answer->commits) return room.answer;
    const std::shared_ptr<const Answer> former = std::exchange(room.answer, std::move(answer));
    const ShareFollowing& now = room.answer->following;
    if (!former || now.streams != former->following.streams) ++room.reach;
    if (former && (now.stand != former->following.stand || now.streams != former->following.streams))
        wakes = wakes_of(room);
    return room.answer;
}

// Null for a guest. One question for each signed-in follower: what they reach is theirs alone.
std::shared_ptr<const ShareHub::Answer> ShareHub::own_answer(LiveConnectionId id) {
    ShareListener listener;
    ShareViewState state;
    std::int64_t q = -1;
    {
        std::lock_guard lock(m_mutex);
        const auto found = m_connections.find(id);
        if (found == m_connections.end()) return nullptr;
        const Room& room = found->second->second;
        const Connection& connection = room.followers.at(id);
        if (connection.listener.user.empty() || is_valid(connection.own.get(), room.q)) return connection.own;
        listener = connection.listener;
        q = room.q;
        state = room.state;
    }
    auto answer =
        std::make_shared<const Answer>(ask([&] { return m_ask_follower(listener, q >= 0 ? &state : nullptr); }, q));
    std::lock_guard lock(m_mutex);
    const auto found = m_connections.find(id);
    if (found == m_connections.end()) return answer;
    Connection& connection = found->second->second.followers.at(id);
    // Who reaches other rows than before reads everything again.
    if (connection.own && connection.own->following.streams != answer->following.streams) connection.is_greeted = false;
    return connection.own = std::move(answer);
}

std::optional<Id> ShareHub::share_of(LiveConnectionId id) const {
    std::lock_guard lock(m_mutex);
    const auto found = m_connections.find(id);
    return found == m_connections.end() ? std::nullopt : std::optional<Id>(found->second->first);
}

LiveOutput ShareHub::take(LiveConnectionId id) {
    const auto share = share_of(id);
    if (!share) return {{}, LiveOutput::Next::close};
    const auto answer = answer_about(*share), own = own_answer(id);
    // Perhaps their session was only renewed: they ask, and come back or learn that it is over.
    if (answer->following.stand != Stand::ended && own && own->following.stand == Stand::ended)
        return {{}, LiveOutput::Next::close};
    std::lock_guard lock(m_mutex);
    const auto found = m_connections.find(id);
    if (found == m_connections.end()) return {{}, LiveOutput::Next::close};
    Room& room = found->second->second;
    return tell(room, room.followers.at(id), *answer);
}

LiveOutput ShareHub::tell(Room& room, Connection& connection, const Answer& answer) {
    if (answer.following.stand == Stand::ended) return ending();
    LiveOutput output;
    const bool is_recorded = room.recordings > 0 && connection.listener.purpose == ShareListener::Purpose::following;
    if (is_recorded != connection.is_recorded) output.bytes = event_text(is_recorded ? "recorded" : "unrecorded", "{}");
    connection.is_recorded = is_recorded;
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
    const Answer* own = connection.own.get();
    const bool may_tell =
        room.q >= 0 && answer.q == room.q && answer.following.state_fits && (!own || own->q == room.q);
    const bool may_read = !own || own->following.state_fits;
    if (may_tell && (room.q > connection.q || now_ms - connection.state_ms >= limits::share_state_period_ms)) {
        bytes += may_read ? room.state_event : event_text("state", wire::encode(away_state(room.state.route, room.q)));
        connection.q = room.q;
        connection.state_ms = now_ms;
    }
    if (!may_read || !is_pointer_due(room, connection)) return;
    bytes += room.pointer_event;
    connection.pointers = room.pointers;
    connection.pointer_ms = now_ms;
}

LiveOutput ShareHub::heartbeat(LiveConnectionId id) {
    const auto share = share_of(id);
    if (!share) return {{}, LiveOutput::Next::close};
    const auto own = own_answer(id);
    if (answer_about(*share)->following.stand == Stand::ended) return ending();
    if (own && own->following.stand == Stand::ended) return {{}, LiveOutput::Next::close};
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

std::size_t ShareHub::follower_count(const Id& share, const Id& besides) const {
    std::lock_guard lock(m_mutex);
    const auto room = m_rooms.find(share);
    if (room == m_rooms.end()) return 0;
    return static_cast<std::size_t>(std::ranges::count_if(room->second.followers, [&](const auto& entry) {
        const ShareListener& listener = entry.second.listener;
        return listener.purpose == ShareListener::Purpose::following &&
               (listener.user.empty() || listener.user != besides);
    }));
}

bool ShareHub::has_follower(const Id& share, const Id& user) const {
    std::lock_guard lock(m_mutex);
    const auto room = m_rooms.find(share);
    return room != m_rooms.end() && std::ranges::any_of(room->second.followers, [&](const auto& entry) {
               return entry.second.listener.user == user;
           });
}

std::size_t ShareHub::connection_count() const {
    std::lock_guard lock(m_mutex);
    return m_connections.size();
}

}  // namespace portal::server
