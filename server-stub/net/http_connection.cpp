#include "server-stub/net/http_connection.hpp"

#include <boost/asio/post.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <utility>

#include "server-stub/net/security_headers.hpp"
#include "server-stub/net/target.hpp"
#include "shared/base/check.hpp"
#include "shared/base/limits.hpp"

namespace portal::server {

namespace http = boost::beast::http;

namespace {

std::optional<Method> method_of(http::verb verb) {
    switch (verb) {
        case http::verb::get:
        case http::verb::head:
            return Method::get;
        case http::verb::post:
            return Method::post;
        case http::verb::put:
            return Method::put;
        case http::verb::patch:
            return Method::patch;
        case http::verb::delete_:
            return Method::delete_;
        default:
            return std::nullopt;
    }
}

bool is_site_path(std::string_view path) {
    const auto is_under = [&](std::string_view root) {
        return path == root || (path.starts_with(root) && path[root.size()] == '/');
    };
    // "/share" itself is the page of guests.
    return !is_under("/api") && !path.starts_with("/share/") && !is_under("/healthz") && !is_under("/metrics");
}

bool is_loopback(std::string_view address) {
    return address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.");
}

// What two readers of the same bytes might understand differently: which host is meant, and where the body ends.
bool is_ambiguous(const http::request_header<>& header) {
    if (header.version() >= 11 && header.count(http::field::host) != 1) return true;
    const std::size_t codings = header.count(http::field::transfer_encoding);
    return codings > 1 || (codings == 1 && !boost::beast::iequals(header[http::field::transfer_encoding], "chunked"));
}

Response too_many(std::int64_t wait_s) {
    Response response = error_response({ErrorCode::resource_exhausted, "Too many requests. Try again in a moment."});
    response.status = 429;
    response.headers.emplace_back("Retry-After", std::to_string(wait_s));
    return response;
}

std::string text(boost::beast::string_view view) {
    return std::string(view.data(), view.size());
}

}  // namespace

HttpConnection::HttpConnection(ConnectionContext& context, boost::asio::ip::tcp::socket&& socket, std::string address,
                               std::uint64_t id)
    : m_context(context),
      m_stream(std::move(socket), context.tls.get()),
      m_address(std::move(address)),
      m_network(network_of_address(m_address)),
      m_id(id),
      m_buffer(limits::request_header_bytes_max + limits::response_chunk_bytes_max) {}

HttpConnection::~HttpConnection() {
    if (m_live != 0) m_channel->close(m_live);
    m_context.remove_connection(m_id, m_network);
}

void HttpConnection::start() {
    boost::asio::post(m_stream.get_executor(), [self = shared_from_this()] {
        if (self->m_stream.is_tls())
            self->handshake();
        else
            self->read_header();
    });
}

void HttpConnection::drain() {
    boost::asio::post(m_stream.get_executor(), [self = shared_from_this()] {
        self->m_close_after = true;
        if (self->m_phase == Phase::idle) self->m_stream.close();
        if (self->m_phase == Phase::live) self->end_live();
    });
}

void HttpConnection::close() {
    boost::asio::post(m_stream.get_executor(), [self = shared_from_this()] { self->m_stream.close(); });
}

void HttpConnection::handshake() {
    m_stream.expires_after(limits::header_timeout_ms);
    m_stream.async_handshake([self = shared_from_this()](ErrorCodeOf error) {
        if (!error) self->read_header();
    });
}

void HttpConnection::read_header() {
    if (m_close_after || m_context.draining) return m_stream.close();
    m_phase = Phase::idle;
    m_parser.emplace();
    m_parser->header_limit(limits::request_header_bytes_max);
    m_parser->body_limit(limits::request_body_bytes_max);
    // A kept connection may rest; what it has begun to say must come to an end.
    m_stream.expires_after(m_buffer.size() > 0 || m_status == 0 ? limits::header_timeout_ms : limits::idle_timeout_ms);
    http::async_read_header(m_stream, m_buffer, *m_parser,
                            [self = shared_from_this()](ErrorCodeOf error, std::size_t) { self->on_header(error); });
}

void HttpConnection::on_header(ErrorCodeOf error) {
    m_phase = Phase::busy;
    m_started_us = m_context.services.clock.monotonic_ms() * 1000;
    m_request = {};
    m_route = nullptr;
    m_route_text = "none";
    m_principal.clear();
    m_bytes_sent = 0;
    m_is_head = false;
    m_method_text = "-";
    if (error == http::error::header_limit)
        return refuse(431, {ErrorCode::resource_exhausted, "The request's header is too large."});
    if (error == http::error::body_limit)
        return refuse(413, {ErrorCode::resource_exhausted, "The request's body is too large."});
    if (error && error.category() == http::make_error_code(http::error::bad_method).category() &&
        error != http::error::end_of_stream && error != http::error::partial_message)
        return refuse(400, {ErrorCode::invalid_argument, "The request is not HTTP/1.1."});
    if (error) return m_stream.close();

    const auto& header = m_parser->get();
    m_request_id = m_context.make_request_id();
    m_method_text = text(header.method_string()).substr(0, 16);
    m_is_head = header.method() == http::verb::head;
    m_accept_encoding = text(header[http::field::accept_encoding]);
    m_if_none_match = text(header[http::field::if_none_match]);
    if (!m_parser->keep_alive()) m_close_after = true;
    if (is_ambiguous(header))
        return refuse(400, {ErrorCode::invalid_argument, "The request needs one Host and no coding but 'chunked'."});
    const auto method = method_of(header.method());
    if (!method) return refuse(405, {ErrorCode::invalid_argument, "This method is not known here."});
    auto target = parse_target({header.target().data(), header.target().size()});
    if (!target) return refuse(400, target.error());
    m_request.method = *method;
    m_request.path = std::move(target->path);
    m_request.query = std::move(target->query);
    m_request.host = text(header[http::field::host]);
    m_request.origin = text(header[http::field::origin]);
    m_request.cookie = text(header[http::field::cookie]);
    m_request.marker = text(header["X-Portal-Request"]);
    m_request.address = m_address;
    m_request.connection = m_stream.is_tls()        ? ConnectionKind::tls
                           : is_loopback(m_address) ? ConnectionKind::plain_loopback
                                                    : ConnectionKind::plain_remote;
    read_body();
}

void HttpConnection::read_body() {
    // The route decides how much may be said; an unknown one may say nothing.
    const RouteMatch match = find_route(m_request.method, m_request.path);
    m_route = match.route;
    if (m_route != nullptr) m_route_text = m_route->pattern;
    const std::size_t cap = m_route != nullptr ? m_route->body_bytes_max : 0;
    const auto announced = m_parser->content_length();
    if (announced && *announced > cap)
        return refuse(413, {ErrorCode::resource_exhausted, "The request's body is too large for this endpoint."});
    m_parser->body_limit(cap);
    if (m_parser->is_done()) return handle_request();
    const auto expect = m_parser->get()[http::field::expect];
    m_stream.expires_after(limits::body_timeout_ms);
    const auto read = [self = shared_from_this()] {
        http::async_read(self->m_stream, self->m_buffer, *self->m_parser,
                         [self](ErrorCodeOf error, std::size_t) { self->on_body(error); });
    };
    if (!boost::beast::iequals(expect, "100-continue")) return read();
    static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    boost::asio::async_write(m_stream, boost::asio::buffer(go_on),
                             [self = shared_from_this(), read](ErrorCodeOf error, std::size_t) {
                                 if (!error) read();
                             });
}

void HttpConnection::on_body(ErrorCodeOf error) {
    if (error == http::error::body_limit)
        return refuse(413, {ErrorCode::resource_exhausted, "The request's body is too large for this endpoint."});
    if (error) return m_stream.close();
    m_request.body = std::move(m_parser->get().body());
    handle_request();
}

// An answer to a request that was not read to its end: the connection cannot go on.
void HttpConnection::refuse(int status, const Error& error) {
    if (m_request_id.empty()) m_request_id = m_context.make_request_id();
    m_close_after = true;
    Response response = error_response(error);
    response.status = status;
    finish(std::move(response));
}

void HttpConnection::handle_request() {
    const bool is_site = is_site_path(m_request.path);
    const std::int64_t wait_s = is_site ? m_context.rates.take_site(m_network)
                                        : m_context.rates.take(m_route != nullptr ? m_route->rate : RateClass::light,
                                                               RateSubject::network, m_network);
    if (wait_s > 0) return finish(too_many(wait_s));
    if (is_site) return answer_site(m_request.path);
    if (m_route != nullptr && m_route->delivery == Delivery::transport && m_route->access == Access::anyone)
        return answer_transport(*m_route);
    submit_api();
}

void HttpConnection::answer_site(const std::string& path) {
    m_route_text = "site";
    if (m_request.method != Method::get) {
        Response response = error_response({ErrorCode::invalid_argument, "A page can only be read."});
        response.status = 405;
        response.headers.emplace_back("Allow", "GET, HEAD");
        return finish(std::move(response));
    }
    const auto site = m_context.services.site.current();
    if (!site) return finish(error_response({ErrorCode::not_found, "This server has no site folder."}));
    SiteAnswer found = site->answer({path, m_accept_encoding, m_if_none_match});
    if (found.status == 404) return finish(error_response({ErrorCode::not_found, "There is no such page."}));
    Answer answer = make_answer(found.status, found.file->content_type);
    answer.set(http::field::etag, found.etag);
    answer.set(http::field::cache_control,
               boost::beast::string_view(found.cache_control.data(), found.cache_control.size()));
    if (found.varies) answer.set(http::field::vary, "Accept-Encoding");
    Body body;
    body.file = found.file;
    body.done_coding = found.coding;
    if (found.status == 200) body.bytes = found.bytes;
    write_answer(std::move(answer), std::move(body), found.coding);
}

void HttpConnection::answer_transport(const Route& route) {
    Response response;
    if (route.pattern == "/metrics") {
        response.content_type = "text/plain; version=0.0.4; charset=utf-8";
        response.body = m_context.services.metrics.text();
    } else if (m_context.draining) {
        response = json_response(503, "{\"status\":\"draining\"}");
    } else {
        response = json_response(200, "{\"status\":\"ok\"}");
    }
    finish(std::move(response));
}

void HttpConnection::submit_api() {
    m_stream.expires_never();
    // The handler may still be reading the request while its answer leaves and the next request
    // comes in.
    auto request = std::make_shared<const Request>(std::move(m_request));
    if (m_context.submit([self = shared_from_this(), request] { self->run_api(request); })) return;
    Response response = error_response({ErrorCode::unavailable, "The server is busy. Try again in a moment."});
    response.headers.emplace_back("Retry-After", "1");
    finish(std::move(response));
}

// On a worker. The connection does nothing else until respond() is called.
void HttpConnection::run_api(const std::shared_ptr<const Request>& request) {
    Api& api = m_context.services.api;
    auto admission = std::make_shared<Admission>(api.admit(*request));
    if (admission->route == nullptr) return respond(*admission, std::move(admission->refusal));
    const Principal& principal = admission->principal;
    const std::string& who = principal.signed_in ? principal.caller.user : principal.guest.session;
    if (!who.empty()) {
        const std::int64_t wait_s = m_context.rates.take(admission->route->rate, RateSubject::principal, who);
        if (wait_s > 0) return respond(*admission, too_many(wait_s));
    }
    switch (admission->route->delivery) {
        case Delivery::handler:
            api.dispatch(*admission, *request, [self = shared_from_this(), admission](Response response) {
                self->respond(*admission, std::move(response));
            });
            return;
        case Delivery::live:
            boost::asio::post(m_stream.get_executor(), [self = shared_from_this(), admission] {
                self->m_principal = admission->principal.caller.user;
                self->start_live(*admission);
            });
            return;
        case Delivery::transport:
            boost::asio::post(m_stream.get_executor(),
                              [self = shared_from_this(), admission] { self->answer_transport(*admission->route); });
            return;
    }
}

// Any thread.
void HttpConnection::respond(const Admission& admission, Response response) {
    boost::asio::post(m_stream.get_executor(), [self = shared_from_this(), user = admission.principal.caller.user,
                                                answer = std::move(response)]() mutable {
        self->m_principal = std::move(user);
        self->finish(std::move(answer));
    });
}

HttpConnection::Answer HttpConnection::make_answer(int status, std::string_view content_type) {
    m_status = status;
    Answer answer;
    answer.version(11);
    answer.result(static_cast<unsigned>(status));
    if (status != 304 && status != 204)
        answer.set(http::field::content_type, boost::beast::string_view(content_type.data(), content_type.size()));
    for (const auto& [name, value] : security_headers)
        answer.set(boost::beast::string_view(name.data(), name.size()),
                   boost::beast::string_view(value.data(), value.size()));
    if (m_stream.is_tls())
        answer.set(http::field::strict_transport_security,
                   boost::beast::string_view(strict_transport_security.data(), strict_transport_security.size()));
    answer.set("x-request-id", m_request_id);
    return answer;
}

void HttpConnection::finish(Response response) {
    Answer answer = make_answer(response.status, response.content_type);
    answer.set(http::field::cache_control, "no-store");
    for (const auto& [name, value] : response.headers) {
        const bool many = boost::beast::iequals(name, "Set-Cookie");
        if (many)
            answer.insert(name, value);
        else
            answer.set(name, value);
    }
    Body body;
    body.owned = std::move(response.body);
    Coding coding = Coding::identity;
    if (body.owned.size() >= limits::compress_response_bytes_min && is_compressible(response.content_type)) {
        coding = best_coding(parse_accept_encoding(m_accept_encoding));
        answer.set(http::field::vary, "Accept-Encoding");
    }
    write_answer(std::move(answer), std::move(body), coding);
}

void HttpConnection::write_answer(Answer answer, Body body, Coding coding) {
    if (m_context.draining) m_close_after = true;
    m_body = std::move(body);
    if (m_body.file == nullptr) m_body.bytes = m_body.owned;
    m_body_taken = 0;
    m_compressor.reset();
    const std::string_view coding_text = text_of_coding(coding);
    if (!coding_text.empty())
        answer.set(http::field::content_encoding, boost::beast::string_view(coding_text.data(), coding_text.size()));
    const bool has_body = m_status != 304 && m_status != 204;
    if (has_body && coding != m_body.done_coding) {
        m_compressor = make_compressor(coding);
        answer.chunked(true);
    } else if (has_body) {
        answer.content_length(m_body.bytes.size());
    }
    answer.keep_alive(!m_close_after);
    m_answer.emplace(std::move(answer));
    m_answer->body().data = nullptr;
    m_answer->body().size = 0;
    m_answer->body().more = has_body && !m_is_head;
    m_serializer.emplace(*m_answer);
    m_stream.expires_after(limits::write_timeout_ms);
    // A header and a small body leave in one segment.
    if (has_body && !m_is_head) return write_piece();
    http::async_write_header(m_stream, *m_serializer, [self = shared_from_this()](ErrorCodeOf error, std::size_t) {
        self->on_answer_written(error);
    });
}

// One bounded piece of the body: the next is made only when this one has left, so a slow client
// costs a piece.
void HttpConnection::write_piece() {
    const std::string_view next = m_body.bytes.substr(m_body_taken, limits::response_chunk_bytes_max);
    m_body_taken += next.size();
    const bool last = m_body_taken == m_body.bytes.size();
    std::string_view piece = next;
    if (m_compressor) {
        m_piece = m_compressor->add(next, last ? Compressor::Piece::last : Compressor::Piece::more_to_come);
        piece = m_piece;
        if (piece.empty() && !last) return write_piece();
    }
    auto& body = m_answer->body();
    body.data = piece.empty() ? nullptr : const_cast<char*>(piece.data());
    body.size = piece.size();
    body.more = !last;
    m_bytes_sent += piece.size();
    m_stream.expires_after(limits::write_timeout_ms);
    http::async_write(m_stream, *m_serializer, [self = shared_from_this(), last](ErrorCodeOf error, std::size_t) {
        if (error == http::error::need_buffer) error = {};
        if (error || last) return self->on_answer_written(error);
        self->write_piece();
    });
}

void HttpConnection::on_answer_written(ErrorCodeOf error) {
    record_request();
    m_serializer.reset();
    m_answer.reset();
    m_body = {};
    m_piece.clear();
    m_request_id.clear();
    if (error) return m_stream.close();
    if (!m_close_after && !m_context.draining) return read_header();
    m_phase = Phase::closed;
    m_stream.expires_after(limits::closing_timeout_ms);
    if (m_stream.is_tls())
        return m_stream.async_tls_shutdown([self = shared_from_this()](ErrorCodeOf) { self->m_stream.close(); });
    m_stream.shutdown_send();
    m_buffer.clear();
    linger(0);
}

// Closing while the peer still sends would reset the connection and could take the answer with it:
// what comes is read and dropped for a moment.
void HttpConnection::linger(std::size_t dropped_bytes) {
    m_stream.async_read_some(m_buffer.prepare(limits::response_chunk_bytes_max),
                             [self = shared_from_this(), dropped_bytes](ErrorCodeOf error, std::size_t count) {
                                 const std::size_t dropped = dropped_bytes + count;
                                 if (error || dropped > limits::request_body_bytes_max) return self->m_stream.close();
                                 self->linger(dropped);
                             });
}

void HttpConnection::record_request() {
    const std::int64_t duration_us = m_context.services.clock.monotonic_ms() * 1000 - m_started_us;
    m_context.services.metrics.count_request(m_route, m_status, duration_us);
    m_context.services.metrics.count_bytes_sent(m_bytes_sent);
    m_context.services.log.request(
        {m_request_id, m_method_text, m_route_text, m_status, duration_us, m_bytes_sent, m_principal, m_address});
}

}  // namespace portal::server
