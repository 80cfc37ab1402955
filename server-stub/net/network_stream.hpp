// A TCP connection with or without TLS, as one stream type. What Beast hands down is put behind one type of buffers and
// one of handlers, so that the operations of TCP and TLS are compiled once and not for every kind of message.
//
// Thread: its strand. Included by this folder's Beast units only.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

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
        read_some(Inputs(boost::asio::buffer_sequence_begin(buffers), boost::asio::buffer_sequence_end(buffers)),
                  handler_of(std::forward<Done>(done)));
    }
    template <class Buffers, class Done>
    void async_write_some(const Buffers& buffers, Done&& done) {
        write_some(Outputs(boost::asio::buffer_sequence_begin(buffers), boost::asio::buffer_sequence_end(buffers)),
                   handler_of(std::forward<Done>(done)));
    }
    void async_handshake(std::function<void(boost::system::error_code)> done);
    void async_tls_shutdown(std::function<void(boost::system::error_code)> done);

  private:
    // A handler of whatever type, called once. Beast's can only be moved, which std::function cannot hold.
    struct Completion {
        virtual ~Completion() = default;
        virtual void complete(boost::system::error_code error, std::size_t size) = 0;
    };
    struct Handler {
        void operator()(boost::system::error_code error, std::size_t size) { completion->complete(error, size); }
        std::unique_ptr<Completion> completion;
    };
    using Inputs = std::vector<boost::asio::mutable_buffer>;
    using Outputs = std::vector<boost::asio::const_buffer>;

    template <class Done>
    static Handler handler_of(Done&& done) {
        struct Holder : Completion {
            explicit Holder(Done&& held) : handler(std::forward<Done>(held)) {}
            void complete(boost::system::error_code error, std::size_t size) override { handler(error, size); }
            std::decay_t<Done> handler;
        };
        return {std::make_unique<Holder>(std::forward<Done>(done))};
    }

    void read_some(Inputs buffers, Handler done);
    void write_some(Outputs buffers, Handler done);

    boost::beast::tcp_stream m_tcp;
    std::optional<boost::asio::ssl::stream<boost::beast::tcp_stream&>> m_tls;
};

}  // namespace portal::server
