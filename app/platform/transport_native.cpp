#include "app/platform/transport.hpp"

namespace portal::platform {
namespace {

// Callbacks must come later than the call, and nothing here runs later: natively a program brings its own transport
// (tests/sim has one to the server's handlers). This one only ever answers when asked again.
class NoTransport final : public Transport {
  public:
    RequestId send(TransportRequest, TransportHandlers handlers) override {
        m_waiting = std::move(handlers);
        return ++m_last;
    }
    void cancel(RequestId) override { m_waiting = {}; }
    void poll() override {
        if (!m_waiting.done) return;
        const auto done = std::move(m_waiting.done);
        m_waiting = {};
        done(fail(ErrorCode::unavailable, "this program has no network"));
    }
    RequestId subscribe(const std::string&, std::function<void(std::string_view, std::string_view)>,
                        std::function<void(Status)>) override {
        return ++m_last;
    }
    void unsubscribe(RequestId) override {}

  private:
    RequestId m_last = 0;
    TransportHandlers m_waiting;
};

}  // namespace

std::unique_ptr<Transport> make_transport() {
    return std::make_unique<NoTransport>();
}

}  // namespace portal::platform
