// What all connections of one server share. Included by this folder's Beast units only.
#pragma once

#include <atomic>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "server-stub/net/network_server.hpp"
#include "server-stub/net/rate_limiter.hpp"

namespace portal::server {

class HttpConnection;

// Thread: any, unless said otherwise.
class ConnectionContext {
  private:
    // First, so that the pools below, which end the last connections when they go, still find it.
    mutable std::mutex m_mutex;
    std::map<std::uint64_t, std::weak_ptr<HttpConnection>> m_connections;
    std::unordered_map<std::string, std::size_t> m_by_network;
    std::size_t m_count = 0;

  public:
    ConnectionContext(const NetworkOptions& options, NetworkServices shared);

    NetworkServices services;
    RateLimiter rates;
    std::unique_ptr<boost::asio::ssl::context> tls;  // Null for plain HTTP.
    boost::asio::thread_pool io;
    boost::asio::thread_pool workers;
    std::atomic<bool> draining{false};
    std::atomic<std::size_t> handlers_waiting{0};
    std::atomic<std::uint64_t> refused_connections{0};
    std::atomic<std::uint64_t> next_request{1};
    std::string run_name;  // Tells the request ids of two runs apart.

    // False: a cap is reached.
    bool admit_connection(const std::string& network);
    void add_connection(std::uint64_t id, std::weak_ptr<HttpConnection> connection);
    void remove_connection(std::uint64_t id, const std::string& network);
    std::size_t connection_count() const;
    // Idle and live connections end now, busy ones after their answer.
    void drain_connections();
    void close_connections();
    // Runs on a worker; false when limits::handler_queue_max jobs wait.
    bool submit(std::function<void()> work);
    std::string make_request_id();
};

}  // namespace portal::server
