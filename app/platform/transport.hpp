// Requests to our own server and the stream of its hints.
//
// Thread: one, that of the first call; callbacks come on the same thread, later (never inside send() or subscribe()). After cancel() no
// callback of that request comes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "shared/base/clock.hpp"
#include "shared/base/result.hpp"

namespace portal::platform {

struct TransportRequest {
    std::string method = "POST";
    std::string path;                // "/api/v1/sync/pull"
    std::string body;                // JSON, or empty.
    DurationMs timeout_ms = 30'000;  // Without any byte.
};

struct TransportHead {
    int status = 0;
    DurationMs retry_after_ms = 0;  // From Retry-After; 0 when absent.
};

struct TransportHandlers {
    std::function<void(const TransportHead&)> head;
    std::function<void(std::string_view)> chunk;
    // Once, last. An error: the reply was not received whole (`unavailable`).
    std::function<void(Status)> done;
};

using RequestId = std::uint64_t;

class Transport {
  public:
    virtual ~Transport() = default;
    // Every request carries the session's cookie and the header X-Portal-Request: 1.
    virtual RequestId send(TransportRequest request, TransportHandlers handlers) = 0;
    virtual void cancel(RequestId request) = 0;

    // Server-sent events of `path`: (event name, data) each, until unsubscribe(); "open" when the stream is there.
    // `ended` comes once when the stream breaks or is refused; the caller decides when to subscribe again.
    virtual RequestId subscribe(const std::string& path, std::function<void(std::string_view, std::string_view)> event,
                                std::function<void(Status)> ended) = 0;
    virtual void unsubscribe(RequestId subscription) = 0;

    // Delivers what has arrived, where nothing else does. Called once per step of the client.
    virtual void poll() {}
    // Is there something for poll() to deliver now? The client then takes another step by itself.
    virtual bool has_arrived() const { return false; }
};

// fetch() in the browser. Natively there is none: every request fails with `unavailable`.
std::unique_ptr<Transport> make_transport();

}  // namespace portal::platform
