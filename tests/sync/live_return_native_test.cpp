// When the server ends every stream of hints at once, its clients do not come back at once.
#include <map>

#include "app/platform/transport_answer.hpp"
#include "app/sync/sync_loop.hpp"
#include "tests/sync/tabs_of_a_browser.hpp"

namespace portal::sync {
namespace {

// Refuses whatever is asked, so that it is known to be there, and counts the streams that are opened.
class StreamingTransport final : public test::AnsweringTransport {
  public:
    int streams = 0;
    std::function<void(Status)> ended;

    platform::RequestId subscribe(const std::string&, std::function<void(std::string_view, std::string_view)>,
                                  std::function<void(Status)> end) override {
        ended = std::move(end);
        return static_cast<platform::RequestId>(++streams);
    }

  private:
    void answer(const platform::TransportRequest&, const platform::TransportHandlers& handlers) override {
        handlers.head({platform::http_not_found, 0});
        handlers.done({});
    }
};

class Returning {
  public:
    Returning(store::ReplicaStore& store, ManualClock& clock, std::uint64_t seed)
        : m_clock(clock),
          m_random(seed),
          m_loop(store, m_transport, clock, m_random,
                 {[] {}, [](const Id&) {}, [] {}, [](bool) {}, [](std::string_view, const std::string&) {}}) {
        come_back();
    }

    // How long it stays away when its stream ends now.
    DurationMs away_ms() {
        const DurationMs from_ms = m_clock.monotonic_ms();
        std::exchange(m_transport.ended, nullptr)(fail(ErrorCode::unavailable, "the server has gone"));
        come_back();
        return m_clock.monotonic_ms() - from_ms;
    }

  private:
    void come_back() {
        for (int steps = 0; !m_transport.ended; ++steps) {
            REQUIRE(steps < 1'000);
            m_loop.step();
            if (m_transport.ended) return;
            if (m_transport.has_arrived()) {
                m_transport.poll();
                continue;
            }
            m_clock.advance(std::max<DurationMs>(0, m_loop.due_ms().value_or(0) - m_clock.monotonic_ms()));
        }
    }

    ManualClock& m_clock;
    SeededRandom m_random;
    StreamingTransport m_transport;
    SyncLoop m_loop;
};

}  // namespace

TEST_CASE("Clients come back to a server that was started anew with full jitter", "[sync]") {
    constexpr int clients = 100, tries = 8;
    constexpr DurationMs slot_ms = 50;
    store::test::DemoStore demo(test::account);
    std::map<DurationMs, int> first, last;  // Clients by the slot in which they come.
    for (int client = 0; client < clients; ++client) {
        Returning loop(demo.store, demo.clock, 1'000 + static_cast<std::uint64_t>(client));
        for (int attempt = 0; attempt < tries; ++attempt) {
            const DurationMs away_ms = loop.away_ms();
            CHECK(away_ms >= 1);
            CHECK(away_ms <= std::min(limits::retry_delay_ms_max, limits::retry_delay_ms_base << attempt));
            if (attempt == 0) ++first[away_ms / slot_ms];
            if (attempt + 1 == tries) ++last[away_ms / slot_ms];
        }
    }
    // All over the first half second; later all over a minute, hardly two at a time.
    for (DurationMs slot = 0; slot < limits::retry_delay_ms_base / slot_ms; ++slot) {
        CHECK(first[slot] > 0);
        CHECK(first[slot] <= 20);
    }
    CHECK(last.size() > clients * 9 / 10);
    for (const auto& [slot, count] : last)
        CHECK(count <= 3);
    CHECK(last.begin()->first < limits::retry_delay_ms_max / slot_ms / 10);
    CHECK(last.rbegin()->first > limits::retry_delay_ms_max / slot_ms * 9 / 10);
}

}  // namespace portal::sync
