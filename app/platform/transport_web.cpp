#include <emscripten.h>

#include <map>

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

// What waits for JavaScript. Thread: the store's alone, because the calls are made and answered there. Handlers are
// copied before they run: they may cancel their own request.
std::map<RequestId, Running>& running() {
    static std::map<RequestId, Running> requests;
    return requests;
}

RequestId run(Running request) {
    static RequestId last = 0;
    running().emplace(++last, std::move(request));
    return last;
}

class WebTransport final : public Transport {
  public:
    RequestId send(TransportRequest request, TransportHandlers handlers) override {
        const RequestId id = run({std::move(handlers), {}});
        portal_transport_send(static_cast<int>(id), request.method.c_str(), request.path.c_str(), request.body.c_str(),
                              static_cast<double>(request.timeout_ms));
        return id;
    }

    void cancel(RequestId request) override {
        if (running().erase(request) > 0) portal_transport_cancel(static_cast<int>(request));
    }

    RequestId subscribe(const std::string& path, std::function<void(std::string_view, std::string_view)> event,
                        std::function<void(Status)> ended) override {
        TransportHandlers handlers;
        handlers.done = std::move(ended);
        const RequestId id = run({std::move(handlers), std::move(event)});
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
    const auto found = portal::platform::running().find(static_cast<portal::platform::RequestId>(request));
    if (found == portal::platform::running().end()) return;
    const auto head = found->second.handlers.head;
    if (head) head({status, static_cast<portal::DurationMs>(retry_after_ms)});
}

EMSCRIPTEN_KEEPALIVE void portal_transport_chunk(int request, const char* bytes, int size) {
    const auto found = portal::platform::running().find(static_cast<portal::platform::RequestId>(request));
    if (found == portal::platform::running().end()) return;
    const auto chunk = found->second.handlers.chunk;
    if (chunk) chunk(std::string_view(bytes, static_cast<std::size_t>(size)));
}

EMSCRIPTEN_KEEPALIVE void portal_transport_done(int request, const char* failure) {
    auto& requests = portal::platform::running();
    const auto found = requests.find(static_cast<portal::platform::RequestId>(request));
    if (found == requests.end()) return;
    const auto done = std::move(found->second.handlers.done);
    requests.erase(found);
    if (!done) return;
    if (*failure == '\0')
        done({});
    else
        done(portal::fail(portal::ErrorCode::unavailable, failure));
}

EMSCRIPTEN_KEEPALIVE void portal_transport_event(int request, const char* name, const char* data) {
    const auto found = portal::platform::running().find(static_cast<portal::platform::RequestId>(request));
    if (found == portal::platform::running().end()) return;
    const auto event = found->second.event;
    if (event) event(name, data);
}
}
