// A server that says what the test says: requests wait until they are answered, streams until they are ended.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <map>
#include <string>

#include "app/platform/transport.hpp"

namespace portal::follow::test {

class FakeTransport final : public platform::Transport {
  public:
    platform::RequestId send(platform::TransportRequest request, platform::TransportHandlers handlers) override {
        sent.push_back(request.method + " " + request.path);
        m_waiting.emplace(++m_last, Waiting{std::move(request), std::move(handlers)});
        return m_last;
    }
    void cancel(platform::RequestId request) override { m_waiting.erase(request); }
    platform::RequestId subscribe(const std::string& path,
                                  std::function<void(std::string_view, std::string_view)> event,
                                  std::function<void(Status)> ended) override {
        sent.push_back("LISTEN " + path);
        m_event = std::move(event);
        m_ended = std::move(ended);
        return ++m_last;
    }
    void unsubscribe(platform::RequestId) override { m_event = nullptr; }

    // Answers what waits for that method and path; status 0: the link is down.
    std::string answer(const std::string& wanted, int status, const std::string& body = {},
                       DurationMs retry_after_ms = 0) {
        for (auto& [id, waiting] : m_waiting) {
            if (waiting.request.method + " " + waiting.request.path != wanted) continue;
            const Waiting taken = std::move(waiting);
            m_waiting.erase(id);
            if (status != 0) taken.handlers.head({status, retry_after_ms});
            if (status != 0 && !body.empty()) taken.handlers.chunk(body);
            taken.handlers.done(status != 0 ? Status() : fail(ErrorCode::unavailable, "down"));
            return taken.request.body;
        }
        FAIL("nothing waits for " << wanted);
        return {};
    }
    bool is_waiting(const std::string& wanted) const {
        for (const auto& [id, waiting] : m_waiting)
            if (waiting.request.method + " " + waiting.request.path == wanted) return true;
        return false;
    }
    bool is_listening() const { return static_cast<bool>(m_event); }
    void tell(std::string_view event, std::string_view data = "{}") {
        REQUIRE(m_event);
        const auto tell_event = m_event;
        tell_event(event, data);
    }
    void break_stream() {
        REQUIRE(m_event);
        m_event = nullptr;
        const auto ended = std::move(m_ended);
        ended(fail(ErrorCode::unavailable, "the stream ended"));
    }

    std::vector<std::string> sent;  // In order.

  private:
    struct Waiting {
        platform::TransportRequest request;
        platform::TransportHandlers handlers;
    };
    std::map<platform::RequestId, Waiting> m_waiting;
    std::function<void(std::string_view, std::string_view)> m_event;
    std::function<void(Status)> m_ended;
    platform::RequestId m_last = 0;
};

}  // namespace portal::follow::test
