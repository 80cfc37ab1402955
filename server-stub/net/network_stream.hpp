// A TCP connection with or without TLS, as one stream type: Beast's operations are then compiled
// once.
//
// Thread: its strand. Included by this folder's Beast units only.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl.hpp>
#include <optional>
#include <utility>

namespace portal::server {

class NetworkStream {
  public:
    using executor_type = boost::beast::tcp_stream::executor_type;

    // A null context means plain TCP.
    NetworkStream(boost::asio::ip::tcp::socket&& socket, boost::asio::ssl::context* tls) : m_tcp(std::move(socket)) {
        if (tls != nullptr) m_tls.emplace(m_tcp, *tls);
    }

    executor_type get_executor() { return m_tcp.get_executor(); }
    bool is_tls() const { return m_tls.has_value(); }
    // Of the operation that starts next.
    void expires_after(std::int64_t duration_ms) { m_tcp.expires_after(std::chrono::milliseconds(duration_ms)); }
    void expires_never() { m_tcp.expires_never(); }
    void cancel() { m_tcp.cancel(); }
    void close() {
        boost::system::error_code ignored;
        m_tcp.socket().shutdown(boost::asio::ip::tcp::socket::shutdown_both, ignored);
        m_tcp.close();
    }
    void shutdown_send() {
        boost::system::error_code ignored;
        m_tcp.socket().shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
    }

    template <class Buffers, class Done>
    void async_read_some(const Buffers& buffers, Done&& done) {
        if (m_tls)
            m_tls->async_read_some(buffers, std::forward<Done>(done));
        else
            m_tcp.async_read_some(buffers, std::forward<Done>(done));
    }
    template <class Buffers, class Done>
    void async_write_some(const Buffers& buffers, Done&& done) {
        if (m_tls)
            m_tls->async_write_some(buffers, std::forward<Done>(done));
        else
            m_tcp.async_write_some(buffers, std::forward<Done>(done));
    }
    template <class Done>
    void async_handshake(Done&& done) {
        m_tls->async_handshake(boost::asio::ssl::stream_base::server, std::forward<Done>(done));
    }
    template <class Done>
    void async_tls_shutdown(Done&& done) {
        m_tls->async_shutdown(std::forward<Done>(done));
    }

  private:
    boost::beast::tcp_stream m_tcp;
    std::optional<boost::asio::ssl::stream<boost::beast::tcp_stream&>> m_tls;
};

}  // namespace portal::server
