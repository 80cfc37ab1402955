#include "app/platform/transport_answer.hpp"

#include <memory>

namespace portal::platform {

RequestId ask(Transport& transport, TransportRequest request, std::size_t bytes_max,
              std::function<void(HttpAnswer)> done) {
    const auto answer = std::make_shared<HttpAnswer>();
    TransportHandlers handlers;
    handlers.head = [answer](const TransportHead& head) {
        answer->status = head.status;
        answer->retry_after_ms = head.retry_after_ms;
    };
    handlers.chunk = [answer, bytes_max](std::string_view bytes) {
        if (answer->body.size() + bytes.size() <= bytes_max) answer->body += bytes;
    };
    handlers.done = [answer, done = std::move(done)](const Status& status) {
        if (!status) *answer = {};
        done(std::move(*answer));
    };
    return transport.send(std::move(request), std::move(handlers));
}

}  // namespace portal::platform
