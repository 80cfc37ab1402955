// The server on the network: HTTP/1.1 over plain TCP or TLS, the site, the API's endpoints and the
// live channel.
//
// Only files of this folder know Beast and Asio. Threads: `io_threads` move bytes, `worker_threads`
// run admit() and dispatch() and the hub's questions, the thread in run() accepts and keeps time.
// All are joined when run() returns.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "server-stub/api/api.hpp"
#include "server-stub/live/hub.hpp"
#include "server-stub/net/metrics.hpp"
#include "server-stub/net/server_log.hpp"
#include "server-stub/net/static_site.hpp"

namespace portal::server {

struct NetworkOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;            // 0 lets the system choose; see port().
    std::string tls_certificate_file;  // PEM chain; empty for plain HTTP.
    std::string tls_key_file;
    std::size_t io_threads = 2;
    std::size_t worker_threads = 4;
    double rate_factor = 1;  // Multiplies every rate limit; for load tests.
};

// Takes a job handed over on the control socket: one JSON line in, any number of JSON lines out,
// the last one with "exit". Runs on a thread of its own; one job at a time.
using ControlJob = std::function<void(const std::string& request, const std::function<void(const std::string&)>& tell)>;

struct NetworkServices {
    Api& api;
    LiveHub& hub;
    SiteFolder& site;
    Metrics& metrics;
    ServerLog& log;
    const Clock& clock;
};

class NetworkServer {
  public:
    // Binds and listens. Errors: unavailable (the port is taken), invalid_argument (address,
    // certificate or key).
    static Result<std::unique_ptr<NetworkServer>> open(const NetworkOptions& options, NetworkServices services);
    ~NetworkServer();

    std::uint16_t port() const;
    // Also listens on a Unix domain socket (mode 0600) for commands. Before run().
    Status open_control(const std::string& path, ControlJob job);

    // Runs `task` on a worker at once and then every `interval_ms` while serving. Before run().
    void run_every(DurationMs interval_ms, std::function<void()> task);

    // Serves until SIGTERM, SIGINT or stop(); then drains: no new connections, requests finish (at
    // most limits::drain_timeout_ms_max), live connections end.
    void run();
    // From any thread.
    void stop();
    // From any thread: whether a stop has begun, so that long jobs give up.
    bool is_draining() const;

  private:
    struct State;
    explicit NetworkServer(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace portal::server
