// The live channel's part of a connection: server-sent events, one write at a time, the hub asked
// on a worker.
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include "server-stub/net/http_connection.hpp"
#include "server-stub/net/security_headers.hpp"
#include "shared/base/limits.hpp"

namespace portal::server {

namespace {

void append_field(std::string& header, std::string_view name, std::string_view value) {
    header.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

// Whoever follows a shared view, which the address names or the guest's cookie, is told by its hub.
Result<LiveConnectionId> HttpConnection::open_channel(const Admission& admission) {
    const auto wake = [weak = weak_from_this(), executor = m_stream.get_executor()] {
        boost::asio::post(executor, [weak] {
            if (const auto self = weak.lock()) self->pump_live();
        });
    };
    if (admission.route->access == Access::share_guest || !admission.parameter.empty()) {
        m_channel = &m_context.services.api.followers();
        return m_context.services.api.follow(admission, wake);
    }
    m_channel = &m_context.services.hub;
    return m_context.services.hub.open({admission.principal.session, admission.principal.caller.user, wake});
}

void HttpConnection::start_live(const Admission& admission) {
    const auto opened = open_channel(admission);
    if (!opened) return finish(error_response(opened.error()));
    m_live = *opened;
    m_phase = Phase::live;
    m_status = 200;
    std::string header = "HTTP/1.1 200 OK\r\n";
    append_field(header, "content-type", "text/event-stream");
    append_field(header, "cache-control", "no-store");
    // A proxy that gathers bytes would hold back every hint.
    append_field(header, "x-accel-buffering", "no");
    append_field(header, "connection", "close");
    append_field(header, "x-request-id", m_request_id);
    for (const auto& [name, value] : security_headers)
        append_field(header, name, value);
    if (m_stream.is_tls()) append_field(header, "strict-transport-security", strict_transport_security);
    m_live_bytes = header + "\r\n";
    record_request();
    m_live_asking = true;
    write_live();
    watch_live_peer();
    m_heartbeat.emplace(m_stream.get_executor());
    wait_heartbeat();
}

void HttpConnection::write_live() {
    m_stream.expires_after(limits::write_timeout_ms);
    boost::asio::async_write(m_stream, boost::asio::buffer(m_live_bytes),
                             [self = shared_from_this()](ErrorCodeOf error, std::size_t) {
                                 self->m_live_asking = false;
                                 if (error || self->m_live_ending) return self->m_stream.close();
                                 // A quiet stream has no deadline; its heartbeat finds a dead peer.
                                 self->m_stream.expires_never();
                                 self->pump_live();
                             });
}

// The peer has nothing to say: whatever comes, or the end, ends the stream.
void HttpConnection::watch_live_peer() {
    m_stream.async_read_some(boost::asio::buffer(m_live_unexpected),
                             [self = shared_from_this()](ErrorCodeOf, std::size_t) {
                                 // The write side's deadline also fires here and means the same.
                                 self->m_live_ending = true;
                                 if (self->m_heartbeat) self->m_heartbeat->cancel();
                                 self->m_stream.close();
                             });
}

void HttpConnection::pump_live() {
    if (m_phase != Phase::live || m_live_ending) return;
    m_live_woken = true;
    if (!m_live_asking) ask_live(LiveQuestion::events);
}

// One question or write at a time; what arrives meanwhile is gathered by the hub.
void HttpConnection::ask_live(LiveQuestion question) {
    m_live_asking = true;
    if (question == LiveQuestion::events) m_live_woken = false;
    boost::asio::post(m_context.workers, [self = shared_from_this(), question] {
        LiveChannel& channel = *self->m_channel;
        LiveOutput output =
            question == LiveQuestion::heartbeat ? channel.heartbeat(self->m_live) : channel.take(self->m_live);
        boost::asio::post(self->m_stream.get_executor(),
                          [self, taken = std::move(output)]() mutable { self->on_live_output(std::move(taken)); });
    });
}

void HttpConnection::on_live_output(LiveOutput output) {
    if (output.next == LiveOutput::Next::close) m_live_ending = true;
    if (!output.bytes.empty()) {
        m_live_bytes = std::move(output.bytes);
        m_context.services.metrics.count_bytes_sent(m_live_bytes.size());
        return write_live();
    }
    m_live_asking = false;
    if (m_live_ending) return end_live();
    if (m_live_woken) ask_live(LiveQuestion::events);
}

void HttpConnection::wait_heartbeat() {
    m_heartbeat->expires_after(std::chrono::milliseconds(limits::live_heartbeat_ms));
    m_heartbeat->async_wait([self = shared_from_this()](ErrorCodeOf error) {
        if (error || self->m_live_ending) return;
        if (!self->m_live_asking) self->ask_live(LiveQuestion::heartbeat);
        self->wait_heartbeat();
    });
}

void HttpConnection::end_live() {
    m_live_ending = true;
    if (m_heartbeat) m_heartbeat->cancel();
    m_stream.close();
}

}  // namespace portal::server
