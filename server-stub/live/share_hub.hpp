// Who follows which shared view, and what each guest is to be told next. No socket and no thread in here; as in hub.hpp
// the transport (or the simulator) opens a connection, is woken, and takes the bytes to write.
//
//   open() -> live <> paused     either --share ended, expired, out of its presenter's reach--> event end, closed
//
// Before anything is handed over, the share's standing is asked: what it reaches now decides, not what it reached when
// the news came in. Events:
//   state    what the presenter looks at; the whole of it, on joining and every limits::share_state_period_ms
//   ptr      where the presenter points; the newest, at most every limits::share_pointer_period_ms
//   changed  the datasets may have changed: ask again
//   paused, end
// At most one of each waits, so that a connection's unsent bytes are bounded by their caps.
//
// Thread: any; one lock, never held while the standing is asked or while waking. State and pointer live in memory only:
// after a restart the presenter's next state, due in seconds, is there again.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "server-stub/live/live_channel.hpp"
#include "server-stub/repo/repository.hpp"
#include "shared/base/clock.hpp"
#include "shared/model/share.hpp"

namespace portal::server {

// What the guest of a share may be told now.
struct ShareFollowing {
    enum class Stand : std::uint8_t { ended, paused, live } stand = Stand::ended;
    std::vector<StreamId> streams;  // Those that the datasets are made of, sorted.
    bool state_fits = false;        // The state that was asked about lies in what is shared.
};

struct ShareListener {
    std::string guest;  // Hash of the guest's cookie.
    Id share;
    std::function<void()> wake;  // There may be something to take(). Any thread; must not wait or call the hub.
};

class ShareHub final : public LiveChannel {
  public:
    // `state` is null when there is none to ask about.
    using AskFollowing = std::function<ShareFollowing(const std::string& guest, const ShareViewState* state)>;

    ShareHub(AskFollowing ask, const Clock& clock) : m_ask(std::move(ask)), m_clock(clock) {}

    // Errors: unauthenticated (the share has ended for this guest), resource_exhausted.
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

    std::size_t connection_count() const;
    std::size_t follower_count(const Id& share) const;

  private:
    struct Show {
        std::optional<ShareViewState> state;
        std::optional<SharePointer> pointer;
        std::int64_t pointers = 0;  // Counts them, so that each is told once.
        DurationMs told_ms = 0;
    };
    struct Connection {
        ShareListener listener;
        std::vector<StreamId> streams;
        bool is_changed = false;  // A dataset may be.
        bool is_paused = false;   // As it was told.
        bool is_greeted = false;
        std::int64_t q = -1;  // Of the state told last.
        std::int64_t pointers = 0;
        DurationMs state_ms = 0, pointer_ms = 0, checked_ms = 0;
    };

    void wake_share(const Id& share);
    Show& show_of(const Id& share);
    LiveOutput tell(Connection& connection, const ShareFollowing& following,
                    const std::optional<ShareViewState>& state);
    void append_show(std::string& bytes, Connection& connection, const ShareFollowing& following,
                     const std::optional<ShareViewState>& state);

    const AskFollowing m_ask;
    const Clock& m_clock;
    mutable std::mutex m_mutex;
    std::map<LiveConnectionId, Connection> m_connections;
    std::map<Id, Show> m_shows;
    LiveConnectionId m_next_id = 1;
};

}  // namespace portal::server
