// A plain blocking HTTP client for tests: says exactly the bytes it is told.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <string_view>

namespace portal::tests {

struct HttpReply {
    int status = 0;
    std::string head;  // Lower case.
    std::string body;  // Chunks joined.
    bool has(std::string_view text) const { return head.find(text) != std::string::npos; }
    std::string field(const std::string& name) const {
        const auto at = head.find("\r\n" + name + ": ");
        if (at == std::string::npos) return {};
        const auto begin = at + name.size() + 4;
        return head.substr(begin, head.find("\r\n", begin) - begin);
    }
};

class SocketClient {
  public:
    explicit SocketClient(std::uint16_t port) {
        m_socket = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        REQUIRE(::connect(m_socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
        const timeval patience{10, 0};
        ::setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    }
    ~SocketClient() { ::close(m_socket); }
    SocketClient(const SocketClient&) = delete;
    SocketClient& operator=(const SocketClient&) = delete;

    void say(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto count = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count <= 0) return;
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
    }

    HttpReply get(const std::string& path, const std::string& fields = {}) {
        say("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n");
        return reply();
    }
    HttpReply post(const std::string& path, const std::string& body, const std::string& fields = {}) {
        say("POST " + path +
            " HTTP/1.1\r\nHost: localhost\r\nX-Portal-Request: 1\r\nContent-Type: "
            "application/json\r\nContent-Length: " +
            std::to_string(body.size()) + "\r\n" + fields + "\r\n" + body);
        return reply();
    }

    HttpReply reply(bool with_body = true) {
        HttpReply reply;
        reply.head = lower(until("\r\n\r\n"));
        if (reply.head.size() > 12) reply.status = std::stoi(reply.head.substr(9, 3));
        if (!with_body || reply.status == 304 || reply.status == 204) return reply;
        if (reply.has("transfer-encoding: chunked")) {
            while (true) {
                const std::string size_line = until("\r\n");
                const auto size = size_line.empty() ? 0 : std::stoul(size_line, nullptr, 16);
                reply.body += exactly(size);
                exactly(2);
                if (size == 0) return reply;
            }
        }
        const std::string length = reply.field("content-length");
        if (!length.empty()) reply.body = exactly(std::stoul(length));
        return reply;
    }

    // Everything up to and with the mark; what came so far at the end of the connection.
    std::string until(std::string_view mark) {
        while (m_buffer.find(mark) == std::string::npos)
            if (!fill()) return std::exchange(m_buffer, {});
        const auto end = m_buffer.find(mark) + mark.size();
        std::string taken = m_buffer.substr(0, end);
        m_buffer.erase(0, end);
        return taken;
    }
    bool is_closed_by_peer() {
        while (fill()) {
        }
        return true;
    }

  private:
    bool fill() {
        char bytes[4096];
        const auto count = ::recv(m_socket, bytes, sizeof bytes, 0);
        if (count <= 0) return false;
        m_buffer.append(bytes, static_cast<std::size_t>(count));
        return true;
    }
    std::string exactly(std::size_t size) {
        while (m_buffer.size() < size)
            if (!fill()) break;
        std::string taken = m_buffer.substr(0, size);
        m_buffer.erase(0, size);
        return taken;
    }
    static std::string lower(std::string text) {
        for (char& byte : text)
            if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte + 32);
        return text;
    }

    int m_socket = -1;
    std::string m_buffer;
};

}  // namespace portal::tests
