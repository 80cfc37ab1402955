#include "server-stub/net/connection_context.hpp"

#include <boost/asio/post.hpp>
#include <utility>
#include <vector>

#include "server-stub/net/http_connection.hpp"
#include "shared/base/limits.hpp"

namespace portal::server {

ConnectionContext::ConnectionContext(const NetworkOptions& options, NetworkServices shared)
    : services(shared),
      rates(shared.clock, limits::rate_limit_buckets_max, options.rate_factor),
      io(options.io_threads),
      workers(options.worker_threads),
      run_name(std::to_string(shared.clock.now_ms() % 1'000'000'000)) {}

bool ConnectionContext::admit_connection(const std::string& network) {
    std::lock_guard lock(m_mutex);
    if (draining || m_count >= limits::connections_max) return false;
    std::size_t& of_network = m_by_network[network];
    if (of_network >= limits::connections_per_address_max) return false;
    ++of_network;
    ++m_count;
    return true;
}

void ConnectionContext::add_connection(std::uint64_t id, std::weak_ptr<HttpConnection> connection) {
    std::lock_guard lock(m_mutex);
    m_connections.emplace(id, std::move(connection));
}

void ConnectionContext::remove_connection(std::uint64_t id, const std::string& network) {
    std::lock_guard lock(m_mutex);
    m_connections.erase(id);
    --m_count;
    const auto found = m_by_network.find(network);
    if (found != m_by_network.end() && --found->second == 0) m_by_network.erase(found);
}

std::size_t ConnectionContext::connection_count() const {
    std::lock_guard lock(m_mutex);
    return m_count;
}

void ConnectionContext::drain_connections() {
    draining = true;
    std::vector<std::shared_ptr<HttpConnection>> open;
    {
        std::lock_guard lock(m_mutex);
        for (const auto& [id, weak] : m_connections)
            if (auto connection = weak.lock()) open.push_back(std::move(connection));
    }
    for (const auto& connection : open)
        connection->drain();
}

void ConnectionContext::close_connections() {
    std::vector<std::shared_ptr<HttpConnection>> open;
    {
        std::lock_guard lock(m_mutex);
        for (const auto& [id, weak] : m_connections)
            if (auto connection = weak.lock()) open.push_back(std::move(connection));
    }
    for (const auto& connection : open)
        connection->close();
}

bool ConnectionContext::submit(std::function<void()> work) {
    if (handlers_waiting.fetch_add(1) >= limits::handler_queue_max) {
        handlers_waiting.fetch_sub(1);
        return false;
    }
    boost::asio::post(workers, [this, job = std::move(work)] {
        handlers_waiting.fetch_sub(1);
        job();
    });
    return true;
}

std::string ConnectionContext::make_request_id() {
    return run_name + "-" + std::to_string(next_request.fetch_add(1));
}

}  // namespace portal::server
