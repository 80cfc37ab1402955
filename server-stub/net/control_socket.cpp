#include "server-stub/net/control_socket.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/write.hpp>
#include <filesystem>
#include <istream>
#include <utility>

#include "shared/base/limits.hpp"

namespace portal::server {

namespace asio = boost::asio;
using Local = asio::local::stream_protocol;

namespace {

std::string read_line(Local::socket& socket, asio::streambuf& buffer, boost::system::error_code& error) {
    asio::read_until(socket, buffer, '\n', error);
    if (error) return {};
    std::istream stream(&buffer);
    std::string line;
    std::getline(stream, line);
    return line;
}

}  // namespace

// One thread: jobs come one after another, the next caller waits in the listen queue.
struct ControlServer::State {
    std::string path;
    ControlJob job;
    asio::io_context context;
    Local::acceptor acceptor{context};
    asio::thread_pool thread{1};

    void accept() {
        acceptor.async_accept([this](boost::system::error_code error, Local::socket socket) {
            if (error) return;
            serve(std::move(socket));
            accept();
        });
    }

    void serve(Local::socket socket) {
        boost::system::error_code error;
        asio::streambuf buffer(limits::control_line_bytes_max);
        const std::string request = read_line(socket, buffer, error);
        if (error) return;
        job(request, [&](const std::string& line) {
            // A caller that has gone away does not stop the job: it is done or not done as a whole.
            if (!error) asio::write(socket, asio::buffer(line + "\n"), error);
        });
    }
};

ControlServer::ControlServer(std::unique_ptr<State> state) : m_state(std::move(state)) {}

Result<std::unique_ptr<ControlServer>> ControlServer::open(const std::string& path, ControlJob job) {
    auto state = std::make_unique<State>();
    state->path = path;
    state->job = std::move(job);
    boost::system::error_code error;
    // The lock on the data folder is held, so a socket found here is a dead server's.
    std::filesystem::remove(path, error);
    state->acceptor.open(Local(), error);
    if (!error) state->acceptor.bind(Local::endpoint(path), error);
    if (error) return fail(ErrorCode::unavailable, "cannot listen on " + path + ": " + error.message());
    std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, error);
    if (!error) state->acceptor.listen(static_cast<int>(limits::control_connections_max), error);
    if (error) return fail(ErrorCode::unavailable, "cannot listen on " + path + ": " + error.message());
    state->accept();
    asio::post(state->thread, [raw = state.get()] { raw->context.run(); });
    return std::unique_ptr<ControlServer>(new ControlServer(std::move(state)));
}

ControlServer::~ControlServer() {
    asio::post(m_state->context, [this] { m_state->acceptor.close(); });
    m_state->thread.join();
    boost::system::error_code ignored;
    std::filesystem::remove(m_state->path, ignored);
}

Status call_control(const std::string& path, const std::string& request,
                    const std::function<void(const std::string&)>& on_line) {
    asio::io_context context;
    Local::socket socket(context);
    boost::system::error_code error;
    if (path.size() >= sizeof(sockaddr_un::sun_path))
        return fail(ErrorCode::unavailable, "the data folder's path is too long for a control socket");
    socket.connect(Local::endpoint(path), error);
    if (error) return fail(ErrorCode::unavailable, "no server listens on " + path);
    asio::write(socket, asio::buffer(request + "\n"), error);
    asio::streambuf buffer(limits::control_line_bytes_max * 16);
    while (!error) {
        const std::string line = read_line(socket, buffer, error);
        if (error) break;
        on_line(line);
        if (line.find("\"exit\":") != std::string::npos) return {};
    }
    return fail(ErrorCode::unavailable, "the server went away before the job was done");
}

}  // namespace portal::server
