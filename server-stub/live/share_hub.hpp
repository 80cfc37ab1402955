// Who follows which shared view, and what each guest is to be told next. No socket and no thread in here; as in hub.hpp
// the transport (or the simulator) opens a connection, is woken, and takes the bytes to write.
//
//   open() -> live <> paused     either --share ended, expired, out of its presenter's reach--> event end, closed
//
// Before anything is handed over, the share's standing is asked: what it reaches now decides, not what it reached when
// the news came in. Nobody asks twice about the same rows: an answer serves all of a share's followers until the next
// commit, the share's end, or limits::share_check_ms. Events:
//   state    what the presenter looks at; the whole of it, on joining and every limits::share_state_period_ms
//   ptr      where the presenter points; the newest, at most every limits::share_pointer_period_ms, and less often
//            before many
//   changed  the datasets may have changed: ask again
//   recorded, unrecorded
//            the presenter records what guests are told, or does no longer
//   paused, end
// A signed-in follower is asked about beside the share: a state that they may not read themselves is told to them as
// "away", and where they may not follow any more their connection closes.
// At most one of each waits, so that a connection's unsent bytes are bounded by their caps.
//
// Thread: any; one lock, never held while the standing is asked or while waking. State and pointer live in memory only:
// after a restart the presenter's next state, due in seconds, is there again.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "server-stub/live/live_channel.hpp"
#include "server-stub/live/share_company.hpp"
#include "server-stub/repo/repository.hpp"
#include "shared/base/clock.hpp"
#include "shared/model/share.hpp"

namespace portal::server {

// What the guests of a share may be told now, or one signed-in follower.
struct ShareFollowing {
    enum class Stand : std::uint8_t { ended, paused, live } stand = Stand::ended;
    std::vector<StreamId> streams;  // Those that the datasets are made of, sorted.
    bool state_fits = false;        // The state that was asked about lies in what is shared.
    InstantMs expires_ms = 0;
    std::string name = {};  // Of a signed-in follower.
};

struct ShareListener {
    std::string guest;  // Hash of the guest's cookie, or what stands for a signed-in follower.
    Id share;
    std::function<void()> wake;  // There may be something to take(). Any thread; must not wait or call the hub.
    Id user = {};                // Of a signed-in follower, and the hash of their session's token; empty for a guest.
    std::string session = {};
    // A recording hears what guests hear, nobody counts it among them, and they are told that it is there.
    enum class Purpose : std::uint8_t { following, recording } purpose = Purpose::following;
};

class ShareHub final : public LiveChannel {
  public:
    // `state` is null when there is none to ask about.
    using AskFollowing = std::function<ShareFollowing(const Id& share, const ShareViewState* state)>;
    // The same for a signed-in follower, by their own grants and session.
    using AskFollower = std::function<ShareFollowing(const ShareListener& listener, const ShareViewState* state)>;
    // How many commits there have been: with no other, no row has changed.
    using CountCommits = std::function<std::uint64_t()>;

    ShareHub(AskFollowing ask, AskFollower ask_follower, CountCommits count_commits, const Clock& clock)
        : m_ask(std::move(ask)),
          m_ask_follower(std::move(ask_follower)),
          m_count_commits(std::move(count_commits)),
          m_clock(clock) {}

    // Errors: unauthenticated (the share has ended for the guest), not_found (for the user), resource_exhausted.
    Result<LiveConnectionId> open(ShareListener listener);
    void close(LiveConnectionId id) override;

    // Of the share's presenter, checked. Returns the newest q: a state that is not newer changes nothing.
    std::int64_t tell_state(const Id& share, const ShareViewState& state);
    void tell_pointer(const Id& share, const SharePointer& pointer);
    // The share was paused, resumed or ended: its guests' standing is asked at once.
    void share_changed(const Id& share);
    // After a commit: wakes those whose datasets are made of a touched stream.
    void publish(const CommitNotice& notice);
    // Every limits::share_tick_ms: wakes those for whom a pointer, a state or the next look at their standing is due.
    void tick();

    LiveOutput take(LiveConnectionId id) override;
    LiveOutput heartbeat(LiveConnectionId id) override;

    // What guests say of themselves, and what they press.
    void name_guest(const Id& share, const std::string& guest, const std::string& name);
    void react(const Id& share, ShareReaction reaction);
    std::vector<ShareFollower> people(const Id& share) const;
    std::vector<ShareReactionCount> reactions(const Id& share) const;

    std::size_t connection_count() const;
    // Pages that have it open, without those of one user.
    std::size_t follower_count(const Id& share, const Id& besides = {}) const;
    bool has_follower(const Id& share, const Id& user) const;

  private:
    // A share's standing, or a signed-in follower's, as it was asked.
    struct Answer {
        ShareFollowing following;
        std::uint64_t commits = 0;
        std::int64_t q = -1;  // Of the state that was asked about.
        DurationMs asked_ms = 0;
    };
    struct Connection {
        ShareListener listener;
        // As it was told; and what follows, too.
        bool is_paused = false, is_greeted = false, is_recorded = false;
        std::int64_t reach = 0, changes = 0, q = -1, pointers = 0;
        DurationMs state_ms = 0, pointer_ms = 0;
        std::shared_ptr<const Answer> own;  // About a signed-in follower; null for a guest.
    };
    // A share that is followed or shown. What all its followers are told is encoded once.
    struct Room {
        std::map<LiveConnectionId, Connection> followers;
        std::size_t recordings = 0;  // Those among them that are no guests.
        ShareCompany company;
        std::int64_t q = -1;  // Of the presenter's newest state.
        ShareViewState state;
        std::string state_event, pointer_event;
        std::int64_t pointers = 0;  // Counts them, so that each is told once.
        DurationMs told_ms = 0;
        std::shared_ptr<const Answer> answer;  // The newest.
        std::int64_t reach = 0;                // Counts what the share has reached.
        std::int64_t changes = 0;              // Counts what may have changed its datasets.
    };
    using Rooms = std::map<Id, Room>;
    using Wakes = std::vector<std::function<void()>>;

    bool is_valid(const Answer* answer, std::int64_t q) const;
    Answer ask(const std::function<ShareFollowing()>& question, std::int64_t q) const;
    Status check_room(const Room& room, const ShareListener& listener) const;
    void drop_if_empty(Rooms::iterator room);
    std::shared_ptr<const Answer> own_answer(LiveConnectionId id);
    bool is_look_due(const Room& room) const;
    bool is_pointer_due(const Room& room, const Connection& connection) const;
    std::shared_ptr<const Answer> answer_about(const Id& share);
    std::shared_ptr<const Answer> keep(Room& room, std::shared_ptr<const Answer> answer, Wakes& wakes);
    Room& room_to_show(const Id& share);
    std::optional<Id> share_of(LiveConnectionId id) const;
    // Of the room's followers for whom it is due.
    template <class IsDue>
    static void add_wakes(const Room& room, const IsDue& is_due, Wakes& wakes);
    static Wakes wakes_of(const Room& room);
    LiveOutput tell(Room& room, Connection& connection, const Answer& answer);
    void append_show(std::string& bytes, const Room& room, Connection& connection, const Answer& answer);

    const AskFollowing m_ask;
    const AskFollower m_ask_follower;
    const CountCommits m_count_commits;
    const Clock& m_clock;
    mutable std::mutex m_mutex;
    Rooms m_rooms;
    std::map<LiveConnectionId, Rooms::iterator> m_connections;
    LiveConnectionId m_next_id = 1;
};

}  // namespace portal::server
