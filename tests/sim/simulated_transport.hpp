// A device's end of the simulated network.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "app/platform/transport.hpp"
#include "tests/sim/simulated_live.hpp"
#include "tests/sim/simulated_network.hpp"

namespace portal::sim {

class SimulatedTransport final : public platform::Transport {
  public:
    // The token is the device's cookie: it changes when somebody signs in again.
    SimulatedTransport(SimulatedNetwork& network, const std::string& token) : m_network(network), m_token(token) {}

    platform::RequestId send(platform::TransportRequest request, platform::TransportHandlers handlers) override {
        const auto due_ms = now_ms() + m_network.delay_ms();
        m_waiting.emplace(++m_last, Waiting{std::move(request), std::move(handlers), due_ms, Leg::there, {}});
        return m_last;
    }
    void cancel(platform::RequestId request) override { m_waiting.erase(request); }

    void poll() override {
        for (auto position = m_waiting.begin(); position != m_waiting.end();) {
            if (position->second.due_ms > now_ms()) {
                ++position;
                continue;
            }
            Waiting waiting = std::move(position->second);
            const platform::RequestId id = position->first;
            m_waiting.erase(position);
            if (waiting.leg == Leg::there)
                arrive(id, std::move(waiting));
            else
                answer(waiting);
            // Handlers may have sent or cancelled others.
            position = m_waiting.begin();
        }
        for (auto position = m_live.begin(); position != m_live.end();)
            position = position->second->poll() ? m_live.erase(position) : std::next(position);
    }

    platform::RequestId subscribe(const std::string&, SimulatedLive::Event event, SimulatedLive::Ended ended) override {
        m_live.emplace(++m_last,
                       std::make_unique<SimulatedLive>(m_network, m_token, std::move(event), std::move(ended)));
        return m_last;
    }
    void unsubscribe(platform::RequestId subscription) override { m_live.erase(subscription); }

  private:
    enum class Leg : std::uint8_t { there, back };
    struct Waiting {
        platform::TransportRequest request;
        platform::TransportHandlers handlers;
        DurationMs due_ms = 0;
        Leg leg = Leg::there;
        std::optional<server::Response> response;
    };

    DurationMs now_ms() const { return m_network.server().clock.monotonic_ms(); }

    // What the server says now may be heard later.
    void arrive(platform::RequestId id, Waiting waiting) {
        waiting.response = m_network.carry(waiting.request, m_token);
        const DurationMs delay_ms = m_network.delay_ms();
        if (delay_ms == 0) return answer(waiting);
        waiting.leg = Leg::back;
        waiting.due_ms = now_ms() + delay_ms;
        m_waiting.emplace(id, std::move(waiting));
    }

    void answer(const Waiting& waiting) {
        if (!waiting.response) {
            waiting.handlers.done(fail(ErrorCode::unavailable, "lost"));
            return;
        }
        waiting.handlers.head({waiting.response->status, 0});
        const std::string body = m_network.cut(waiting.response->body);
        waiting.handlers.chunk(body);
        if (body.size() == waiting.response->body.size())
            waiting.handlers.done({});
        else
            waiting.handlers.done(fail(ErrorCode::unavailable, "cut"));
    }

    SimulatedNetwork& m_network;
    const std::string& m_token;
    platform::RequestId m_last = 0;
    std::map<platform::RequestId, Waiting> m_waiting;
    std::map<platform::RequestId, std::unique_ptr<SimulatedLive>> m_live;
};

}  // namespace portal::sim
