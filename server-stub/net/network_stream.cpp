#include "server-stub/net/network_stream.hpp"

namespace portal::server {

void NetworkStream::read_some(Inputs buffers, Handler done) {
    if (m_tls)
        m_tls->async_read_some(buffers, std::move(done));
    else
        m_tcp.async_read_some(buffers, std::move(done));
}

void NetworkStream::write_some(Outputs buffers, Handler done) {
    if (m_tls)
        m_tls->async_write_some(buffers, std::move(done));
    else
        m_tcp.async_write_some(buffers, std::move(done));
}

void NetworkStream::async_handshake(std::function<void(boost::system::error_code)> done) {
    m_tls->async_handshake(boost::asio::ssl::stream_base::server, std::move(done));
}

void NetworkStream::async_tls_shutdown(std::function<void(boost::system::error_code)> done) {
    m_tls->async_shutdown(std::move(done));
}

}  // namespace portal::server
