// The application behind the network: who is asking, may they, and then the route's handler.
//
// No thread, socket or clock of its own: everything comes in through Services, so that the simulator runs the same code
// in one thread. In production admit() and dispatch() run on worker threads (they read the database and may wait for
// the disk); `respond` is called on that thread, on the writer's, or on a password worker's.
#pragma once

#include <memory>
#include <string>

#include "server-stub/api/http.hpp"
#include "server-stub/api/routes.hpp"
#include "server-stub/auth/passwords.hpp"
#include "server-stub/auth/sessions.hpp"
#include "server-stub/live/share_hub.hpp"
#include "server-stub/repo/commit_queue.hpp"
#include "server-stub/repo/repository.hpp"
#include "shared/base/clock.hpp"
#include "shared/base/limits.hpp"
#include "shared/base/random.hpp"

namespace portal::server {

// Where a handler's notable events go: one line each, never a secret or a row's value.
class EventLog {
  public:
    virtual ~EventLog() = default;
    // Any thread. `event` is a fixed word, `detail` is short free text.
    virtual void record(std::string_view event, std::string_view detail) = 0;
};

struct Services {
    Repository& repository;
    CommitQueue& writer;
    const Clock& clock;
    RandomSource& random;  // Used inside write jobs only: the writer's thread owns it.
    PasswordHasher& passwords;
    WorkerPool& password_workers;
    EventLog& log;
    std::int64_t offline_lease_days = limits::offline_lease_days;  // What devices are told.
};

// The guest of a shared view; empty members when nobody is. What the share reaches is asked again by whoever answers.
struct Guest {
    std::string session;  // Hash of the cookie's token.
    Id share;
};

// Who is asking: a user or a guest, never both, because each address looks at one of the two cookies. `caller` holds
// the grants that were in force when the request was admitted.
struct Principal {
    bool signed_in = false;
    std::string session;  // Hash of the session's token; empty when nobody is signed in.
    Caller caller;
    Guest guest;
};

struct Exchange {
    const Request& request;  // Valid until the handler returns; an asynchronous part copies what it needs.
    const Principal& principal;
    std::string_view parameter;
    Services& services;
    ShareHub& followers;
};

struct Admission {
    const Route* route = nullptr;  // Null: `refusal` is the answer.
    std::string parameter;
    Principal principal;
    Response refusal;
    SessionCare care = SessionCare::none;  // What the session needs; dispatch() sees to it.
};

class Api {
  public:
    explicit Api(Services services)
        : m_services(services),
          m_followers([this](const Id& share, const ShareViewState* state) { return following_of_share(share, state); },
                      [this](const ShareListener& listener, const ShareViewState* state) {
                          return following_of_user(listener, state);
                      },
                      [&writer = services.writer] { return writer.counters().groups; }, services.clock) {}

    // Route, session, access, CSRF and body cap, in that order. Rate limits belong between admit() and dispatch().
    Admission admit(const Request& request);
    // Runs the route's handler; a new session cookie rides on its answer. Delivery::handler only.
    void dispatch(const Admission& admission, Request request, Respond respond);
    // Both.
    void handle(Request request, Respond respond);

    // The streams that a session may still follow: empty when it has ended, and when the storage cannot tell. For the
    // live hub, before each write.
    std::vector<StreamId> streams_of_session(const std::string& session);

    // What the guests of a shared view may be told now: ended when the storage cannot tell. For the guests' hub.
    ShareFollowing following_of_share(const Id& share, const ShareViewState* state);

    // The same for a signed-in follower, by their session and their own grants.
    ShareFollowing following_of_user(const ShareListener& listener, const ShareViewState* state);
    // Opens the live connection of whoever was admitted to follow a shared view. Errors: of ShareHub::open().
    Result<LiveConnectionId> follow(const Admission& admission, std::function<void()> wake);

    Services& services() { return m_services; }
    // Who follows shared views. The network gives it commits and ticks.
    ShareHub& followers() { return m_followers; }

  private:
    Admission admit_or_throw(const Request& request);
    void recognise_user(Admission& admission, const std::string& token);
    void recognise_guest(Principal& principal, const std::string& token);
    void run_handler(const Admission& admission, const Request& request, const Respond& respond);

    Services m_services;
    ShareHub m_followers;
};

}  // namespace portal::server
