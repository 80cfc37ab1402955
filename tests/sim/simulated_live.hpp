// A live connection of the simulation: the production hub at one end, a device at the other, and between them hints
// that come late or not at all, a device that does not read, and cuts.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/platform/transport.hpp"
#include "tests/sim/simulated_network.hpp"

namespace portal::sim {

class SimulatedLive {
  public:
    using Event = std::function<void(std::string_view, std::string_view)>;
    using Ended = std::function<void(Status)>;

    SimulatedLive(SimulatedNetwork& network, const std::string& token, Event event, Ended ended)
        : m_network(network), m_token(token), m_event(std::move(event)), m_ended(std::move(ended)) {
        m_due_ms = now_ms() + network.delay_ms();
    }
    ~SimulatedLive() { close(); }
    SimulatedLive(const SimulatedLive&) = delete;
    SimulatedLive& operator=(const SimulatedLive&) = delete;

    // Moves what is due; true when the connection has ended, which is then told.
    bool poll() {
        if (m_due_ms > now_ms()) return false;
        if (m_stage == Stage::opening) return !open() && end("refused");
        if (m_run != server().runs()) return end("the server is gone");
        hand_over();
        if (m_stage == Stage::closing) return end("closed");
        if (m_network.strikes(Fault::cut, *m_is_woken ? seldom : 0)) return end("cut");
        if (*m_is_woken) ask_hub();
        if (now_ms() >= m_heartbeat_ms) beat();
        return false;
    }

  private:
    enum class Stage : std::uint8_t { opening, open, closing };

    static constexpr double often = 0.1, seldom = 0.07;

    SimulatedServer& server() { return m_network.server(); }
    DurationMs now_ms() { return server().clock.monotonic_ms(); }

    bool open() {
        if (m_network.strikes(Fault::drop, often)) return false;
        server::LiveListener listener;
        listener.wake = [woken = m_is_woken] { *woken = true; };
        const auto opened = server().open_live(m_token, std::move(listener));
        if (!opened) return false;
        m_live = *opened;
        m_run = server().runs();
        m_stage = Stage::open;
        m_heartbeat_ms = now_ms() + limits::live_heartbeat_ms;
        m_event("open", "");
        return true;
    }

    // A device that does not read leaves what comes meanwhile to the hub, which has a bound.
    void ask_hub() {
        *m_is_woken = false;
        const server::LiveOutput output = server().take_live(m_live);
        if (output.next == server::LiveOutput::Next::close) m_stage = Stage::closing;
        m_due_ms = now_ms() + m_network.delay_ms();
        if (!m_network.strikes(Fault::lose_hint, output.bytes.empty() ? 0 : often)) m_bytes += output.bytes;
    }

    void beat() {
        m_heartbeat_ms = now_ms() + limits::live_heartbeat_ms;
        if (server().hub->heartbeat(m_live).next == server::LiveOutput::Next::close) m_stage = Stage::closing;
    }

    // As the browser reads them: fields up to an empty line.
    void hand_over() {
        std::string_view rest = m_bytes;
        while (!rest.empty()) {
            const std::string_view block = rest.substr(0, rest.find("\n\n"));
            rest.remove_prefix(block.size() + 2);
            m_event(field(block, "event: "), field(block, "data: "));
        }
        m_bytes.clear();
    }
    static std::string_view field(std::string_view block, std::string_view name) {
        const std::size_t begin = block.find(name);
        if (begin == std::string_view::npos) return {};
        return block.substr(begin + name.size(), block.find('\n', begin) - begin - name.size());
    }

    bool end(const char* why) {
        close();
        m_ended(fail(ErrorCode::unavailable, why));
        return true;
    }
    void close() {
        if (m_stage != Stage::opening && m_run == server().runs()) server().close_live(m_live);
        m_stage = Stage::opening;
    }

    SimulatedNetwork& m_network;
    const std::string& m_token;
    const Event m_event;
    const Ended m_ended;
    Stage m_stage = Stage::opening;
    server::LiveConnectionId m_live = 0;
    std::uint64_t m_run = 0;
    const std::shared_ptr<bool> m_is_woken = std::make_shared<bool>(true);
    std::string m_bytes;
    DurationMs m_due_ms = 0, m_heartbeat_ms = 0;
};

}  // namespace portal::sim
