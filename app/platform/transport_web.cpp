#include <emscripten.h>

#include <map>
#include <mutex>
#include <optional>

#include "app/platform/transport.hpp"

extern "C" {
void portal_transport_send(int request, const char* method, const char* path, const char* body, double timeout_ms);
void portal_transport_cancel(int request);
void portal_transport_subscribe(int request, const char* path);
void portal_transport_head(int request, int status, double retry_after_ms);
void portal_transport_chunk(int request, const char* bytes, int size);
void portal_transport_done(int request, const char* failure);
void portal_transport_event(int request, const char* name, const char* data);
}

namespace portal::platform {
namespace {

struct Running {
    TransportHandlers handlers;
    std::function<void(std::string_view, std::string_view)> event;
};

// What waits for JavaScript, of all threads: each is answered where it was asked. Handlers are copied before they run:
// they may cancel their own request.
class RunningRequests {
  public:
    RequestId add(Running request) {
        std::lock_guard lock(m_mutex);
        m_requests.emplace(++m_last, std::move(request));
        return m_last;
    }
    std::optional<Running> find(int request) {
        std::lock_guard lock(m_mutex);
        const auto found = m_requests.find(static_cast<RequestId>(request));
        return found == m_requests.end() ? std::nullopt : std::optional(found->second);
    }
    bool remove(RequestId request) {
        std::lock_guard lock(m_mutex);
        return m_requests.erase(request) > 0;
    }

  private:
    std::mutex m_mutex;
    std::map<RequestId, Running> m_requests;
    RequestId m_last = 0;
};

RunningRequests& running() {
    static RunningRequests requests;
    return requests;
}

class WebTransport final : public Transport {
  public:
    RequestId send(TransportRequest request, TransportHandlers handlers) override {
        const RequestId id = running().add({std::move(handlers), {}});
        portal_transport_send(static_cast<int>(id), request.method.c_str(), request.path.c_str(), request.body.c_str(),
                              static_cast<double>(request.timeout_ms));
        return id;
    }

    void cancel(RequestId request) override {
        if (running().remove(request)) portal_transport_cancel(static_cast<int>(request));
    }

    RequestId subscribe(const std::string& path, std::function<void(std::string_view, std::string_view)> event,
                        std::function<void(Status)> ended) override {
        TransportHandlers handlers;
        handlers.done = std::move(ended);
        const RequestId id = running().add({std::move(handlers), std::move(event)});
        portal_transport_subscribe(static_cast<int>(id), path.c_str());
        return id;
    }

    void unsubscribe(RequestId subscription) override { cancel(subscription); }
};

}  // namespace

std::unique_ptr<Transport> make_transport() {
    return std::make_unique<WebTransport>();
}

}  // namespace portal::platform

extern "C" {

EMSCRIPTEN_KEEPALIVE void portal_transport_head(int request, int status, double retry_after_ms) {
    const auto found = portal::platform::running().find(request);
    if (found && found->handlers.head) found->handlers.head({status, static_cast<portal::DurationMs>(retry_after_ms)});
}

EMSCRIPTEN_KEEPALIVE void portal_transport_chunk(int request, const char* bytes, int size) {
    const auto found = portal::platform::running().find(request);
    if (found && found->handlers.chunk) found->handlers.chunk(std::string_view(bytes, static_cast<std::size_t>(size)));
}

EMSCRIPTEN_KEEPALIVE void portal_transport_done(int request, const char* failure) {
    const auto found = portal::platform::running().find(request);
    if (!found) return;
    portal::platform::running().remove(static_cast<portal::platform::RequestId>(request));
    if (!found->handlers.done) return;
    if (*failure == '\0')
        found->handlers.done({});
    else
        found->handlers.done(portal::fail(portal::ErrorCode::unavailable, failure));
}

EMSCRIPTEN_KEEPALIVE void portal_transport_event(int request, const char* name, const char* data) {
    const auto found = portal::platform::running().find(request);
    if (found && found->event) found->event(name, data);
}
}
