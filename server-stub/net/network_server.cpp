#include "server-stub/net/network_server.hpp"

#include <openssl/ssl.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <utility>

#include "server-stub/net/connection_context.hpp"
#include "server-stub/net/control_socket.hpp"
#include "server-stub/net/http_connection.hpp"
#include "server-stub/net/target.hpp"
#include "shared/base/limits.hpp"

namespace portal::server {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr auto site_refresh_interval = std::chrono::seconds(2);
constexpr auto drain_poll_interval = std::chrono::milliseconds(20);

Result<std::unique_ptr<asio::ssl::context>> make_tls(const NetworkOptions& options) {
    auto tls = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
    boost::system::error_code error;
    tls->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                         asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1 |
                         asio::ssl::context::single_dh_use,
                     error);
    tls->use_certificate_chain_file(options.tls_certificate_file, error);
    if (error) return fail(ErrorCode::invalid_argument, "the certificate file cannot be used: " + error.message());
    tls->use_private_key_file(options.tls_key_file, asio::ssl::context::pem, error);
    if (error) return fail(ErrorCode::invalid_argument, "the key file cannot be used: " + error.message());
    if (SSL_CTX_check_private_key(tls->native_handle()) != 1)
        return fail(ErrorCode::invalid_argument, "the key does not belong to the certificate");
    return tls;
}

}  // namespace

// Work that comes back: housekeeping of the database, for one.
struct RepeatedTask {
    asio::steady_timer timer;
    DurationMs interval_ms;
    std::function<void()> work;
};

struct NetworkServer::State {
    State(const NetworkOptions& options, NetworkServices services) : context(options, services) {}

    ConnectionContext context;
    asio::io_context main;
    tcp::acceptor acceptor{main};
    asio::signal_set signals{main};
    asio::steady_timer site_timer{main};
    asio::steady_timer accept_timer{main};
    asio::steady_timer drain_timer{main};
    std::vector<std::unique_ptr<RepeatedTask>> tasks;
    DurationMs drain_until_ms = 0;
    std::uint64_t next_connection = 1;
    std::unique_ptr<ControlServer> control;

    void accept() {
        acceptor.async_accept(asio::make_strand(context.io),
                              [this](boost::system::error_code error, tcp::socket socket) {
                                  if (error == asio::error::operation_aborted || context.draining) return;
                                  if (error) {
                                      // Out of descriptors or the like: a pause lets connections end instead of
                                      // spinning here.
                                      context.services.log.error("accept_failed", error.message());
                                      accept_timer.expires_after(std::chrono::milliseconds(50));
                                      accept_timer.async_wait([this](boost::system::error_code stopped) {
                                          if (!stopped) accept();
                                      });
                                      return;
                                  }
                                  take(std::move(socket));
                                  accept();
                              });
    }

    void take(tcp::socket socket) {
        boost::system::error_code error;
        const auto peer = socket.remote_endpoint(error);
        if (error) return;
        socket.set_option(tcp::no_delay(true), error);
        const std::string address = peer.address().to_string();
        // A refused connection is closed without a word: an answer would cost what the cap is to
        // save.
        if (!context.admit_connection(network_of_address(address))) {
            context.refused_connections.fetch_add(1);
            return;
        }
        const std::uint64_t id = next_connection++;
        auto connection = std::make_shared<HttpConnection>(context, std::move(socket), address, id);
        context.add_connection(id, connection);
        connection->start();
    }

    void refresh_site() {
        asio::post(context.workers, [this] {
            if (const Status status = context.services.site.refresh(); !status)
                context.services.log.error("site_not_loaded", status.error().message);
        });
        site_timer.expires_after(site_refresh_interval);
        site_timer.async_wait([this](boost::system::error_code error) {
            if (!error) refresh_site();
        });
    }

    void repeat(RepeatedTask& task) {
        asio::post(context.workers, task.work);
        task.timer.expires_after(std::chrono::milliseconds(task.interval_ms));
        task.timer.async_wait([this, &task](boost::system::error_code error) {
            if (!error) repeat(task);
        });
    }

    void begin_drain(const char* why) {
        if (context.draining) return;
        context.services.log.record("draining", why);
        boost::system::error_code ignored;
        acceptor.close(ignored);
        signals.cancel(ignored);
        site_timer.cancel();
        accept_timer.cancel();
        for (const auto& task : tasks)
            task->timer.cancel();
        context.drain_connections();
        drain_until_ms = context.services.clock.monotonic_ms() + limits::drain_timeout_ms_max;
        wait_drained();
    }

