// The statuses of HTTP that a shared view gives a meaning, and an answer that is gathered whole.
//
// Thread: the transport's.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/platform/transport.hpp"

namespace portal::follow {

constexpr int http_ok = 200;
constexpr int http_created = 201;
constexpr int http_no_content = 204;
constexpr int http_bad_request = 400;
constexpr int http_unauthorized = 401;
constexpr int http_forbidden = 403;
constexpr int http_not_found = 404;
constexpr int http_precondition_failed = 412;
constexpr int http_too_many = 429;
constexpr int http_server_error = 500;

struct HttpAnswer {
    int status = 0;  // 0: none came whole.
    DurationMs retry_after_ms = 0;
    std::string body;
};

// Of a longer answer than `bytes_max` the rest is dropped, and it will not decode.
inline platform::RequestId ask(platform::Transport& transport, platform::TransportRequest request,
                               std::size_t bytes_max, std::function<void(const HttpAnswer&)> done) {
    auto answer = std::make_shared<HttpAnswer>();
    platform::TransportHandlers handlers;
    handlers.head = [answer](const platform::TransportHead& head) {
        answer->status = head.status;
        answer->retry_after_ms = head.retry_after_ms;
    };
    handlers.chunk = [answer, bytes_max](std::string_view bytes) {
        if (answer->body.size() + bytes.size() <= bytes_max) answer->body += bytes;
    };
    handlers.done = [answer, done = std::move(done)](const Status& status) {
        if (!status) *answer = {};
        done(*answer);
    };
    return transport.send(std::move(request), std::move(handlers));
}

}  // namespace portal::follow
