// One HTTP connection, from its first byte to its last.
//
//   handshake -> reading header -> reading body -> handled by a worker -> writing -> reading header
//   (kept alive) ...
//                                                                     \-> live -> closed
//   any state --timeout, error, drain--> closed
//
// Thread: its strand, unless said otherwise. Included by this folder's Beast units only.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "server-stub/net/connection_context.hpp"
#include "server-stub/net/content_coding.hpp"
#include "server-stub/net/network_stream.hpp"

namespace portal::server {

class HttpConnection : public std::enable_shared_from_this<HttpConnection> {
  public:
    HttpConnection(ConnectionContext& context, boost::asio::ip::tcp::socket&& socket, std::string address,
                   std::uint64_t id);
    ~HttpConnection();

    // Any thread.
    void start();
    void drain();
    void close();

  private:
    using BodyParser = boost::beast::http::request_parser<boost::beast::http::string_body>;
    using Answer = boost::beast::http::response<boost::beast::http::buffer_body>;
    using Serializer = boost::beast::http::response_serializer<boost::beast::http::buffer_body>;
    using ErrorCodeOf = boost::system::error_code;

    enum class Phase : std::uint8_t { idle, busy, live, closed };

    // What an answer's body is made of.
    struct Body {
        std::string owned;                     // Or:
        std::shared_ptr<const SiteFile> file;  // keeps `bytes` alive.
        std::string_view bytes;
        Coding done_coding = Coding::identity;  // The bytes are already in this coding.
    };

    void handshake();
    void read_header();
    void on_header(ErrorCodeOf error);
    void read_body();
    void on_body(ErrorCodeOf error);
    void refuse(int status, const Error& error);
    void handle_request();
    void answer_site(const std::string& path);
    void answer_transport(const Route& route);
    void submit_api();
    void run_api(const std::shared_ptr<const Request>& request);
    void respond(const Admission& admission, Response response);
    void finish(Response response);
    Answer make_answer(int status, std::string_view content_type);
    void write_answer(Answer answer, Body body, Coding coding);
    void write_piece();
    void on_answer_written(ErrorCodeOf error);
    void linger(std::size_t dropped_bytes);
    void record_request();

    // live_transport.cpp
    void start_live(const Admission& admission);
    Result<LiveConnectionId> open_channel(const Admission& admission);
    void write_live();
    void watch_live_peer();
    void pump_live();
    enum class LiveQuestion : std::uint8_t { events, heartbeat };
    void ask_live(LiveQuestion question);
    void on_live_output(LiveOutput output);
    void wait_heartbeat();
    void end_live();

    ConnectionContext& m_context;
    NetworkStream m_stream;
    const std::string m_address;
    const std::string m_network;
    const std::uint64_t m_id;
    boost::beast::flat_buffer m_buffer;
    std::optional<BodyParser> m_parser;
    Phase m_phase = Phase::idle;
    bool m_close_after = false;

    // Of the request being answered.
    std::string m_request_id;
    std::string m_method_text;
    std::string m_accept_encoding;
    std::string m_if_none_match;
    bool m_is_head = false;
    Request m_request;
    const Route* m_route = nullptr;
    std::string m_route_text;
    std::string m_principal;
    DurationMs m_started_us = 0;
    int m_status = 0;
    std::uint64_t m_bytes_sent = 0;

    // Of the answer being written.
    std::optional<Answer> m_answer;
    std::optional<Serializer> m_serializer;
    Body m_body;
    std::size_t m_body_taken = 0;
    std::unique_ptr<Compressor> m_compressor;
    std::string m_piece;

    // Of the live channel.
    LiveConnectionId m_live = 0;
    LiveChannel* m_channel = nullptr;  // That `m_live` is of: the users' or the guests'.
    std::optional<boost::asio::steady_timer> m_heartbeat;
    std::string m_live_bytes;
    std::array<char, 64> m_live_unexpected;
    bool m_live_asking = false;
    bool m_live_woken = false;
    bool m_live_ending = false;
};

}  // namespace portal::server