    void wait_drained() {
        if (context.connection_count() == 0) return main.stop();
        if (context.services.clock.monotonic_ms() >= drain_until_ms) {
            context.close_connections();
            return main.stop();
        }
        drain_timer.expires_after(drain_poll_interval);
        drain_timer.async_wait([this](boost::system::error_code) { wait_drained(); });
    }

    void add_gauges() {
        Metrics& metrics = context.services.metrics;
        metrics.add({"portal_connections", "Open network connections.", Gauge::Kind::gauge,
                     [this] { return static_cast<std::uint64_t>(context.connection_count()); }});
        metrics.add({"portal_connections_refused_total", "Connections over a cap.", Gauge::Kind::counter,
                     [this] { return context.refused_connections.load(); }});
        metrics.add({"portal_live_connections", "Open live channels.", Gauge::Kind::gauge, [this] {
                         return static_cast<std::uint64_t>(context.services.hub.connection_count() +
                                                           context.services.api.followers().connection_count());
                     }});
        metrics.add({"portal_handlers_waiting", "Requests waiting for a worker.", Gauge::Kind::gauge,
                     [this] { return static_cast<std::uint64_t>(context.handlers_waiting.load()); }});
        metrics.add({"portal_rate_limit_buckets", "Token buckets kept.", Gauge::Kind::gauge,
                     [this] { return static_cast<std::uint64_t>(context.rates.bucket_count()); }});
    }
};

NetworkServer::NetworkServer(std::unique_ptr<State> state) : m_state(std::move(state)) {}
NetworkServer::~NetworkServer() = default;

Result<std::unique_ptr<NetworkServer>> NetworkServer::open(const NetworkOptions& options, NetworkServices services) {
    auto state = std::make_unique<State>(options, services);
    if (!options.tls_certificate_file.empty()) {
        PORTAL_TRY_ASSIGN(tls, make_tls(options));
        state->context.tls = std::move(tls);
    }
    boost::system::error_code error;
    const auto address = asio::ip::make_address(options.address, error);
    if (error) return fail(ErrorCode::invalid_argument, "'" + options.address + "' is not an IP address");
    const tcp::endpoint endpoint(address, options.port);
    state->acceptor.open(endpoint.protocol(), error);
    if (!error) state->acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) state->acceptor.bind(endpoint, error);
    if (!error) state->acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error)
        return fail(ErrorCode::unavailable, "cannot listen on " + options.address + ":" + std::to_string(options.port) +
                                                ": " + error.message());
    state->add_gauges();
    return std::unique_ptr<NetworkServer>(new NetworkServer(std::move(state)));
}

std::uint16_t NetworkServer::port() const {
    return m_state->acceptor.local_endpoint().port();
}

Status NetworkServer::open_control(const std::string& path, ControlJob job) {
    PORTAL_TRY_ASSIGN(control, ControlServer::open(path, std::move(job)));
    m_state->control = std::move(control);
    return {};
}

void NetworkServer::run_every(DurationMs interval_ms, std::function<void()> task) {
    m_state->tasks.push_back(
        std::make_unique<RepeatedTask>(RepeatedTask{asio::steady_timer(m_state->main), interval_ms, std::move(task)}));
}

void NetworkServer::run() {
    State& state = *m_state;
    boost::system::error_code ignored;
    state.signals.add(SIGTERM, ignored);
    state.signals.add(SIGINT, ignored);
    state.signals.async_wait([&state](boost::system::error_code error, int) {
        if (!error) state.begin_drain("signal");
    });
    state.refresh_site();
    for (const auto& task : state.tasks)
        state.repeat(*task);
    state.accept();
    state.main.run();
    // Workers may still hold handlers whose answers nobody waits for; the writer's completions post
    // to `io`.
    state.control.reset();
    state.context.workers.join();
    state.context.io.stop();
    state.context.io.join();
}

bool NetworkServer::is_draining() const {
    return m_state->context.draining;
}

void NetworkServer::stop() {
    asio::post(m_state->main, [state = m_state.get()] { state->begin_drain("stop"); });
}

}  // namespace portal::server
